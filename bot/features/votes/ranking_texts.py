"""Words that stand beside a ranking wherever it is shown: in the chat, in pictures, on paper."""

from bot.domain.ballot import Stage
from bot.domain.ranking import FEWEST_TO_ESTIMATE, Ranking
from bot.domain.secrecy import FEWEST
from bot.features.votes.vote_queries import Vote
from bot.i18n import _, named, ngettext, number


def title(vote: Vote) -> str:
    if vote.stage is Stage.SCREENING:
        return _("First vote: {municipality}").format(municipality=named(vote.municipality))
    return _("Result of the vote: {municipality}").format(municipality=named(vote.municipality))


def voted(ranking: Ranking) -> str:
    if not ranking.turnout:
        return nobody_voted()
    people = number(ranking.turnout)
    if not ranking.paper_voters:
        return _("Voted: {voters}").format(voters=people)
    return _("Voted: {people} (in the bot {voters}, on paper {paper})").format(
        people=people, voters=number(ranking.turnout_in_bot), paper=number(ranking.paper_voters)
    )


def left_out(ranking: Ranking) -> list[str]:
    """Why votes that were given are in no figure; nothing if all of them are."""
    if not ranking.withheld:
        return []
    if not ranking.is_shown:
        return [too_few()]
    return [
        _(
            "Fewer than {least} people voted in the bot. Their votes are not in these figures, so that "
            "nobody can tell who chose what. Here are the votes on paper alone."
        ).format(least=FEWEST)
    ]


def too_few() -> str:
    return _(
        "Fewer than {least} people voted in the bot. Nothing is shown, so that nobody's vote can be guessed."
    ).format(least=FEWEST)


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
    return _("The number: how many of a hundred voters of the village chose it. A dot: nobody saw it.")


def village(name: str, *, is_paper: bool) -> str:
    """`is_paper`: whether its votes on paper stand there alone."""
    return _("{village}, on paper").format(village=name) if is_paper else name


def why_paper_alone() -> str:
    return _(
        "“On paper”: fewer than {least} people of this village voted in the bot. "
        "Their votes are counted together with those of other villages."
    ).format(least=FEWEST)
