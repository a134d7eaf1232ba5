"""A measure with its whole chain in plain words."""

from datetime import date

from markupsafe import Markup

from bot.domain.plan import OF_MEASURE, OF_PROBLEM, Part, is_late
from bot.domain.text import shortened
from bot.features.plan import plan_texts as cards
from bot.features.plan.plan_queries import Check, ItemCard, Reported
from bot.features.plan.reading.texts import draft_mark, replaced_mark
from bot.features.problems.public import wordless
from bot.i18n import _, current_language, day, fill

# Of each part so many characters are shown, so that all parts fit one message.
SHOWN = 190
MOST_HIDDEN = 8


def item(card: ItemCard, today: date, *, may_plan: bool = False) -> Markup:
    """The whole chain, from the problem to how far it is; planners also read what is hidden of it."""
    head = fill(
        "<b>{number}. {title}</b>",
        number=card.measure.number,
        title=shortened(cards.measure_title(card), 260),
    )
    if card.version.is_draft:
        head += Markup("\n") + draft_mark()
    if card.version.is_replaced:
        head += Markup("\n") + replaced_mark()
    lines = [_line(label, words) for label, words in _chain(card) if words]
    parts = [head, Markup("\n").join(lines)]
    if not card.version.is_draft:
        parts.append(_standing(card, today))
    if card.problems:
        parts.append(_reported(card))
    if card.hidden and may_plan:
        parts.append(_not_shown(card))
    return Markup("\n\n").join(parts)


def _line(label: str, words: str) -> Markup:
    return fill("<b>{label}</b> {words}", label=label, words=shortened(words, SHOWN))


def _chain(card: ItemCard) -> list[tuple[str, str]]:
    own = {
        Part.PROBLEM: cards.problem_title(card),
        Part.VILLAGES: cards.villages(card),
        Part.COST: _money_of(card),
    }
    chain = [(card.problem, each) for each in OF_PROBLEM] + [(card.measure, each) for each in OF_MEASURE]
    return [
        (cards.label(each.part), own[each.part] if each.part in own else cards.in_words(item, each))
        for item, each in chain
        if each.on_card
    ]


def _money_of(card: ItemCard) -> str:
    measure = card.measure
    cost = cards.som(measure.cost) if measure.cost is not None else ""
    return " · ".join(each for each in (cost, cards.source(measure, card.version.language)) if each)


def _standing(card: ItemCard, today: date) -> Markup:
    lines = [
        fill(_("<b>How far:</b> {status}"), status=cards.status(card.status)),
    ]
    if is_late(card.status, card.measure.due_on, today):
        lines.append(fill("<b>{late}</b>", late=cards.late()))
    if card.spent is not None:
        lines.append(fill(_("Spent so far: {sum}"), sum=cards.som(card.spent)))
    lines += [_report(each) for each in card.reports[:2] if each.note or each.photo_file_id]
    lines += [_check(each) for each in card.checks[:2]]
    return Markup("\n").join(lines)


def _report(said: Reported) -> Markup:
    words = shortened(said.note or "", SHOWN)
    photo = " 📎" if said.photo_file_id else ""
    return fill("<i>{day}</i>: {words}{photo}", day=day(said.at), words=words, photo=photo)


def _check(said: Check) -> Markup:
    told = (
        _("✅ The monitoring group has seen it: it is done.")
        if said.agrees
        else _("⚠️ The monitoring group says: it is not done.")
    )
    words = fill("{told} <i>{day}</i>", told=told, day=day(said.at))
    if said.note:
        words += fill("\n{note}", note=shortened(said.note, SHOWN))
    return words + Markup(" 📎") if said.photo_file_id else words


def _reported(card: ItemCard) -> Markup:
    language = current_language()
    lines = [
        fill(
            _("Problem {number}: {words}"),
            number=each.number,
            words=shortened(each.wording.read_in(language) or wordless(), 90),
        )
        for each in card.problems[:4]
    ]
    return Markup("\n").join([fill(_("<b>Reported by residents:</b>")), *lines])


def _not_shown(card: ItemCard) -> Markup:
    """Numbers alone: their words are the facilitator's again."""
    numbers = ", ".join(f"№{each}" for each in card.hidden[:MOST_HIDDEN])
    return fill(
        _("<i>Linked, but not public any more, so residents do not see it: {numbers}</i>"), numbers=numbers
    )
