"""Words of answering and deciding, and of telling it."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.domain.hearing import Announcement, Decision, QuestionKind, Wording
from bot.domain.question import Counts, QuestionState
from bot.features.hearings.questions import list_texts, screening_texts, texts
from bot.features.hearings.questions.queries import QuestionCard
from bot.i18n import _, current_language, day_and_time, fill, number


def to_answer(counts: Counts) -> Markup:
    told = fill(
        _(
            "Questions: <b>{questions}</b>, without an answer: <b>{unanswered}</b>\n"
            "Proposals: <b>{proposals}</b>, not decided: <b>{undecided}</b>"
        ),
        questions=number(counts.questions),
        unanswered=number(counts.unanswered),
        proposals=number(counts.proposals),
        undecided=number(counts.undecided),
    )
    return told + Markup("\n") + screening_texts.waiting_line(counts.waiting) if counts.waiting else told


def answer() -> str:
    return _("💬 Answer")


def answer_and_show() -> str:
    return _("💬 Answer and show")


def answering_shows() -> Markup:
    return fill(_("If you answer or decide now, everybody sees it."))


def correct() -> str:
    return _("✏️ Correct the answer")


def correct_decision() -> str:
    return _("✏️ Correct the decision")


def decide(decision: Decision) -> str:
    return {
        Decision.ACCEPTED: _("Accept"),
        Decision.PARTLY: _("In part"),
        Decision.DECLINED: _("Decline"),
    }[decision]


def tell_asker() -> str:
    return _("🔔 Tell the asker of this")


def next_one() -> str:
    return _("Next ➡️")


def print_list() -> str:
    return _("📄 List to print")


def to_hearing() -> str:
    return _("🏢 To the hearing")


def which_decision() -> Markup:
    return fill(_("<b>What is decided now?</b>"))


def write_answer(state: QuestionState) -> Markup:
    return Markup("\n").join([fill(_("💬 <b>Write the answer.</b>")), _who_reads(state)])


def write_reason(decision: Decision, state: QuestionState) -> Markup:
    if decision is Decision.ACCEPTED:
        asked = fill(
            _("💬 <b>Accepted.</b> Write what will be done and when, or send the decision without words.")
        )
    else:
        asked = fill(_("💬 <b>{decision}.</b> Write the reason."), decision=list_texts.decided(decision))
    return Markup("\n").join([asked, _who_reads(state)])


def _who_reads(state: QuestionState) -> Markup:
    return fill(
        {
            QuestionState.SHOWN: _("The author and everybody else will read it as you write it."),
            QuestionState.WAITING: _(
                "As soon as you send it, everybody sees what was asked and what you wrote, word for word."
            ),
            QuestionState.HIDDEN: _("Only the author will read it: this is hidden from the others."),
        }[state]
    )


def without_words() -> str:
    return _("Without words")


def answered_by_colleague() -> Markup:
    return fill(_("⚠️ A colleague has already answered this. This is what they answered:"))


def saved(*, told: bool, shown: bool = False) -> Markup:
    """`shown`: answering has made it public."""
    note = fill(_("<b>Saved.</b> The asker will be told.") if told else _("<b>Saved.</b>"))
    return note + Markup("\n") + screening_texts.done(QuestionState.SHOWN) if shown else note


def corrected() -> Markup:
    return fill(_("<b>Corrected.</b> Nobody was told of it."))


def told_toast() -> str:
    return _("The asker will be told.")


def nothing_to_answer() -> Markup:
    return fill(_("❓ Everything is answered and decided. Thank you!"))


def heard_asked(topic: Wording, shown: Sequence[Mapping[str, Any]] = (), *, waiting: bool = False) -> Markup:
    """`shown` are those that everybody can read already, or the first few; `waiting`: there are others."""
    parts = [
        fill(
            _("🔔 <b>There are new questions or proposals</b> for the hearing:\n{topic}"),
            topic=topic.read_in(current_language()),
        )
    ]
    if waiting:
        parts.append(fill(_("Nobody else sees them until you show them.")))
    if shown:
        parts.append(fill(_("Everybody can read this already:")))
    parts += [_quoted(place, each) for place, each in enumerate(shown, 1)]
    return Markup("\n\n").join(parts)


def _quoted(place: int, question: Mapping[str, Any]) -> Markup:
    return fill(
        "<b>{place}.</b> {mark} {name}: {text}",
        place=place,
        mark=list_texts.mark(QuestionKind(question["kind"])),
        name=texts.signed(question["signed"]),
        text=question["text"],
    )


def look_through() -> str:
    return _("👀 Look through them")


def read_them() -> str:
    return _("❓ Read and answer")


def heard_answer(
    kind: QuestionKind, text: str, decision: Decision | None, answer_: str | None, *, corrected_now: bool
) -> Markup:
    if kind is QuestionKind.PROPOSAL:
        title = (
            _("💬 <b>The decision on your proposal was corrected</b>")
            if corrected_now
            else _("💬 <b>A decision on your proposal</b>")
        )
    else:
        title = (
            _("💬 <b>The answer to your question was corrected</b>")
            if corrected_now
            else _("💬 <b>An answer to your question</b>")
        )
    parts = [
        fill(title),
        fill("<blockquote>{text}</blockquote>", text=text),
        list_texts.answered(decision, answer_),
    ]
    return Markup("\n").join(parts)


def sheet_title(kind: QuestionKind) -> str:
    if kind is QuestionKind.PROPOSAL:
        return _("Proposals for the hearing")
    return _("Questions for the hearing")


def sheet_subtitle(hearing: Announcement) -> str:
    """What the hearing is about, when and where, as plain words."""
    moment = day_and_time(hearing.starts_at)
    return f"{hearing.topic.read_in(current_language())}\n{moment} · {hearing.place}"


def sheet_note(question: QuestionCard) -> str:
    """What was answered already, as plain words."""
    words = question.answer or ""
    if question.decision is None:
        return _("Answer: {words}").format(words=words) if words else ""
    return ". ".join(filter(None, (list_texts.decided(question.decision), words)))


def sheet_name(kind: QuestionKind, hearing_id: int) -> str:
    """Of the file."""
    return f"{kind}s-{hearing_id}.pdf"


def nothing_to_print() -> str:
    return _("There is nothing to print yet: only what everybody can read is printed.")
