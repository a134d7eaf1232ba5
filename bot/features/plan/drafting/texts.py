"""Words of those who publish the plan."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from bot.domain.plan import COLUMN_OF, OF_PROBLEM, Funding, Part, PlanText
from bot.domain.refusals import (
    DraftChanged,
    OldVersion,
    OtherDraft,
    Refusal,
    ResolutionNotUnderstood,
    SameAsInForce,
)
from bot.domain.text import shortened
from bot.features.plan import plan_texts as cards
from bot.features.plan.drafting.queries import Comment, Planning
from bot.features.plan.plan_queries import ItemCard, Version
from bot.i18n import _, day, fill, named, ngettext, number


def planning(found: Planning) -> Markup:
    parts = [fill(_("📘 <b>The plan: {municipality}</b>"), municipality=named(found.municipality))]
    if found.current and found.summary:
        parts.append(
            fill(
                _("In force: {title}, {years}. Measures: {count}."),
                title=cards.plan_name(found.current.title),
                years=cards.period(found.current),
                count=number(found.summary.measures),
            )
        )
        if found.summary.late:
            parts.append(fill(_("⏰ Late measures: <b>{count}</b>"), count=number(found.summary.late)))
    else:
        parts.append(fill(_("There is no plan in the bot yet. Send it as a file.")))
    if found.draft:
        parts.append(fill(_("✏️ There is a draft. Residents see it only if you show it.")))
    if found.unanswered:
        parts.append(
            fill(_("Residents' problems without an answer: <b>{count}</b>"), count=number(found.unanswered))
        )
    return Markup("\n\n").join(parts)


def monthly_round() -> str:
    return _("🚧 How far are the measures?")


def answers(count: int) -> str:
    return _("💬 Without an answer: {count}").format(count=number(count))


def the_draft() -> str:
    return _("✏️ The draft")


def read_plan() -> str:
    return _("📘 Read the plan")


def get_form() -> str:
    return _("📄 Spreadsheet to fill in")


def send_file() -> str:
    return _("📎 Send a file")


def documents() -> str:
    return _("📄 Documents")


def calendar() -> str:
    return _("📅 The year's calendar")


def form_caption() -> str:
    return _(
        "Fill in both sheets and send the file back here. "
        "If the plan is a table in Word, send that file instead."
    )


def send_now() -> Markup:
    return fill(
        _(
            "📎 <b>Send the plan as a file.</b>\n\n"
            "It can be our spreadsheet, filled in, or a Word file with the plan in one table. "
            "Nobody sees it before you show it."
        )
    )


def understood(columns: Sequence[tuple[str, Part | None]], text: PlanText) -> Markup:
    """What each column of an office's own table was taken for."""
    lines = [
        fill("{heading} → <b>{part}</b>", heading=shortened(heading, 40), part=cards.part(part))
        for heading, part in columns
        if part
    ]
    ignored = [shortened(heading, 40) for heading, part in columns if part is None and heading]
    parts = [
        fill(_("📄 <b>This is how we understood the table</b>")),
        Markup("\n").join(lines),
        fill(
            _("Years: {years}. Problems: {problems}. Measures: {measures}."),
            years=cards.years(text.first_year, text.last_year),
            problems=number(len(text.problems)),
            measures=number(sum(1 for _each in text.measures())),
        ),
    ]
    if ignored:
        parts.insert(2, fill(_("Not used: {headings}"), headings="; ".join(ignored)))
    first = next(text.measures(), None)
    if first:
        problem, measure = first
        parts.append(
            fill(
                _("The first measure: <i>{problem}</i> → <i>{measure}</i>"),
                problem=shortened(problem.title, 120),
                measure=shortened(measure.title, 120),
            )
        )
    parts.append(fill(_("Is that right? Then look at the draft.")))
    return Markup("\n\n").join(parts)


def looks_right() -> str:
    return _("Yes, see the draft")


def looks_wrong() -> str:
    return _("📎 No, send another file")


def draft(version: Version, measures: int, comments: int) -> Markup:
    state = (
        fill(_("👀 Residents can read it as a draft and say what they think."))
        if version.shown_at
        else fill(_("Nobody but you and your colleagues sees it."))
    )
    parts = [
        fill(
            _("✏️ <b>Draft: {title}, {years}</b>\nMeasures: {count}"),
            title=cards.plan_name(version.title),
            years=cards.period(version),
            count=number(measures),
        ),
        state,
    ]
    if comments:
        parts.append(fill(_("💬 Opinions of residents: <b>{count}</b>"), count=number(comments)))
    if version.resolution:
        parts.append(fill("{words}", words=cards.resolution(version.resolution)))
    return Markup("\n\n").join(parts)


def see_as_residents() -> str:
    return _("👀 See it as residents will")


def show() -> str:
    return _("🔔 Show it to residents")


def hide() -> str:
    return _("Take it back from residents")


def shown_toast() -> str:
    return _("Residents are being told.")


def hidden_toast() -> str:
    return _("Residents do not see it any more.")


def comments(count: int) -> str:
    return _("💬 Opinions: {count}").format(count=number(count))


def adopt() -> str:
    return _("✅ The council has adopted it")


def drop() -> str:
    return _("🗑 Drop the draft")


def ask_to_drop(version: Version, count: int) -> Markup:
    words = [
        fill(_("🗑 <b>Drop the draft “{title}”?</b>"), title=cards.plan_name(version.title)),
        fill(_("The plan in force stays as it is.")),
    ]
    if count:
        words.append(
            fill(
                ngettext(
                    "{count} opinion of residents goes with it.",
                    "{count} opinions of residents go with it.",
                    count,
                ),
                count=number(count),
            )
        )
    return Markup("\n").join(words)


def yes_drop() -> str:
    return _("🗑 Yes, drop it")


def comment_list(found: Sequence[Comment]) -> Markup:
    if not found:
        return fill(_("Nobody has said anything yet."))
    title = fill(_("💬 <b>What residents think of the draft</b>"))
    return Markup("\n\n").join([title, *(_comment(each) for each in found)])


def _comment(said: Comment) -> Markup:
    return fill(
        "<b>{number}.</b> {title}\n💬 <i>{day}</i>: {text}",
        number=said.number,
        title=shortened(said.title, 80),
        day=day(said.at),
        text=shortened(said.text, 300),
    )


def ask_resolution() -> Markup:
    return fill(
        _(
            "✅ <b>By which resolution did the council adopt the plan?</b>\n\n"
            "Write three lines: the number, the day, the chair of the council. For example:\n"
            "<code>12/3\n18.12.2026\nthe chair's name</code>"
        )
    )


def ask_scan(version: Version) -> Markup:
    told = cards.resolution(version.resolution) if version.resolution else ""
    return fill(_("{resolution}\n\n📎 Now send the signed document: a photo or a PDF file."), resolution=told)


def without_scan() -> str:
    return _("Without the document")


def ask_to_adopt(version: Version, people: int, changes: Mapping[str, int] | None) -> Markup:
    parts = [
        fill(_("✅ <b>Publish “{title}” as the plan in force?</b>"), title=cards.plan_name(version.title))
    ]
    if version.resolution:
        parts.append(fill("{words}", words=cards.resolution(version.resolution)))
    if version.scan_file_id:
        parts.append(fill(_("📎 The signed document is there.")))
    if changes:
        parts.append(
            fill(
                _("New: {added}. Changed: {changed}. Taken out: {removed}."),
                added=number(changes["added"]),
                changed=number(changes["changed"]),
                removed=number(changes["removed"]),
            )
        )
    parts.append(
        fill(
            ngettext(
                "🔔 {count} resident will be told. This cannot be taken back; "
                "a mistake is put right by a new version.",
                "🔔 {count} residents will be told. This cannot be taken back; "
                "a mistake is put right by a new version.",
                people,
            ),
            count=number(people),
        )
    )
    return Markup("\n\n").join(parts)


def publish() -> str:
    return _("✅ Publish")


def published(version: Version) -> Markup:
    return fill(
        _("📘 <b>The plan is published.</b>\n{title}, {years}. Residents are being told."),
        title=cards.plan_name(version.title),
        years=cards.period(version),
    )


def edit_measure(card: ItemCard) -> Markup:
    return fill(
        _("✏️ <b>{number}. {title}</b>\nWhat has changed? It goes into the draft; the plan in force stays."),
        number=card.measure.number,
        title=shortened(card.measure.title, 200),
    )


def add_or_remove() -> str:
    return _("Add or remove a measure")


def add_or_remove_what(card: ItemCard) -> Markup:
    return fill(
        _("✏️ <b>{number}. {title}</b>\nThe problem: {problem}"),
        number=card.measure.number,
        title=shortened(card.measure.title, 200),
        problem=shortened(card.problem.title, 300),
    )


def add_measure() -> str:
    return _("➕ Another measure")


def ask_new_measure(card: ItemCard, wrong: str) -> Markup:
    problem = shortened(card.problem.title, 300)
    parts = [
        fill(_("➕ <b>A new measure</b>\nThe problem: {problem}"), problem=problem),
        fill(
            _(
                "Write in one sentence what will be done. "
                "The term, the money and the rest are added after that."
            )
        ),
    ]
    if wrong:
        parts.insert(0, fill("⚠️ {words}", words=wrong))
    return Markup("\n\n").join(parts)


def remove_measure() -> str:
    return _("🗑 Take it out")


def ask_part(card: ItemCard, part: Part, wrong: str) -> Markup:
    parts = [
        fill(_("✏️ <b>{part}</b>"), part=cards.part(part)),
        fill(_("Now: {words}"), words=written(card, part) or "—"),
        fill(_("Write how it should be. To leave it empty, send a dash: -")),
    ]
    if wrong:
        parts.insert(0, fill("⚠️ {words}", words=wrong))
    return Markup("\n\n").join(parts)


def written(card: ItemCard, part: Part) -> str:
    column, measure = COLUMN_OF[part], card.measure
    value = getattr(card.problem if column in OF_PROBLEM else measure, column.field)
    if part is Part.FUNDING and not value and measure.funding is not Funding.UNTOLD:
        value = cards.funding(measure.funding)
    return "" if value is None else str(value)


def ask_to_remove(card: ItemCard) -> Markup:
    return fill(
        _(
            "🗑 <b>Take measure {number} out of the draft?</b>\n{title}\n\n"
            "What was reported of it stays in the old version."
        ),
        number=card.measure.number,
        title=card.measure.title,
    )


def yes_remove() -> str:
    return _("🗑 Yes, take it out")


def removed_toast() -> str:
    return _("It is out of the draft.")


def nothing_filled_in() -> Markup:
    return fill(_("The table is empty. Fill it in and send it again."))


def resolution_not_understood(_refusal: Refusal) -> str:
    return _("Please write three lines: the number, the day as 18.12.2026, the chair of the council.")


def draft_changed(_refusal: Refusal) -> str:
    return _("The draft has changed meanwhile. Please open it again.")


def old_version(_refusal: Refusal) -> str:
    return _("This is not the plan in force. Open “Our plan” and change the measure there.")


def other_draft(_refusal: Refusal) -> str:
    return _("There is a draft for other years. Publish it or drop it first.")


def same_as_in_force(_refusal: Refusal) -> str:
    return _("This draft is the same as the plan in force. Change something in it first.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    ResolutionNotUnderstood: resolution_not_understood,
    DraftChanged: draft_changed,
    OldVersion: old_version,
    OtherDraft: other_draft,
    SameAsInForce: same_as_in_force,
}
