"""Words of the desk, and of the word back to an author."""

from collections.abc import Callable

from markupsafe import Markup

from bot.cards import texts as cards
from bot.db.problem_queries import ProblemCard
from bot.domain.problem import DeclineReason
from bot.domain.refusals import AlreadyDecided, Refusal
from bot.features.moderation.queries import Desk
from bot.i18n import _, fill, named, number


def which_desk() -> Markup:
    return fill(_("🛠 <b>Desk</b>\nWhich municipality?"))


def desk(found: Desk) -> Markup:
    return fill(
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


def vote_state(found: Desk) -> Markup:
    if found.round_id is None:
        return fill(_("🗳 There has been no vote yet."))
    if found.round_is_open:
        return fill(_("🗳 The vote is open."))
    return fill(_("🗳 The last vote is closed."))


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


def queue_is_empty() -> Markup:
    return fill(_("🛠 All new problems are dealt with. Thank you!"))


def report(problem: ProblemCard, waiting: int) -> Markup:
    lines = [
        fill(
            _("⏳ <b>Problem {number}</b> · waiting: {waiting}"),
            number=problem.number,
            waiting=number(waiting),
        ),
        *cards.facts(problem),
    ]
    return Markup("\n").join(lines)


def decided(problem: ProblemCard) -> Markup:
    state = cards.status_words(problem.status)
    lines = [
        fill(_("<b>Problem {number}</b> · {state}"), number=problem.number, state=state),
        *cards.facts(problem),
    ]
    if problem.decline_reason:
        lines.append(cards.reason(problem.decline_reason, problem.decline_words))
    return Markup("\n").join(lines)


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


def already_decided(_refusal: Refusal) -> str:
    return _("Another facilitator has already decided on this problem.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {AlreadyDecided: already_decided}
