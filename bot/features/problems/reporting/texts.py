"""Words of reporting and of the lists of problems."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.personal import Found
from bot.domain.places import Name
from bot.domain.problem import LONGEST_OFFER, QUESTIONS, MediaKind, ProblemStatus, Step
from bot.domain.refusals import (
    DailyLimitReached,
    DraftIncomplete,
    PhotoAsFile,
    Refusal,
    TextTooLong,
    TextTooShort,
    TooManyAttachments,
)
from bot.domain.text import LONGEST_TEXT
from bot.features.problems import card_texts as cards, hidden_texts, privacy_texts
from bot.features.problems.problem_queries import ProblemCard
from bot.features.problems.reporting.similar_texts import people
from bot.i18n import _, fill, named, ngettext, number


def progress(step: Step) -> Markup:
    return fill(_("📝 <b>New problem</b> · question {number} of {all}"), number=step.number, all=QUESTIONS)


def what_happens() -> Markup:
    return fill(
        _(
            "<b>What is the problem?</b>\nWrite in your own words: what happens, where, since when. "
            "Or send a voice message.\n\n"
            "<i>Example: The canal bridge on the upper street broke in spring. "
            "Children walk three kilometres round to school.</i>"
        )
    )


def what_is_public() -> Markup:
    return fill(
        _(
            "<i>The facilitator looks at it first. Then all residents will see your words, the village, the "
            "photo and the place on the map. Who you are is shown to nobody. Only the facilitator hears a "
            "voice message.</i>"
        )
    )


def few_words(attached: int) -> Markup:
    """A photo is here, and no word yet."""
    asked = fill(
        _(
            "<b>Thank you. What is the problem here?</b>\n"
            "Write a few words, or say them in a voice message. You can also go on without."
        )
    )
    return cards.attachments(attached) + Markup("\n\n") + asked


def without_words() -> str:
    return _("Go on without words ➡️")


def now_it_says(text: str) -> Markup:
    return fill(_("Now it says:\n<blockquote>{text}</blockquote>"), text=text)


def hint_need() -> Markup:
    return fill(
        _(
            "💡 Good. One hint: say also <b>what is hard without it</b>.\n\n"
            "Instead of “We have no sports hall”:\n"
            "<i>“In winter 200 children have nowhere to do sports. The nearest hall is 12 km away.”</i>"
        )
    )


def say_more() -> str:
    return _("Write it anew")


def leave_as_is() -> str:
    return _("Leave it as it is")


def which_village() -> Markup:
    return fill(_("<b>In which village is it?</b>\nTap the village, or type its name."))


def which_topic() -> Markup:
    return fill(_("<b>What is it about?</b>"))


def unknown_topic() -> str:
    return _("I don't know")


def who_suffers() -> Markup:
    return fill(_("<b>Whom does it touch most?</b>\nTap an answer, or write your own."))


def any_media(attached: int) -> Markup:
    question = fill(
        _("<b>Do you have a photo, a voice message or the place on the map?</b>\nSend it here, or skip this.")
    )
    return question + Markup("\n\n") + cards.attachments(attached) if attached else question


def far_place(municipality: Name) -> Markup:
    return fill(
        _("📍 This place seems far from here: <b>{municipality}</b>. Is it right?"),
        municipality=named(municipality),
    )


def place_is_right() -> str:
    return _("Yes, it is right")


def another_place() -> str:
    return _("Send another place")


def send_place_again() -> Markup:
    return fill(_("📍 The place was removed. Send another one, or go on without."))


def preview() -> Markup:
    return fill(_("📝 <b>Please check your report</b>"))


def everybody_sees() -> Markup:
    """What becomes public of a report."""
    return fill(
        _(
            "<i>All residents will see this once the facilitator has published it. "
            "Who you are is shown to nobody.</i>"
        )
    )


def how_to_take_off() -> Markup:
    return fill(_("<i>To take a photo or your voice off, press “✏️ Photo”.</i>"))


def who_hears(is_public: bool) -> Markup:
    if is_public:
        return fill(_("🎙 Voice message: <b>everybody will hear it</b> once it is published."))
    return fill(_("🎙 Voice message: <b>only the facilitator hears it</b>."))


def set_voice_public(on: bool) -> str:  # the wanted state
    return _("🎙 Everybody may hear it") if on else _("🎙 Only for the facilitator")


def personal(found: Sequence[Found]) -> list[Markup]:
    """Points out the personal data in a report."""
    if not found:
        return []
    asked = fill(_("⚠️ <b>Everybody will read this. Shall we leave it out?</b>"))
    return [Markup(""), asked, *privacy_texts.named_finds(found)]


def leave_out() -> str:
    return _("Leave it out")


def let_stay() -> str:
    return _("Let it stay")


def kept_back() -> Markup:
    """To the author, of their own voice message."""
    return fill(_("🎙 Your voice message: only you and the facilitator hear it."))


def cannot_take() -> Markup:
    return fill(
        _(
            "We cannot take this. "
            "Please write in words, or send a photo, a voice message or the place on the map."
        )
    )


def only_words_taken() -> Markup:
    return fill(
        _(
            "We took your words, but cannot take the file. "
            "You can send a photo, a voice message or the place on the map."
        )
    )


def was_cut(length: int) -> Markup:
    return fill(
        _(
            "This is too long: {length} characters. "
            "We keep at most {number}, so only the beginning was kept. "
            "You can write it again in fewer words, or leave it as it is."
        ),
        length=number(length),
        number=number(LONGEST_TEXT),
    )


def edit_line(step: Step) -> str:
    return {
        Step.TEXT: _("✏️ Text"),
        Step.VILLAGE: _("✏️ Village"),
        Step.TOPIC: _("✏️ Topic"),
        Step.WHO: _("✏️ Whom"),
        Step.MEDIA: _("✏️ Photo"),
    }[step]


def send() -> str:
    return _("Send")


def skip() -> str:
    return _("Skip")


def remove_attachments() -> str:
    return _("Remove the attachments")


def drop_attachment(kind: MediaKind, place: int, of: int) -> str:
    """`place` is its place among the `of` attachments of its kind."""
    name = {
        MediaKind.PHOTO: _("🗑 Photo"),
        MediaKind.VOICE: _("🗑 Voice"),
        MediaKind.LOCATION: _("🗑 Place"),
    }[kind]
    return f"{name} {place}" if of > 1 else name


def leaving() -> Markup:
    return fill(_("Your report is not sent yet. What shall we do with it?"))


def keep_for_later() -> str:
    return _("Keep it for later")


def delete_draft() -> str:
    return _("🗑 Delete it")


def dropped() -> Markup:
    return fill(_("The report was deleted. Nothing was sent."))


def sent(number: int) -> Markup:
    return fill(
        _(
            "📨 <b>Your problem was accepted. Its number is {number}.</b>\n"
            "A facilitator will read it. We will tell you here what comes of it."
        ),
        number=number,
    )


def another_report() -> str:
    return _("📝 One more problem")


def offer(text: str) -> Markup:
    return fill(_("<blockquote>{text}</blockquote>\nShall we file this as a problem?"), text=text)


def offer_more(text: str) -> Markup:
    asked = _("<blockquote>{text}</blockquote>\nShall we add this to the text of your report?")
    return fill(asked, text=text)


def offer_is_full() -> Markup:
    return fill(
        _(
            "We keep at most {number} characters. The rest was not kept. "
            "Please press one of the buttons first."
        ),
        number=number(LONGEST_OFFER),
    )


def offer_media() -> Markup:
    return fill(_("Thank you. Shall we begin a report with this?"))


def offer_yes() -> str:
    return _("Yes, it is a problem")


def offer_add() -> str:
    return _("Add it to my report")


def offer_no() -> str:
    return _("No")


def my_problems() -> str:
    return _("📋 My problems")


def mine(total: int) -> Markup:
    if not total:
        return fill(_("📋 <b>My problems</b>\nYou have not reported anything yet."))
    return fill(_("📋 <b>My problems</b>: {total}"), total=number(total))


def published(total: int) -> Markup:
    if not total:
        return fill(_("🔎 <b>Problems of our municipality</b>\nThere is nothing here yet."))
    return fill(_("🔎 <b>Problems of our municipality</b>: {total}"), total=number(total))


def line(number: int, emoji: str, text: str) -> Markup:
    return fill(_("<b>{number}.</b> {emoji} {text}"), number=number, emoji=emoji, text=text)


def line_with_status(number: int, status: ProblemStatus, text: str) -> Markup:
    return fill(
        _("<b>{number}.</b> {text}\n{status}"), number=number, text=text, status=cards.status_words(status)
    )


def every_village() -> str:
    return _("All villages")


def every_topic() -> str:
    return _("All topics")


def choose_village() -> Markup:
    return fill(_("🔎 Problems of which village?"))


def choose_topic() -> Markup:
    return fill(_("🔎 Problems on which topic?"))


def search() -> str:
    return _("🔎 Search")


def search_again() -> str:
    return _("🔎 Search again")


def type_words() -> Markup:
    return fill(_("🔎 Type one or two words, for example: road, water."))


def found(typed: str, count: int) -> Markup:
    if not count:
        return fill(_("Nothing was found for “{typed}”. Try another word."), typed=typed)
    return fill(_("Found for “{typed}”:"), typed=typed)


def to_list() -> str:
    return _("⬅️ To the list")


def card(problem: ProblemCard) -> Markup:
    title = fill(_("<b>Problem {number}</b>"), number=problem.number)
    lines = [title, *cards.facts(problem)]
    if problem.supporters:
        lines.append(people(problem.supporters))
    return Markup("\n").join(lines)


def from_elsewhere(municipality: Name) -> Markup:
    return fill(
        _("This problem is of another municipality: <b>{name}</b>. You can read it and share it."),
        name=named(municipality),
    )


def state(problem: ProblemCard) -> Markup:
    words = fill(_("State: {status}"), status=cards.status_words(problem.status))
    if problem.outcome_words:
        words += Markup("\n") + fill(_("💬 {words}"), words=problem.outcome_words)
    if problem.hidden:
        return words + Markup("\n") + hidden_texts.to_author(problem.hidden)
    if problem.decline_reason is None:
        return words
    return words + Markup("\n") + cards.reason(problem.decline_reason, problem.decline_words)


def really_solved() -> str:
    return _("Yes, solved")


def not_solved() -> str:
    return _("No, it is not")


def see_joined(number_: int) -> str:
    return _("🔗 See problem {number}").format(number=f"№{number_}")


def too_short(refusal: TextTooShort) -> str:
    return _("This is too short. Please write at least {number} characters.").format(number=refusal.at_least)


def too_long(refusal: TextTooLong) -> str:
    return _(
        "This is too long: {length} characters. Please shorten it to {number} characters and send it again."
    ).format(length=refusal.length, number=refusal.at_most)


def daily_limit(refusal: DailyLimitReached) -> str:
    return ngettext(
        "Thank you! You have already sent {number} problem today. Please come back tomorrow.",
        "Thank you! You have already sent {number} problems today. Please come back tomorrow.",
        refusal.limit,
    ).format(number=refusal.limit)


def too_many_attachments(refusal: TooManyAttachments) -> str:
    return ngettext(
        "A report can hold {number} attachment. Thank you, that is enough.",
        "A report can hold {number} attachments. Thank you, that is enough.",
        refusal.limit,
    ).format(number=refusal.limit)


def photo_as_file(_refusal: Refusal) -> str:
    return _(
        "Please send it as a photo, not as a file: a file can show strangers where and when it was taken."
    )


def draft_incomplete(_refusal: Refusal) -> str:
    return _(
        "Please first tell what the problem is (in words, a voice message or a photo) and choose the village."
    )


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    TextTooShort: too_short,
    TextTooLong: too_long,
    DailyLimitReached: daily_limit,
    TooManyAttachments: too_many_attachments,
    PhotoAsFile: photo_as_file,
    DraftIncomplete: draft_incomplete,
}
