"""Words of the plan as everybody reads it."""

from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup

from bot.domain.places import Name, Village
from bot.domain.plan import MeasureStatus, Part, share_done
from bot.domain.plan_changes import Change, ChangeKind
from bot.domain.refusals import NotShown, Refusal, TooManyComments
from bot.domain.text import shortened
from bot.features.plan import plan_texts as cards
from bot.features.plan.plan_queries import Item, ItemCard, Share, Version
from bot.features.plan.reading.callbacks import View
from bot.features.plan.reading.queries import STATUSES, MeasurePage, Overview
from bot.i18n import _, fill, named, number, percent

SIGNS = 10
_DONE, _TO_DO = "\N{FULL BLOCK}", "\N{LIGHT SHADE}"
MOST_SOURCES = 5
# Characters of a title and of each side of a difference; and of all sides of one change together.
SHOWN_CHANGE = 160
SHOWN_OF_ALL = 1_600
# Telegram takes 4,096 code units; the title wants its own.
ROOM_FOR_CHANGES = 3_000


def overview(found: Overview) -> Markup:
    version, summary = found.version, found.summary
    parts = [_title(version), _how_far(found)]
    if money := _money(found):
        parts.append(money)
    if version.resolution:
        parts.append(fill("<i>{words}</i>", words=cards.resolution(version.resolution)))
    if not summary.measures:
        parts = [_title(version)]
    return Markup("\n\n").join(parts)


def _title(version: Version) -> Markup:
    title = fill(
        _("📘 <b>{title}, {years}</b>\n{municipality}"),
        title=cards.plan_name(version.title),
        years=cards.period(version),
        municipality=named(version.municipality),
    )
    if version.is_replaced:
        return title + Markup("\n") + replaced_mark()
    return title + Markup("\n") + draft_mark() if version.is_draft else title


def replaced_mark() -> Markup:
    return fill(_("⚠️ <b>This is an older version. It is not in force any more.</b>"))


def to_current() -> str:
    return _("📘 The plan in force")


def draft_mark() -> Markup:
    return fill(_("✏️ <b>This is a draft. It is not adopted yet.</b>"))


def _how_far(found: Overview) -> Markup:
    summary = found.summary
    share = share_done(summary.counts)
    lines = [
        fill(_("Measures: <b>{count}</b>"), count=number(summary.measures)),
    ]
    if not found.version.is_draft:
        lines.insert(0, fill(_("{bar} {share} done"), bar=bar(share), share=percent(share)))
        lines += [
            fill("{status}: <b>{count}</b>", status=cards.status(each), count=number(count))
            for each, count in summary.counts.items()
            if count or each is not MeasureStatus.NOT_DONE
        ]
        if summary.late:
            lines.append(fill("{late}: <b>{count}</b>", late=cards.late(), count=number(summary.late)))
    return Markup("\n").join(lines)


def bar(share: float) -> str:
    """Full only when all is done."""
    full = int(max(0.0, min(share, 1.0)) * SIGNS)
    return _DONE * full + _TO_DO * (SIGNS - full)


def _money(found: Overview) -> Markup | None:
    summary = found.summary
    if not summary.cost:
        return None
    lines = [fill(_("<b>Money: {sum}</b>"), sum=cards.som(summary.cost))]
    lines += [
        fill("• {source}: {sum}", source=cards.funding(source), sum=cards.som(som))
        for source, som in summary.by_funding[:MOST_SOURCES]
    ]
    if summary.spent:
        lines.append(fill(_("Spent so far: {sum}"), sum=cards.som(summary.spent)))
    if summary.unpriced:
        lines.append(fill(_("Measures without a sum: {count}"), count=number(summary.unpriced)))
    return Markup("\n").join(lines)


def no_plan(place: Name, draft: Version | None) -> Markup:
    parts = [
        fill(_("📘 <b>Our plan: {municipality}</b>"), municipality=named(place)),
        fill(_("The adopted plan is not in the bot yet. You will be told when it is here.")),
    ]
    if draft:
        parts.append(fill(_("The draft can be read already. Say what you think of it.")))
    return Markup("\n\n").join(parts)


def read_draft() -> str:
    return _("✏️ Read the draft")


def by_direction() -> str:
    return _("By direction")


def by_village() -> str:
    return _("By village")


def near_me() -> str:
    return _("📍 In my village")


def late(count: int) -> str:
    """The sign stands beside its word in the text above."""
    return f"{cards.LATE} {number(count)}"


def with_status(status: MeasureStatus, count: int) -> str:
    return f"{cards.SIGNS[status]} {number(count)}"


def search() -> str:
    return _("🔎 Search")


def papers() -> str:
    return _("📊 Pictures and files")


def what_is_a_plan() -> str:
    return _("📖 What is a plan?")


def documents() -> str:
    return _("📄 Documents")


def directions(version: Version) -> Markup:
    return _title(version) + Markup("\n\n") + fill(_("Choose a direction."))


def direction(share: Share) -> str:
    return _("{direction}: {done} of {count}").format(
        direction=f"{share.topic.emoji} {named(share.topic.short)}",
        done=number(share.done),
        count=number(share.measures),
    )


def villages(version: Version) -> Markup:
    return (
        _title(version)
        + Markup("\n\n")
        + fill(_("Choose a village. What is for all villages is there as well."))
    )


def village(found: tuple[Village, int]) -> str:
    return f"{named(found[0].name)}: {number(found[1])}"


def list_title(found: MeasurePage, name: str) -> Markup:
    words = {
        View.ALL: lambda: _("All measures"),
        View.DIRECTION: lambda: name,
        View.VILLAGE: lambda: _("Village: {name}").format(name=name),
        View.STATUS: lambda: cards.status(STATUSES[found.key % len(STATUSES)]),
        View.LATE: cards.late,
    }[found.view]()
    title = fill(_("📘 <b>{list}</b>\nMeasures: {count}"), list=words, count=number(found.page.total))
    return title + Markup("\n") + draft_mark() if found.version.is_draft else title


def measures(title: Markup, items: Sequence[Item], today: date) -> Markup:
    lines = [cards.line(each, today) for each in items] or [fill(_("There is nothing here."))]
    return Markup("\n\n").join([title, *lines])


def number_label(item: Item) -> str:
    return str(item.number)


def ask_words() -> Markup:
    return fill(
        _(
            "🔎 <b>Search in the plan</b>\n"
            "Write a word or two, for example: <i>road</i> or <i>drinking water</i>."
        )
    )


def found_title(typed: str, count: int) -> Markup:
    if not count:
        return fill(_("🔎 Nothing was found for “{words}”. Try another word."), words=shortened(typed, 60))
    return fill(_("🔎 <b>Found for “{words}”</b>"), words=shortened(typed, 60))


def problem_number(of: int) -> str:
    return _("Problem {number}").format(number=of)


def follow() -> str:
    return _("🔔 Follow it")


def unfollow() -> str:
    return _("🔕 Follow it no more")


def follow_toast() -> str:
    return _("You will be told when something changes.")


def unfollow_toast() -> str:
    return _("You will not be told of it any more.")


def photos() -> str:
    return _("📎 Photos")


def photo_caption(card: ItemCard) -> str:
    return f"{card.measure.number}. {shortened(cards.measure_title(card), 200)}"


def comment() -> str:
    return _("💬 Say what I think")


def ask_comment(card: ItemCard) -> Markup:
    return fill(
        _(
            "💬 <b>{number}. {title}</b>\nWhat do you think of it? What is missing? "
            "Those who write the plan will read it, without your name."
        ),
        number=card.measure.number,
        title=shortened(cards.measure_title(card), 200),
    )


def commented() -> Markup:
    return fill(_("💬 Thank you! Your opinion goes to those who write the plan."))


def back_to_item() -> str:
    return _("📘 To the measure")


def edit() -> str:
    return _("✏️ Change it")


def say_how_far() -> str:
    return _("🚧 Say how far it is")


def check() -> str:
    return _("🔍 Check it")


def other_measures() -> str:
    return _("Others like it")


def papers_of(version: Version) -> Markup:
    return _title(version) + Markup("\n\n") + fill(_("What would you like to have?"))


def pictures() -> str:
    return _("📊 Pictures")


def whole_paper() -> str:
    return _("📄 The whole plan, PDF")


def data() -> str:
    return _("📄 Data: JSON and CSV")


def the_resolution() -> str:
    return _("📄 The council's resolution")


def what_changed() -> str:
    return _("What has changed")


def opinions() -> str:
    return _("💬 Opinions on it")


def versions() -> str:
    return _("All versions")


def version_list() -> Markup:
    return fill(_("📘 <b>All versions of the plan</b>\nThe newest is in force."))


def version_label(version: Version) -> str:
    when = version.resolution.day if version.resolution else None
    moment = f"{when:%d.%m.%Y}" if when else ""
    return _("{years}, version {number}").format(years=cards.period(version), number=version.number or "") + (
        f", {moment}" if moment else ""
    )


def being_printed(version: Version, bar_: str) -> Markup:
    return _title(version) + fill(_("\n\n📄 The whole plan is being made.\n{bar}"), bar=bar_)


def file_caption(version: Version) -> str:
    return f"{named(version.municipality)}. {cards.plan_name(version.title)}, {cards.period(version)}"


def change_list(version: Version, changed: Sequence[Markup]) -> Markup:
    if not changed:
        return _title(version) + Markup("\n\n") + fill(_("Nothing differs from the version before."))
    title = fill(
        _("📘 <b>What has changed</b>\n{title}, {years}"),
        title=shortened(cards.plan_name(version.title), SHOWN_CHANGE),
        years=cards.period(version),
    )
    return Markup("\n\n").join([title, *changed])


def change_pages(changed: Sequence[Change]) -> list[list[Markup]]:
    """As many on a page as one message holds: a change of one term is short, one of all parts is long."""
    pages: list[list[Markup]] = [[]]
    for each in map(_change, changed):
        if pages[-1] and _units(Markup("\n\n").join([*pages[-1], each])) > ROOM_FOR_CHANGES:
            pages.append([])
        pages[-1].append(each)
    return pages


def _units(text: str) -> int:
    """At least as many as Telegram counts, for it leaves out the tags: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def change_kind(kind: ChangeKind) -> str:
    return {
        ChangeKind.ADDED: lambda: _("New"),
        ChangeKind.CHANGED: lambda: _("Changed"),
        ChangeKind.REMOVED: lambda: _("Taken out"),
    }[kind]()


def _change(change: Change) -> Markup:
    what = _("measure") if change.is_measure else _("problem")
    lines = [
        fill(
            "<b>{kind}</b>: {what} {number}. {title}",
            kind=change_kind(change.kind),
            what=what,
            number=change.number,
            title=shortened(change.title, SHOWN_CHANGE),
        )
    ]
    shown = min(SHOWN_CHANGE, SHOWN_OF_ALL // max(2 * len(change.parts), 1))
    lines += [_difference(part, *words, shown) for part, words in change.parts.items()]
    return Markup("\n").join(lines)


def _difference(part: Part, before: str, after: str, shown: int) -> Markup:
    if part in {Part.DIRECTION, Part.VILLAGES}:
        return fill("• {part}", part=cards.part(part))
    return fill(
        "• {part}: <s>{before}</s> → {after}",
        part=cards.part(part),
        before=shortened(before, shown) or "—",
        after=shortened(after, shown) or "—",
    )


def not_shown(_refusal: Refusal) -> str:
    return _("This draft cannot be read now. Open the plan to see what is in force.")


def too_many_comments(refusal: TooManyComments) -> str:
    return _("You have given {limit} opinions already. Thank you, all of them will be read.").format(
        limit=number(refusal.limit)
    )


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    NotShown: not_shown,
    TooManyComments: too_many_comments,
}
