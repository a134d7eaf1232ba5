"""Words of the announcement of a hearing."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from markupsafe import Markup

from bot.domain import refusals
from bot.domain.hearing import Announcement, HearingKind
from bot.domain.hearing_changes import Difference
from bot.domain.hearing_draft import QUESTIONS, Step
from bot.domain.refusals import Refusal
from bot.features.hearings import hearing_texts as cards
from bot.i18n import (
    _,
    day,
    day_and_time,
    fill,
    full_day,
    full_day_and_time,
    month_and_year,
    month_name,
    ngettext,
    number,
)

# Lines of a notice -----------------------------------------------------------------------------------------


def heading(step: Step) -> Markup:
    return fill(
        _("🗣 <b>Announcing a hearing</b> · question {number} of {all}"), number=step.number, all=QUESTIONS
    )


def question(step: Step) -> Markup:
    return fill(_QUESTIONS[step]())


_QUESTIONS: dict[Step, Callable[[], str]] = {
    Step.KIND: lambda: _("<b>What is the hearing about?</b>"),
    Step.TOPIC: lambda: _(
        "<b>Write the topic in one sentence.</b>\n"
        "For example: The draft budget for next year. Residents read this line first."
    ),
    Step.AGENDA: lambda: _("<b>Write the agenda.</b>\nOne item a line. You can skip it."),
    Step.OTHER_TOPIC: lambda: _(
        "<b>Write the same topic in {language}.</b>\n"
        "You can do it later. Until then these residents read it in the language you wrote."
    ),
    Step.OTHER_AGENDA: lambda: _("<b>Write the same agenda in {language}.</b>\nYou can do it later."),
    Step.DAY: lambda: _("<b>On what day?</b>\nTap the day, or write it: 25.11"),
    Step.TIME: lambda: _("<b>At what time?</b>\nTap it, or write it: 14:30"),
    Step.PLACE: lambda: _("<b>Where?</b>\nWrite the building and the village."),
    Step.PIN: lambda: _(
        "<b>Send the place on the map.</b>\nPress the paperclip below, then Location. You can skip it."
    ),
    Step.ORGANISER: lambda: _(
        "<b>Who invites, and what is the telephone?</b>\nWrite both in one line. You can skip it."
    ),
    Step.DOCUMENTS: lambda: _(
        "<b>Send the documents, one after another.</b>\nFiles or photos. When all are here, go on."
    ),
    Step.WHOM: lambda: _("<b>Whom do you invite?</b>\nThe whole municipality, or the villages you tick."),
}


def in_language(step: Step, language: str) -> Markup:
    """The question for words in a language, which names itself."""
    if step in {Step.OTHER_TOPIC, Step.OTHER_AGENDA}:
        return fill(_QUESTIONS[step](), language=language)
    return question(step) + "\n" + fill(_("Language: <b>{language}</b>"), language=language)


def now_it_says(words: str) -> Markup:
    return fill(_("Now it says:\n<blockquote>{words}</blockquote>"), words=words)


def now_moment(moment: datetime) -> Markup:
    return fill(_("Now: <b>{moment}</b>"), moment=day_and_time(moment))


def now_day(moment: datetime) -> Markup:
    return fill(_("Now: <b>{moment}</b>"), moment=day(moment))


def month(of: date) -> Markup:
    return fill("📅 <b>{month}</b>", month=month_and_year(of))


def month_before(of: date) -> str:
    return f"⬅️ {month_name(of)}"


def month_after(of: date) -> str:
    return f"{month_name(of)} ➡️"


def on_this_day(of: date) -> Markup:
    """With its year, which may have been guessed."""
    return fill("📅 <b>{day}</b>", day=full_day(of))


def at_this_moment(moment: datetime) -> Markup:
    return fill("📅 <b>{moment}</b>", moment=full_day_and_time(moment))


def is_it_this_day() -> Markup:
    return fill(_("Is this the day you mean? If not, write it once more, with the year."))


def documents_so_far(count: int) -> Markup:
    return fill(ngettext("📄 {count} document is here", "📄 {count} documents are here", count), count=count)


def invited(names: Sequence[str]) -> Markup:
    if not names:
        return fill(_("Now: <b>the whole municipality</b>"))
    return fill(_("Now: <b>{villages}</b>"), villages=", ".join(names))


# Buttons ---------------------------------------------------------------------------------------------------


def kind(of: HearingKind) -> str:
    return _KINDS[of]()


_KINDS: dict[HearingKind, Callable[[], str]] = {
    HearingKind.DRAFT_BUDGET: lambda: _("Draft budget"),
    HearingKind.BUDGET_EXECUTION: lambda: _("How the budget was spent"),
    HearingKind.PLAN: lambda: _("Joint action plan"),
    HearingKind.PROGRAMME: lambda: _("Development programme"),
    HearingKind.OTHER: lambda: _("Something else"),
}


def skip() -> str:
    return _("Skip")


def later() -> str:
    return _("Translate later")


def keep() -> str:
    return _("Leave it as it is")


def documents_done() -> str:
    return _("Go on ➡️")


def no_documents() -> str:
    return _("No documents")


def drop_documents() -> str:
    return _("🗑 Take the documents away")


def everybody(*, chosen: bool) -> str:
    return _tick(_("The whole municipality"), chosen=chosen)


def village(name: str, *, chosen: bool) -> str:
    return _tick(name, chosen=chosen)


def _tick(words: str, *, chosen: bool) -> str:
    return f"✅ {words}" if chosen else f"⬜ {words}"


def to_office() -> str:
    return _("🏢 The office")


def announce() -> str:
    return _("🗣 Announce")


def confirm_changes() -> str:
    return _("Confirm the changes")


def tell_changes() -> str:
    return _("Tell those who were told")


def only_correct() -> str:
    return _("Only correct it")


def change_line() -> str:
    return _("✏️ Change a line")


def chosen(name: str) -> str:
    return f"✅ {name}"


def another_day() -> str:
    return _("Another day")


def discard() -> str:
    return _("🗑 Throw it away")


def discard_changes() -> str:
    return _("🗑 Throw the changes away")


def keep_draft() -> str:
    return _("No, keep it")


def call_off() -> str:
    return _("Call it off")


def no_reason() -> str:
    return _("No reason")


def keep_hearing() -> str:
    return _("No, it takes place")


def to_hearing() -> str:
    return _("To the hearing")


def line(step: Step) -> str:
    return _LINES[step]()


_LINES: dict[Step, Callable[[], str]] = {
    Step.KIND: lambda: _("Kind"),
    Step.TOPIC: lambda: _("Topic"),
    Step.AGENDA: lambda: _("Agenda"),
    Step.OTHER_TOPIC: lambda: _("Topic"),
    Step.OTHER_AGENDA: lambda: _("Agenda"),
    Step.DAY: lambda: _("Day"),
    Step.TIME: lambda: _("Time"),
    Step.PLACE: lambda: _("Place"),
    Step.PIN: lambda: _("On the map"),
    Step.ORGANISER: lambda: _("Organiser"),
    Step.DOCUMENTS: lambda: _("Documents"),
    Step.WHOM: lambda: _("Whom"),
}


# Preview and after -----------------------------------------------------------------------------------------


def preview() -> Markup:
    return fill(_("<b>This is what residents will see:</b>"))


def people_told(people: int) -> Markup:
    return fill(
        ngettext("{people} resident will be told.", "{people} residents will be told.", people),
        people=number(people),
    )


def days_left(days: int) -> Markup:
    if days <= 0:
        return fill(_("⚠️ The hearing is today."))
    return fill(
        ngettext("⚠️ The hearing is in {days} day.", "⚠️ The hearing is in {days} days.", days), days=days
    )


def short_notice(days: int, usual: int) -> Markup:
    usually = ngettext(
        "In your municipality people usually hear of it {usual} day before.",
        "In your municipality people usually hear of it {usual} days before.",
        usual,
    )
    return days_left(days) + " " + fill(usually, usual=usual)


def lacks_translation(language: str) -> Markup:
    return fill(
        _("⚠️ There are no words in {language} yet. These residents will read the other language."),
        language=language,
    )


def lacks_agenda(language: str) -> Markup:
    return fill(_("⚠️ The agenda is not written in {language} yet."), language=language)


def lacking(steps: Collection[Step]) -> Markup:
    return fill(_("⚠️ Still missing: {lines}"), lines=", ".join(line(step) for step in steps))


def which_line() -> Markup:
    return fill(_("<b>Which line do you change?</b>"))


def effect(changed: Difference, people: int) -> Markup:
    """What a draft of changes changes, and who will hear of it."""
    if not changed.fields:
        return fill(_("Nothing is different yet. Change a line first."))
    lines = [fill(_("You have changed: <b>{lines}</b>"), lines=", ".join(map(changed_field, changed.fields)))]
    if changed.must_be_told:
        lines.append(_must_be_told(people))
    elif changed.may_be_told:
        lines.append(_tell_or_not(people))
    if changed.translated and not changed.must_be_told:
        lines.append(fill(_("Those who read the other language until now will get the translation.")))
    if changed.is_wider:
        lines.append(fill(_("Those who are newly invited will get the announcement.")))
    return Markup("\n").join(lines)


def _must_be_told(people: int) -> Markup:
    words = ngettext(
        "{people} resident who was told will hear of it.",
        "{people} residents who were told will hear of it.",
        people,
    )
    return fill(words, people=number(people))


def _tell_or_not(people: int) -> Markup:
    words = ngettext(
        "Is it a small correction, or shall the {people} resident who was told hear of it?",
        "Is it a small correction, or shall the {people} residents who were told hear of it?",
        people,
    )
    return fill(words, people=number(people))


def changed_field(name: str) -> str:
    return CHANGED[name]()


CHANGED: dict[str, Callable[[], str]] = {
    "kind": _LINES[Step.KIND],
    "topic": _LINES[Step.TOPIC],
    "agenda": _LINES[Step.AGENDA],
    "starts_at": lambda: _("day and time"),
    "place": _LINES[Step.PLACE],
    "has_pin": _LINES[Step.PIN],
    "organiser": _LINES[Step.ORGANISER],
    "phone": lambda: _("telephone"),
    "documents": _LINES[Step.DOCUMENTS],
    "villages": _LINES[Step.WHOM],
}


def announced(people: int) -> Markup:
    told = ngettext("{people} resident is being told.", "{people} residents are being told.", people)
    return fill(
        _("<b>The hearing is announced.</b>") + "\n" + told + "\n" + _("You will see below how it goes on."),
        people=number(people),
    )


def changes_told() -> Markup:
    return fill(_("<b>The hearing is changed.</b> Those who were told are hearing of it now."))


def changes_kept_quiet(changed: Difference) -> Markup:
    """Nobody hears of a correction but those who get it in their language, or are newly invited."""
    if changed.translated or changed.is_wider:
        return fill(_("<b>The hearing is changed.</b> Only those whom it concerns hear of it."))
    return fill(_("<b>The hearing is corrected.</b> Nobody was disturbed."))


def no_changes_wait() -> Markup:
    return fill(_("No changes wait here any more: they were confirmed or thrown away. Look at the hearing."))


def sure_to_discard() -> Markup:
    return fill(_("<b>Throw this draft away?</b> What you have written will be gone."))


def sure_to_discard_changes() -> Markup:
    return fill(_("<b>Throw the changes away?</b> The hearing stays as it was announced."))


def discarded() -> Markup:
    return fill(_("The draft is gone."))


def changes_discarded() -> Markup:
    return fill(_("The changes are gone. The hearing stays as it was announced."))


def why_cancel(hearing: Announcement) -> Markup:
    words = _(
        "<b>Why is this hearing called off?</b>\n"
        "Write the reason: those who were told will read it. You will be asked once more."
    )
    return Markup("\n\n").join([cards.title(hearing), cards.when(hearing), fill(words)])


def sure_to_cancel(hearing: Announcement, reason: str | None, people: int) -> Markup:
    told = ngettext(
        "{people} resident who was told will hear of it.",
        "{people} residents who were told will hear of it.",
        people,
    )
    parts = [
        fill(_("⚠️ <b>Call this hearing off? This cannot be undone.</b>")),
        cards.title(hearing),
        cards.when(hearing),
        fill(told, people=number(people)),
    ]
    if reason:
        parts.append(fill(_("They will read this reason:\n<blockquote>{reason}</blockquote>"), reason=reason))
    return Markup("\n\n").join(parts)


def cancelled() -> Markup:
    return fill(_("<b>The hearing is called off.</b> Those who were told are hearing of it now."))


# Documents without a name of their own ---------------------------------------------------------------------


def photo_name(number: int) -> str:
    return _("Photo {number}").format(number=number)


def file_name() -> str:
    return _("Document")


# Refusals --------------------------------------------------------------------------------------------------


def time_not_understood(_refusal: Refusal) -> str:
    return _("I did not understand the time. Write it like this: 14:30")


def day_is_past(_refusal: Refusal) -> str:
    return _("This moment has passed. Choose a later one.")


def day_too_far(refusal: refusals.DayTooFar) -> str:
    return ngettext(
        "A hearing is announced at most {days} day ahead.",
        "A hearing is announced at most {days} days ahead.",
        refusal.at_most_days,
    ).format(days=refusal.at_most_days)


def too_many_documents(refusal: refusals.TooManyDocuments) -> str:
    return ngettext(
        "There is room for {limit} document. Go on, or take the documents away.",
        "There is room for {limit} documents. Go on, or take the documents away.",
        refusal.limit,
    ).format(limit=refusal.limit)


def not_a_document(_refusal: Refusal) -> str:
    return _("Send a file or a photo, or press the button to go on.")


def not_a_place(_refusal: Refusal) -> str:
    return _("Send the place: press the paperclip below, then Location. Or skip it.")


def please_choose(_refusal: Refusal) -> str:
    return _("Please press one of the buttons above.")


def incomplete(_refusal: Refusal) -> str:
    return _("The announcement is not complete yet. Fill in the missing lines.")


def already_announced(_refusal: Refusal) -> str:
    return _("This hearing is announced already. You can change it from the office: /office")


def is_over(_refusal: Refusal) -> str:
    return _("This hearing has begun or was called off. It cannot be changed any more.")


def nothing_changed(_refusal: Refusal) -> str:
    return _("Nothing is different yet. Change a line first.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    refusals.TimeNotUnderstood: time_not_understood,
    refusals.DayIsPast: day_is_past,
    refusals.DayTooFar: day_too_far,
    refusals.TooManyDocuments: too_many_documents,
    refusals.NotADocument: not_a_document,
    refusals.NotAPlace: not_a_place,
    refusals.PleaseChoose: please_choose,
    refusals.AnnouncementIncomplete: incomplete,
    refusals.AlreadyAnnounced: already_announced,
    refusals.HearingIsOver: is_over,
    refusals.NothingChanged: nothing_changed,
}
