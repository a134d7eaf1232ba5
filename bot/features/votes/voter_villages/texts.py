"""Words of the voters' villages, and of the figures to look at."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.domain.anomalies import Anomalies, Burst
from bot.domain.places import Name
from bot.domain.text import shortened
from bot.features.votes.voter_villages.queries import VoterVillage
from bot.i18n import _, fill, named, ngettext, number, short_day_and_time

LONGEST_NAME = 24


def villages(found: Sequence[VoterVillage]) -> Markup:
    if not found:
        return fill(_("👥 <b>Who votes where</b>\nNobody has voted yet."))
    return fill(
        _(
            "👥 <b>Who votes where</b>\n"
            "If you see somebody in a wrong village, put it right while the vote is open. "
            "They are told. What they chose is not shown to you."
        )
    )


def village(of: VoterVillage) -> str:
    return _("{village}: {voters}").format(
        village=shortened(named(of.name), LONGEST_NAME), voters=number(of.voters)
    )


def voters(of: Name) -> Markup:
    return fill(_("👥 <b>{village}</b>\nPress the one whose village is wrong."), village=named(of))


def voter(name: str, place: int) -> str:
    return shortened(name, LONGEST_NAME) if name else _("Voter {number}").format(number=place)


def which_village(of: Name, name: str) -> Markup:
    who = name or _("This voter")
    return fill(
        _("👥 <b>{who}</b>\nVotes for: {village}.\nFor which village should the vote count?"),
        who=who,
        village=named(of),
    )


def to_vote() -> str:
    return _("‹ To the vote")


def moved(to: Name) -> Markup:
    return fill(
        _(
            "🗳 The facilitator has put right for which village your vote counts: <b>{village}</b>. "
            "What you chose stays as it is. If this is wrong, please tell the facilitator."
        ),
        village=named(to),
    )


def anomalies(found: Anomalies, names: Mapping[int, Name]) -> Markup:
    parts = [
        fill(_("👀 <b>Figures to look at</b>\nVoted in the bot: {voters}."), voters=number(found.voters))
    ]
    if found.is_usual:
        parts.append(fill(_("Nothing unusual was found.")))
    if found.late:
        parts.append(
            fill(
                ngettext(
                    "• {number} voter came to the bot in the last hour of the vote.",
                    "• {number} voters came to the bot in the last hour of the vote.",
                    found.late,
                ),
                number=number(found.late),
            )
        )
    parts += [_burst(each) for each in found.bursts]
    parts += [
        fill(
            _("• {village}: {voters} voted, but only {people} people who may vote live there."),
            village=named(names[each.village]),
            voters=number(each.voters),
            people=number(each.people),
        )
        for each in found.villages
    ]
    if not found.knows_population:
        parts.append(fill(_("How many people live in the villages is not known, so this was not looked at.")))
    parts.append(
        fill(
            _(
                "These figures prove nothing, and the bot does nothing by itself. "
                "Look at them together with the monitoring group."
            )
        )
    )
    return Markup("\n\n").join(parts)


def no_anomalies() -> Markup:
    return fill(
        _(
            "👀 <b>Figures to look at</b>\nThe ballots no longer tell whose they are and when they came, "
            "so there is nothing to look at any more. The result stays as it is."
        )
    )


def _burst(of: Burst) -> Markup:
    return fill(
        ngettext(
            "• {ballots} ballot with the very same choice came within ten minutes, between {first} and "
            "{last}. Usual would be {usual}.",
            "• {ballots} ballots with the very same choice came within ten minutes, between {first} and "
            "{last}. Usual would be {usual}.",
            of.ballots,
        ),
        ballots=number(of.ballots),
        first=short_day_and_time(of.first),
        last=short_day_and_time(of.last),
        usual=number(round(of.usual)),
    )
