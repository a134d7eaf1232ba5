"""Words of how far the measures are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from bot.domain.plan import MeasureStatus, is_late
from bot.domain.refusals import NotReportedDone, Refusal
from bot.domain.text import shortened
from bot.features.plan import plan_texts as cards
from bot.features.plan.plan_queries import ItemCard
from bot.features.plan.progress.queries import Unchecked
from bot.i18n import _, current_language, day, fill, ngettext, number

SHOWN = 200


def asked(card: ItemCard, left: int, today: date) -> Markup:
    title = fill(
        _("🚧 <b>How far is it?</b> Still to ask about this month: {count}"),
        count=number(left),
    )
    return Markup("\n\n").join([title, *_measure(card, today)])


def one(card: ItemCard, today: date) -> Markup:
    return Markup("\n\n").join([fill(_("🚧 <b>How far is it?</b>")), *_measure(card, today)])


def _measure(card: ItemCard, today: date) -> list[Markup]:
    lines = [fill(_("Now: <b>{status}</b>"), status=cards.status(card.status))]
    if is_late(card.status, card.measure.due_on, today):
        lines.append(fill("<b>{late}</b>", late=cards.late()))
    for label, words in (
        (_("By when:"), card.measure.term),
        (_("Who:"), card.measure.responsible),
    ):
        if words:
            lines.append(fill("{label} {words}", label=label, words=shortened(words, SHOWN)))
    if card.reports:
        last = card.reports[0]
        lines.append(
            fill(
                _("Last time, {day}: {status} {note}"),
                day=day(last.at),
                status=cards.status_words(last.status),
                note=shortened(last.note or "", SHOWN),
            )
        )
    head = fill("<b>{number}. {title}</b>", number=card.measure.number, title=cards.measure_title(card))
    return [head, Markup("\n").join(lines)]


def status(which: MeasureStatus) -> str:
    return cards.status(which)


def add() -> str:
    return _("📎 Note, photo or money")


def add_to(measure: int) -> str:
    return _("📎 Note or photo for {number}").format(number=measure)


def skip() -> str:
    return _("Next one ➡️")


def saved_toast(card: ItemCard, status_: MeasureStatus) -> str:
    return f"{card.measure.number}: {cards.status_words(status_)}"


def all_asked() -> Markup:
    return fill(_("🏁 <b>That was all for this month.</b> Thank you! Residents see how far the plan is."))


def no_plan() -> Markup:
    return fill(_("There is no plan in the bot yet."))


def ask_more(card: ItemCard) -> Markup:
    return fill(
        _(
            "📎 <b>{number}. {title}</b>\n\n"
            "Send a photo, or write a few words on how it goes. "
            "To say how much was spent so far, write only the sum in som, as 350000."
        ),
        number=card.measure.number,
        title=shortened(cards.measure_title(card), SHOWN),
    )


def said(card: ItemCard) -> Markup:
    parts = [
        fill(
            _("📎 <b>It is written down</b> for measure {number}. Residents can see it."),
            number=card.measure.number,
        )
    ]
    if card.spent is not None:
        parts.append(fill(_("Spent so far: {sum}"), sum=cards.som(card.spent)))
    return Markup("\n").join(parts)


def add_more() -> str:
    return _("📎 Something more")


def see_measure() -> str:
    return _("📘 See the measure")


def go_on() -> str:
    return _("Go on ➡️")


def unchecked(found: Sequence[Unchecked], count: int) -> Markup:
    if not count:
        return fill(_("🔍 Nothing is reported as done yet."))
    title = fill(
        _("🔍 <b>Reported as done: {count}</b>\nLook on the spot and say whether it is so."),
        count=number(count),
    )
    return Markup("\n\n").join([title, *(_line(each) for each in found)])


def _line(measure: Unchecked) -> Markup:
    own = {True: _("✅ you: done"), False: _("⚠️ you: not done"), None: _("you have not looked yet")}
    title = measure.title_in(current_language())
    return fill(
        "<b>{number}.</b> {title}\n<i>{own}</i>",
        number=measure.number,
        title=shortened(title, 110),
        own=own[measure.by_me],
    )


def number_label(measure: Unchecked) -> str:
    return str(measure.number)


def check(card: ItemCard) -> Markup:
    report = card.reports[0] if card.reports else None
    parts = [
        fill("🔍 <b>{number}. {title}</b>", number=card.measure.number, title=cards.measure_title(card)),
        fill(_("How we shall know: {words}"), words=card.measure.indicator) if card.measure.indicator else "",
        fill(
            _("Reported as done on {day}. {note}"),
            day=day(report.at),
            note=shortened(report.note or "", SHOWN),
        )
        if report
        else "",
        fill(_("<b>Is it really done?</b>")),
    ]
    return Markup("\n\n").join(part for part in parts if part)


def is_done() -> str:
    return _("✅ Yes, done")


def is_not_done() -> str:
    return _("⚠️ No, not done")


def checked(card: ItemCard, *, agrees: bool) -> Markup:
    told = (
        fill(_("✅ <b>You say: measure {number} is done.</b>"), number=card.measure.number)
        if agrees
        else fill(
            _("⚠️ <b>You say: measure {number} is not done.</b> Those who answer for it are told."),
            number=card.measure.number,
        )
    )
    return told + Markup("\n\n") + fill(_("📎 Now send a photo, or write what you have seen."))


def proven() -> Markup:
    return fill(_("📎 Thank you. Everybody sees it on the card of the measure."))


def next_check() -> str:
    return _("Next one ➡️")


def news(items: Sequence[Mapping[str, Any]], total: int) -> Markup:
    title = fill(_("📘 <b>News of what you follow: {count}</b>"), count=number(total))
    return Markup("\n\n").join([title, *(_news(each) for each in items)])


def _news(item: Mapping[str, Any]) -> Markup:
    parts = [
        fill(
            "{status}\n<b>{number}.</b> {title}",
            status=cards.status(MeasureStatus(item["status"])),
            number=item["number"],
            title=shortened(_title(item), 110),
        )
    ]
    if item.get("note"):
        parts.append(fill("💬 {note}", note=shortened(item["note"], SHOWN)))
    return Markup("\n").join(parts)


def _title(item: Mapping[str, Any]) -> str:
    title, language, other = item["title"]
    return str(other if other and language != current_language() else title)


def label(item: Mapping[str, Any]) -> str:
    return str(item["number"])


def contradicted(item: Mapping[str, Any]) -> Markup:
    parts = [
        fill(
            _("⚠️ <b>The monitoring group says that measure {number} is not done.</b>\n{title}"),
            number=item["number"],
            title=shortened(_title(item), SHOWN),
        )
    ]
    if item.get("note"):
        parts.append(fill("💬 {note}", note=shortened(item["note"], SHOWN)))
    return Markup("\n\n").join(parts)


def remind(facts: Mapping[str, Any]) -> Markup:
    parts = [
        fill(_("🚧 <b>How far is the plan?</b>")),
        fill(
            ngettext(
                "Nobody has said this month how far {count} measure is.",
                "Nobody has said this month how far {count} measures are.",
                facts["asked"],
            ),
            count=number(facts["asked"]),
        ),
    ]
    if facts["late"]:
        parts.append(fill(_("⏰ Late measures: <b>{count}</b>"), count=number(facts["late"])))
    parts.append(fill(_("It takes a tap for each. Residents see what you say.")))
    return Markup("\n").join(parts)


def begin() -> str:
    return _("🚧 Begin")


def not_reported_done(_refusal: Refusal) -> str:
    return _("It is not reported as done any more. Please open the list again.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {NotReportedDone: not_reported_done}
