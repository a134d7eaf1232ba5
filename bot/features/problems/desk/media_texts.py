"""Words of taking a photo, voice message or place out of a problem."""

from markupsafe import Markup

from bot.domain.problem import MediaKind
from bot.features.problems.desk.media_queries import Kept
from bot.features.problems.problem_queries import ProblemCard
from bot.i18n import _, fill, number


def take_out() -> str:
    return _("🗑 Remove photo or voice")


def listed(problem: ProblemCard, count: int) -> Markup:
    if not count:
        return fill(
            _("📎 <b>Problem {number}</b>\nNo photo or voice message is left."), number=problem.number
        )
    return fill(
        _(
            "📎 <b>Problem {number}: photos and voice messages</b>: {count}\n"
            "Look at one first. Below it you can remove it."
        ),
        number=problem.number,
        count=number(count),
    )


def look_at(place: int, kept: Kept) -> str:
    return f"👀 {place}. {_kind(kept)}"


def _kind(kept: Kept) -> str:
    return {
        MediaKind.PHOTO: _("Photo"),
        MediaKind.VOICE: _("Voice message"),
        MediaKind.LOCATION: _("Place on the map"),
    }[kept.media.kind]


def seen(problem: ProblemCard, place: int, kept: Kept) -> Markup:
    return fill(
        _(
            "🗑 <b>Problem {number}</b>. {place}: {kind}\n"
            "Remove it for good? Nobody will be able to open it here any more."
        ),
        number=problem.number,
        place=place,
        kind=_kind(kept),
    )


def remove() -> str:
    return _("🗑 Yes, remove it")


def removed_toast() -> str:
    return _("Removed.")
