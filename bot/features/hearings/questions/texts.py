"""Words of asking and proposing."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.asker_name import NameDoubt, NameUse
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
from bot.domain.text import shortened
from bot.features.hearings import hearing_texts
from bot.features.hearings.hearing_queries import HearingCard
from bot.i18n import _, day_and_time, fill, ngettext, number

# Characters of what was typed that are repeated.
LONGEST_ECHO = 200


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


def which_name(use: NameUse) -> Markup:
    return fill(
        {
            NameUse.READ_OUT: _(
                "<b>By what name shall it be read out?</b>\n"
                "Everybody will see this name. Without one it says “A resident”."
            ),
            NameUse.SHOWN: _(
                "<b>By what name shall it be shown?</b>\n"
                "Everybody will see this name. Without one it says “A resident”."
            ),
            NameUse.SAID: _(
                "<b>Who said it in the hall?</b>\n"
                "Everybody will see this name. Without one it says “A resident”."
            ),
        }[use]
    )


def doubtful_name(doubt: NameDoubt, typed: str) -> Markup:
    why = {
        NameDoubt.QUESTION: _("This looks like a question or a proposal, and not like a name:"),
        NameDoubt.CONTACT: _("Everybody would read this. Please write no telephone and no address here:"),
        NameDoubt.LONG: _("This is too long for a name:"),
    }[doubt]
    return Markup("\n").join(
        [
            fill(why),
            fill("<blockquote>{typed}</blockquote>", typed=shortened(typed, LONGEST_ECHO)),
            fill(_("<b>Please write only the name, or leave it out.</b>")),
        ]
    )


def without_name() -> str:
    return _("As a resident, without a name")


def with_name() -> str:
    return _("✏️ Type a name")


def type_name(use: NameUse) -> Markup:
    if use is NameUse.READ_OUT:
        return fill(_("✏️ Write the name as it shall be read out."))
    return fill(_("✏️ Write the name as everybody shall see it."))


def signed(name: str | None) -> str:
    return name or _("A resident")


def preview(kind: QuestionKind, text: str, name: str | None, use: NameUse) -> Markup:
    title = (
        _("<b>Please check. This is how it will be read out in the hall:</b>")
        if use is NameUse.READ_OUT
        else _("<b>Please check. This is how everybody will see it:</b>")
    )
    body = (
        _("💬 Proposal:\n<blockquote>{text}</blockquote>\nIn the name of: <b>{name}</b>")
        if kind is QuestionKind.PROPOSAL
        else _("❓ Question:\n<blockquote>{text}</blockquote>\nIn the name of: <b>{name}</b>")
    )
    return Markup("\n\n").join([fill(title), fill(body, name=signed(name), text=text)])


def who_will_see(*, at_once: bool) -> Markup:
    if at_once:
        return fill(_("As soon as you send it, everybody can read it."))
    return fill(_("The organisers read it first. Everybody sees it once they have shown it."))


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


def sent(kind: QuestionKind, *, waits: bool) -> Markup:
    if kind is QuestionKind.PROPOSAL:
        told = _(
            "💬 <b>Your proposal is with the organisers.</b>\nYou will hear here what they decide, and why."
        )
    else:
        told = _("❓ <b>Your question is with the organisers.</b>\nYou will hear the answer here.")
    seen = (
        _("The organisers read it first. Everybody sees it once they have shown it.")
        if waits
        else _("Everybody can read it now.")
    )
    return Markup("\n").join([fill(told), fill(seen)])


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
