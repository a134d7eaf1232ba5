"""Words that stand beside a ranking wherever it is shown: in the chat, in pictures, on paper."""

from bot.db.vote_queries import Vote
from bot.domain.ballot import Stage
from bot.domain.ranking import FEWEST_TO_ESTIMATE, Ranking
from bot.i18n import _, named, ngettext, number


def title(vote: Vote) -> str:
    if vote.stage is Stage.SCREENING:
        return _("First vote: {municipality}").format(municipality=named(vote.municipality))
    return _("Result of the vote: {municipality}").format(municipality=named(vote.municipality))


def voted(ranking: Ranking) -> str:
    people = number(ranking.voters + ranking.paper_voters)
    if not ranking.paper_voters:
        return _("Voted: {voters}").format(voters=people)
    return _("Voted: {people} (in the bot {voters}, on paper {paper})").format(
        people=people, voters=number(ranking.voters), paper=number(ranking.paper_voters)
    )


def nobody_voted() -> str:
    return _("Nobody has voted.")


def whose_opinion(ranking: Ranking) -> str:
    """What must not be parted from the numbers."""
    if not ranking.is_estimated:
        return ngettext(
            "Fewer than {number} person voted: the votes are simply counted.",
            "Fewer than {number} people voted: the votes are simply counted.",
            FEWEST_TO_ESTIMATE,
        ).format(number=FEWEST_TO_ESTIMATE)
    if ranking.weighted:
        return _("Weighted opinion of those who took part. It is not the opinion of all residents.")
    return _("Unweighted opinion of those who took part. It is not the opinion of all residents.")


def how_to_read(ranking: Ranking) -> str:
    if ranking.is_estimated:
        return _("The bar: how many of a hundred voters chose it. The thin line: how sure that is.")
    return _("The bar: how many voters chose it.")


def same_places() -> str:
    return _("Problems with the same places, as 2–4, got votes too close to tell which is first.")


def advice() -> str:
    return _("The ranking is advice: the gathering decides.")


def other_villages() -> str:
    return _("Other villages together")


def by_village_title() -> str:
    return _("How the villages voted")


def how_to_read_villages() -> str:
    return _("The number: how many of a hundred voters of the village chose it. A dot: too few voters.")
