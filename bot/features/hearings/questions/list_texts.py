"""Words of the lists of questions, and of what became of each."""

from datetime import datetime

from markupsafe import Markup

from bot.domain.hearing import Decision, QuestionKind
from bot.domain.question import QuestionHideReason
from bot.domain.text import shortened
from bot.features.hearings.questions import screening_texts, texts
from bot.features.hearings.questions.queries import QuestionCard, QuestionPage
from bot.features.problems.public import personal_in_question
from bot.i18n import _, day, fill, number

# Characters of a question, and of its answer, in a list: a page of both fits one message.
LINE = 220


def everybodys(total: int) -> Markup:
    if not total:
        return fill(_("❓ <b>Questions and proposals</b>\nNothing was asked or proposed yet."))
    return fill(_("❓ <b>Questions and proposals</b>: {total}"), total=number(total))


def mine(total: int) -> Markup:
    if not total:
        return fill(
            _(
                "❓ <b>My questions and proposals</b>\n"
                "You have not asked or proposed anything for this hearing."
            )
        )
    return fill(_("❓ <b>My questions and proposals</b>: {total}"), total=number(total))


def only_mine() -> str:
    return _("Only mine")


def all_of_them() -> str:
    return _("Everybody's")


def ask() -> str:
    return _("❓ Ask or propose")


def to_list() -> str:
    return _("❓ To the list")


def to_record() -> str:
    return _("📄 To the record")


def listed(title: Markup, found: QuestionPage) -> Markup:
    items = [item(place, each) for place, each in enumerate(found.questions, found.first_number)]
    return Markup("\n\n").join([title, *items])


def item(position: int, question: QuestionCard) -> Markup:
    """A question of a list, and in short what became of it."""
    lines = [
        fill(
            "<b>{position}.</b> {mark} {text}",
            position=position,
            mark=mark(question.kind),
            text=shortened(question.text, LINE),
        ),
        outcome(question, LINE),
        *who_sees(question),
    ]
    return Markup("\n").join(lines)


def card(question: QuestionCard) -> Markup:
    """Everything about one question."""
    title = _("💬 <b>Proposal</b> · {name}") if question.is_proposal else _("❓ <b>Question</b> · {name}")
    lines = [
        fill(title, name=texts.signed(question.signed)),
        fill("<blockquote>{text}</blockquote>", text=question.text),
        outcome(question),
    ]
    if question.corrected_at:
        lines.append(corrected(question.corrected_at))
    return Markup("\n").join([*lines, *who_sees(question)])


def card_for_officers(question: QuestionCard) -> Markup:
    """With the personal data that everybody reads in it, or would once it is shown."""
    personal = [] if question.is_hidden else personal_in_question(question.text, question.signed)
    return Markup("\n").join([card(question), *personal])


def mark(kind: QuestionKind) -> str:
    return "💬" if kind is QuestionKind.PROPOSAL else "❓"


def outcome(question: QuestionCard, width: int | None = None) -> Markup:
    """The answer, or the decision and its reason, cut to `width` characters."""
    if not question.is_answered:
        return fill(_("<i>Not decided yet.</i>") if question.is_proposal else _("<i>Not answered yet.</i>"))
    words = question.answer or ""
    return answered(question.decision, shortened(words, width) if width else words)


def answered(decision: Decision | None, words: str | None) -> Markup:
    if decision is None:
        return fill(_("Answer: {words}"), words=words or "")
    if not words:
        return fill("<b>{decision}</b>", decision=decided(decision))
    return fill("<b>{decision}.</b> {words}", decision=decided(decision), words=words)


def decided(decision: Decision) -> str:
    return {
        Decision.ACCEPTED: _("Accepted"),
        Decision.PARTLY: _("Accepted in part"),
        Decision.DECLINED: _("Declined"),
    }[decision]


def corrected(moment: datetime) -> Markup:
    return fill(_("<i>Corrected: {day}</i>"), day=day(moment))


def who_sees(question: QuestionCard) -> list[Markup]:
    """A line of those that not everybody can read; it stands with their author and with the officers."""
    if question.waits:
        return [waits()]
    return [hidden(question.hidden_reason)] if question.is_hidden else []


def waits() -> Markup:
    return fill(_("<i>⏳ It waits for the organisers. Only its author and they see it so far.</i>"))


def hidden(reason: QuestionHideReason | None = None) -> Markup:
    told = fill(_("<i>Hidden from the others: only its author and the organisers see it.</i>"))
    if reason is None:
        return told
    because = fill(_("<i>Reason: {reason}.</i>"), reason=screening_texts.reason(reason))
    return Markup("\n").join([told, because])
