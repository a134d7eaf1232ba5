"""The ranking for programs: JSON whose shape is described in docs/ranking.schema.json."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.breakdown import NOT_APART, Part
from bot.domain.ranking import Ranked
from bot.features.problems.public import line_text
from bot.features.votes.ranking_files.report import Report

_SEXES = {0: "not told", 1: "women", 2: "men", NOT_APART: "not told apart"}
_AGES = {0: "not told", 1: "under 35", 2: "35 and over", NOT_APART: "not told apart"}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Names(_Model):
    """The same name in Kyrgyz and in Russian."""

    ky: str
    ru: str


class PartVotes(_Model):
    """Votes of one group of voters: none of them voted in the bot, or at least ten did."""

    group: list[str | Names] = Field(description="The village, sex or age group; several if put together.")
    voters: int
    voters_in_bot: int
    paper_alone: bool = Field(
        description="Whether fewer than ten of the village voted in the bot, and stand with other villages."
    )
    votes: int
    share: float | None = Field(
        description="Of those who saw the problem, between 0 and 1; null where nobody did."
    )


class RankedProblem(_Model):
    """One problem of the list."""

    number: int = Field(description="The number by which residents know the problem.")
    text: str
    village: Names
    topic: Names | None
    place: tuple[int, int] = Field(description="The places it shares with problems too close to tell apart.")
    rank_range: tuple[int, int] = Field(description="Its rank lies between these at a level of 95 %.")
    share: float | None = Field(description="Weighted share of voters; null below 30 voters.")
    interval: tuple[float, float] | None = Field(description="95 % interval of the share.")
    votes: int
    votes_in_bot: int
    votes_on_paper: int
    shown_to: int = Field(description="Voters who saw the problem.")
    by_village: list[PartVotes]
    by_sex: list[PartVotes]
    by_age: list[PartVotes]


class RankingFile(_Model):
    """The result of one stage of a vote of one municipality."""

    format: int = 2
    municipality: str = Field(description="The short name used in links.")
    name: Names
    stage: str
    opened_at: datetime
    ended_at: datetime
    picks: int = Field(description="How many problems each voter could choose at most.")
    voters_in_bot: int
    voters_on_paper: int
    withheld_in_bot: int = Field(
        description="Votes of the bot that are in no figure: fewer than ten would show who chose what."
    )
    gatherings: int
    weighted: bool = Field(description="Whether the votes are weighed by the population table.")
    represented: float = Field(description="Share of the population that lives in villages that voted.")
    note: str = "Opinion of those who took part, not of all residents."
    problems: list[RankedProblem] = Field(description="The foremost first; empty if too few voted.")


def as_json(report: Report) -> bytes:
    vote, ranking = report.material.vote, report.ranking
    file = RankingFile(
        municipality=vote.slug,
        name=Names(ky=vote.municipality.ky, ru=vote.municipality.ru),
        stage=vote.stage.value,
        opened_at=vote.opened_at,
        ended_at=vote.ended_at,
        picks=vote.picks,
        voters_in_bot=ranking.voters,
        voters_on_paper=ranking.paper_voters,
        withheld_in_bot=ranking.withheld,
        gatherings=len(report.count.sheets),
        weighted=ranking.weighted,
        represented=ranking.represented,
        problems=[_problem(report, *row) for row in report.rows] if report.is_shown else [],
    )
    return file.model_dump_json(indent=2).encode()


def _problem(report: Report, column: int, ranked: Ranked) -> RankedProblem:
    problem = report.material.vote.problems[ranked.problem_id]
    is_estimated = report.ranking.is_estimated
    return RankedProblem(
        number=problem.number,
        text=line_text(problem),
        village=Names(ky=problem.village.ky, ru=problem.village.ru),
        topic=Names(ky=problem.topic.ky, ru=problem.topic.ru) if problem.topic else None,
        place=ranked.band,
        rank_range=(ranked.first, ranked.last),
        share=ranked.share if is_estimated else None,
        interval=(ranked.low, ranked.high) if is_estimated else None,
        votes=ranked.bot + ranked.paper,
        votes_in_bot=ranked.bot,
        votes_on_paper=ranked.paper,
        shown_to=ranked.shown,
        by_village=[
            _part(part, column, [_village(report, key) for key in part.keys]) for part in report.villages
        ],
        by_sex=[_part(part, column, [_SEXES[key] for key in part.keys]) for part in report.sexes],
        by_age=[_part(part, column, [_AGES[key] for key in part.keys]) for part in report.ages],
    )


def _village(report: Report, key: int) -> Names:
    name = report.material.vote.villages[report.count.village_ids[key]]
    return Names(ky=name.ky, ru=name.ru)


def _part(part: Part, column: int, group: list[str | Names] | list[str] | list[Names]) -> PartVotes:
    return PartVotes(
        group=list(group),
        voters=part.voters,
        voters_in_bot=part.in_bot,
        paper_alone=part.is_paper_alone,
        votes=int(part.votes[column]),
        share=part.share(column),
    )
