"""Words of asking and proposing."""

from collections.abc import Callable

from markupsafe import Markup

from bot.cards import hearing_texts
from bot.db.hearing_queries import HearingCard
from bot.domain.hearing import QuestionKind
from bot.domain.refusals import (
    FileExpected,
    HearingCalledOff,
    HearingNotBegun,
    NotYourHearing,
    NumberNotUnderstood,
    NumberOutOfRange,
    PresenceMissing,
    QuestionsClosed,
    Refusal,
    TooManyQuestions,
    WordsExpected,
)
from bot.i18n import _, day_and_time, fill, ngettext, number


def heading(hearing: HearingCard) -> Markup:
    """Which hearing it is about, above everything that is asked there."""
    return hearing_texts.title(hearing.announcement)


def which_kind() -> Markup:
    return fill(
        _(
            "<b>What would you like to send?</b>\n"
            "A question is answered. On a proposal the organisers decide, and tell you why."
        )
    )


def a_question() -> str:
    return _("❓ A question")


def a_proposal() -> str:
    return _("💬 A proposal")


def write(kind: QuestionKind) -> Markup:
    if kind is QuestionKind.PROPOSAL:
        return fill(_("💬 <b>Write your proposal here</b>, in one message.\nWhat should be done, and where?"))
    return fill(_("❓ <b>Write your question here</b>, in one message."))


def write_from_hall(kind: QuestionKind) -> Markup:
    if kind is QuestionKind.PROPOSAL:
        return fill(_("💬 <b>What was proposed in the hall?</b>\nWrite it here, in one message."))
    return fill(_("❓ <b>What was asked in the hall?</b>\nWrite it here, in one message."))


def which_kind_from_hall() -> Markup:
    return fill(_("<b>What was said in the hall?</b>"))


def now_it_says(text: str) -> Markup:
    return fill(_("Now it says:\n<blockquote>{text}</blockquote>"), text=text)


def which_name() -> Markup:
    return fill(
        _(
            "<b>By what name shall it be read out?</b>\n"
            "Everybody will see this name. Without one it says “A resident”."
        )
    )


def without_name() -> str:
    return _("As a resident, without a name")


def with_name() -> str:
    return _("✏️ Type a name")


def type_name() -> Markup:
    return fill(_("✏️ Write the name as it shall be read out."))


def signed(name: str | None) -> str:
    return name or _("A resident")


def preview(kind: QuestionKind, text: str, name: str | None) -> Markup:
    told = (
        _("<b>Please check your proposal</b>\n\n💬 <b>{name}</b>\n<blockquote>{text}</blockquote>")
        if kind is QuestionKind.PROPOSAL
        else _("<b>Please check your question</b>\n\n❓ <b>{name}</b>\n<blockquote>{text}</blockquote>")
    )
    return fill(told, name=signed(name), text=text)


def send() -> str:
    return _("Send")


def write_down() -> str:
    return _("Write it down")


def edit_text() -> str:
    return _("✏️ Text")


def edit_name() -> str:
    return _("✏️ Name")


def drop() -> str:
    return _("🗑 Delete it")


def dropped() -> Markup:
    return fill(_("It was deleted. Nothing was sent."))


def sent(kind: QuestionKind) -> Markup:
    if kind is QuestionKind.PROPOSAL:
        return fill(
            _(
                "💬 <b>Your proposal is with the organisers.</b>\n"
                "You will hear here what they decide, and why."
            )
        )
    return fill(_("❓ <b>Your question is with the organisers.</b>\nYou will hear the answer here."))


def ask_more() -> str:
    return _("Ask or propose more")


def mine() -> str:
    return _("My questions and proposals")


def to_hearing() -> str:
    return _("🗣 To the hearing")


def not_your_hearing(_refusal: Refusal) -> str:
    return _("This hearing is held in another municipality. Only its own residents take part.")


def called_off(_refusal: Refusal) -> str:
    return _("This hearing was called off.")


def questions_closed(_refusal: Refusal) -> str:
    return _(
        "This hearing is over and its record is ready. "
        "Open the hearing from /hearings to read the answers and decisions."
    )


def too_many_questions(refusal: TooManyQuestions) -> str:
    return ngettext(
        "Thank you! You have sent {number} question or proposal for this hearing. "
        "That is the most one can send.",
        "Thank you! You have sent {number} questions and proposals for this hearing. "
        "That is the most one can send.",
        refusal.limit,
    ).format(number=refusal.limit)


def words_expected(_refusal: Refusal) -> str:
    return _("Please write it in words.")


def file_expected(_refusal: Refusal) -> str:
    return _("Please send a file or a photo, or press “Without minutes”.")


def not_begun(refusal: HearingNotBegun) -> str:
    return _("The hearing has not begun yet. Its record can be written from {moment} on.").format(
        moment=day_and_time(refusal.starts_at)
    )


def number_not_understood(_refusal: Refusal) -> str:
    return _("Please type a number of people in digits, for example 56")


def number_out_of_range(refusal: NumberOutOfRange) -> str:
    return _("That is too many. Please type a number up to {number}.").format(number=number(refusal.at_most))


def presence_missing(_refusal: Refusal) -> str:
    return _("First tell how many women and how many men were present.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    NotYourHearing: not_your_hearing,
    HearingCalledOff: called_off,
    QuestionsClosed: questions_closed,
    TooManyQuestions: too_many_questions,
    WordsExpected: words_expected,
    FileExpected: file_expected,
    HearingNotBegun: not_begun,
    NumberNotUnderstood: number_not_understood,
    NumberOutOfRange: number_out_of_range,
    PresenceMissing: presence_missing,
}
