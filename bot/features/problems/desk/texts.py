"""Words of the desk."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.problem import DeclineReason, ProblemStatus
from bot.domain.refusals import AlreadyDecided, CannotUndo, HeldByAnother, NotWorded, Refusal
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards, hidden_texts, inquiry_texts, privacy_texts
from bot.features.problems.desk import bulk_texts, hiding_texts, muting_texts
from bot.features.problems.desk.list_queries import DeskLine, DeskPage
from bot.features.problems.desk.queries import Desk, Holder, Report, Share
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, current_language, day_and_time, fill, named, ngettext, number, time_of_day

# The name on a button with a number behind it, in characters.
LONGEST_SHARE = 22
# How much of what was just decided on is shown, in characters.
DECIDED_TEXT = 200


def which_desk() -> Markup:
    return fill(_("🛠 <b>Desk</b>\nWhich municipality?"))


def plan() -> str:
    return _("📘 The plan")


def desk(found: Desk) -> Markup:
    parts = [
        fill(
            _(
                "🛠 <b>Desk: {municipality}</b>\n\n"
                "⏳ Wait for you: <b>{waiting}</b>\n"
                "🟢 Published: <b>{published}</b>\n"
                "{vote}"
            ),
            municipality=named(found.municipality),
            waiting=number(found.waiting),
            published=number(found.published),
            vote=vote_state(found),
        )
    ]
    if found.is_narrowed:
        parts.append(narrowed(found))
    return Markup("\n\n").join(parts)


def narrowed(found: Desk) -> Markup:
    """Which part of the queue the facilitator goes through."""
    names = [named(found.village)] if found.village else []
    if found.topic:
        names.append(cards.topic_words(found.topic))
    return fill(_("You are looking at: <b>{part}</b>"), part=", ".join(names))


def vote_state(found: Desk) -> Markup:
    if found.round_id is None:
        return fill(_("🗳 There has been no vote yet."))
    if found.round_is_open:
        return fill(_("🗳 The vote is open."))
    return fill(_("🗳 The last vote is closed."))


def holders() -> str:
    return _("🔑 Who holds a role")


def history() -> str:
    return _("📜 History")


def queue(waiting: int) -> str:
    return _("⏳ New problems: {count}").format(count=number(waiting))


def turnout() -> str:
    return _("🗳 Turnout")


def open_vote() -> str:
    return _("🗳 New vote")


def last_vote() -> str:
    return _("📊 Last vote and ranking")


def papers() -> str:
    return _("🖨 Print and lists")


def to_desk() -> str:
    return _("🛠 Desk")


def villages() -> str:
    return _("By village")


def topics() -> str:
    return _("By topic")


def whole_queue() -> str:
    return _("Show the whole queue")


def all_published() -> str:
    return _("🟢 Published problems")


def all_public() -> str:
    return _("🟢 To the list")


def share(of: Share) -> str:
    name = f"{of.emoji} {named(of.name)}" if of.emoji else named(of.name)
    return f"{shortened(name, LONGEST_SHARE)} · {number(of.waiting)}"


def which_village() -> Markup:
    return fill(_("🛠 Reports from which village?"))


def which_topic() -> Markup:
    return fill(_("🛠 Reports on which topic?"))


def every_village() -> str:
    return _("All villages")


def every_topic() -> str:
    return _("All topics")


def nothing_is_free() -> Markup:
    return fill(_("🛠 Nothing more is free here. Others wait, or your colleagues have them."))


def queue_is_empty() -> Markup:
    return fill(_("🛠 All new problems are dealt with. Thank you!"))


def report(found: Report, waiting: int, holder: str) -> Markup:
    """All that there is of a problem, the most wanted first."""
    problem = found.card
    lines = [_title(problem, waiting), *cards.facts(problem), *privacy_texts.on_the_desk(problem)]
    if problem.decline_reason:
        lines.append(cards.reason(problem.decline_reason, problem.decline_words))
    if problem.hidden:
        lines.append(hidden_texts.reason(problem.hidden))
    lines.append(fill(_("Came: {day}"), day=day_and_time(found.created_at)))
    if problem.supporters:
        lines.append(supporters(problem.supporters))
        lines += [
            fill("<blockquote>{words}</blockquote>", words=shortened(each, 200)) for each in found.words
        ]
    lines += inquiry_texts.on_the_card(found.inquiries)
    if found.muted_until is not None:
        lines.append(muting_texts.is_muted(found.muted_until))
    if found.holder is not None:
        lines.append(held(found.holder, holder))
    return Markup("\n").join(lines)


def _title(problem: ProblemCard, waiting: int) -> Markup:
    if problem.status is not ProblemStatus.SUBMITTED:
        state = cards.status_words(problem.status)
        return fill(_("<b>Problem {number}</b> · {state}"), number=problem.number, state=state)
    return fill(
        _("⏳ <b>Problem {number}</b> · waiting: {waiting}"), number=problem.number, waiting=number(waiting)
    )


def supporters(count: int) -> Markup:
    return fill(
        ngettext("{count} more person says: mine too", "{count} more people say: mine too", count),
        count=number(count),
    )


def held(holder: Holder, name: str) -> Markup:
    """Who has it: a name that leads to them, where Telegram tells one."""
    since = time_of_day(holder.since)
    if not name:
        return fill(_("⚠️ Another facilitator has had it since {time}."), time=since)
    who = fill('<a href="tg://user?id={id}">{name}</a>', id=holder.telegram_id, name=name)
    return fill(_("⚠️ {who} has had it since {time}."), who=who, time=since)


def take_over() -> str:
    return _("Take it over")


def edit() -> str:
    return _("✏️ Edit")


def more() -> str:
    return _("More ➡️")


def more_of(problem: ProblemCard) -> Markup:
    return fill(_("<b>Problem {number}</b>\nWhat would you like to do?"), number=problem.number)


def original() -> str:
    return _("The author's own words")


def what_became() -> str:
    return _("🏁 What became of it")


def not_solved(count: int) -> str:
    return _("🔁 Not solved yet: {count}").format(count=number(count))


def no_photo() -> str:
    return _("No photo was sent.")


def join_to_other() -> str:
    return _("🔗 Join to another")


def split() -> str:
    return _("🔗 Split off again")


def show_merged(count: int) -> str:
    return _("🔗 Joined to it: {count}").format(count=number(count))


def find() -> str:
    return _("🔎 Search")


def find_again() -> str:
    return _("🔎 Search again")


def ask_words() -> Markup:
    return fill(_("🔎 Type the number of a problem, or one or two words of it."))


def published_title(total: int) -> Markup:
    return fill(_("🟢 <b>Published problems</b>: {total}"), total=number(total))


def not_solved_title(total: int) -> Markup:
    return fill(_("🔁 <b>Not solved yet</b>: {total}"), total=number(total))


def listed(found: DeskPage, width: int, title: Markup) -> Markup:
    return Markup("\n\n").join([title, *_lines(found.lines, width)])


def found(lines: Sequence[DeskLine], typed: str, width: int) -> Markup:
    if not lines:
        return fill(_("Nothing was found for “{typed}”. Try another word."), typed=typed)
    return Markup("\n\n").join([fill(_("Found for “{typed}”:"), typed=typed), *_lines(lines, width)])


def _lines(lines: Sequence[DeskLine], width: int) -> list[Markup]:
    return [
        fill(
            "<b>{number}.</b> {text}\n{state}",
            number=each.number,
            text=shortened(each.text, width),
            state=cards.status_words(each.status),
        )
        for each in lines
    ]


def publish() -> str:
    return _("🟢 Publish")


def decline() -> str:
    return _("🔴 Decline")


def later() -> str:
    return _("Next ➡️")


def published_toast() -> str:
    return _("Published. Its author will be told.")


def declined_toast() -> str:
    return _("Declined. Its author will be told why.")


def undone_toast() -> str:
    return _("It waits again.")


def undo() -> str:
    return _("Undo")


def numbered(of: int) -> str:
    return f"№{of}"


def decided(found: Report, desk: Desk) -> Markup:
    """What has become of it, and how many wait."""
    problem = found.card
    read = problem.wording.read_in(current_language())
    parts = [
        fill(
            _("<b>Problem {number}</b> · {state}"),
            number=problem.number,
            state=cards.status_words(problem.status),
        ),
        cards.text(shortened(read, DECIDED_TEXT)) if read else Markup(""),
    ]
    if problem.decline_reason:
        parts.append(cards.reason(problem.decline_reason, problem.decline_words))
    parts.append(_what_waits(desk))
    return Markup("\n").join(part for part in parts if part)


def _what_waits(desk: Desk) -> Markup:
    if desk.narrowed:
        return fill(_("⏳ Wait for you: <b>{waiting}</b>"), waiting=number(desk.narrowed))
    return nothing_is_free() if desk.waiting else queue_is_empty()


def why(problem: ProblemCard) -> Markup:
    return fill(
        _("🔴 <b>Why is problem {number} declined?</b>\nIts author will read the reason."),
        number=problem.number,
    )


def own_words() -> str:
    return _("✏️ In my own words")


def write_reason(problem: ProblemCard) -> Markup:
    return fill(
        _("✏️ Write the reason for problem {number}. Its author will read it as you write it."),
        number=problem.number,
    )


def reason_button(why_: DeclineReason) -> str:
    return {
        DeclineReason.UNCLEAR: _("Not clear"),
        DeclineReason.PRIVATE_MATTER: _("Matter of one family"),
        DeclineReason.OTHER_MUNICIPALITY: _("Other municipality"),
        DeclineReason.OFFENSIVE: _("Offensive words"),
        DeclineReason.DUPLICATE: _("Already on the list"),
        DeclineReason.OWN_WORDS: own_words(),
    }[why_]


def already_decided(refusal: AlreadyDecided) -> str:
    state = cards.status_words(ProblemStatus(refusal.status))
    return _("This problem is decided already. It is now: {state}.").format(state=state)


def cannot_undo(_refusal: Refusal) -> str:
    return _("This decision can no longer be taken back. A published problem can be hidden: More ➡️.")


def held_by_another(_refusal: Refusal) -> str:
    return _("Another facilitator has this problem now. Open it again to take it over.")


def not_worded(_refusal: Refusal) -> str:
    return _("Please listen to it and write it in words first: ✏️ Edit.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    AlreadyDecided: already_decided,
    CannotUndo: cannot_undo,
    **hiding_texts.REFUSALS,
    **bulk_texts.REFUSALS,
    **muting_texts.REFUSALS,
    HeldByAnother: held_by_another,
    NotWorded: not_worded,
}
