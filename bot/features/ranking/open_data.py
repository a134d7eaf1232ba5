"""The ranking for programs: JSON whose shape is described in docs/ranking.schema.json."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.breakdown import Part
from bot.domain.ranking import Ranked
from bot.features.ranking.report import Report

_SEXES = ("not told", "women", "men")
_AGES = ("not told", "under 35", "35 and over")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Names(_Model):
    """The same name in Kyrgyz and in Russian."""

    ky: str
    ru: str


class PartVotes(_Model):
    """Votes of one group of voters; null where fewer than five of them saw the problem."""

    group: list[str | Names] = Field(description="The village, sex or age group; several if put together.")
    voters: int
    votes: int | None
    share: float | None = Field(description="Of those who saw the problem, between 0 and 1.")


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
    votes_in_bot: int | None = Field(description="Null where so few voted in one way that it would show.")
    votes_on_paper: int | None
    shown_to: int = Field(description="Voters who saw the problem.")
    by_village: list[PartVotes]
    by_sex: list[PartVotes]
    by_age: list[PartVotes]


class RankingFile(_Model):
    """The result of one stage of a vote of one municipality."""

    format: int = 1
    municipality: str = Field(description="The short name used in links.")
    name: Names
    stage: str
    opened_at: datetime
    ended_at: datetime
    picks: int = Field(description="How many problems each voter could choose at most.")
    voters_in_bot: int
    voters_on_paper: int
    gatherings: int
    weighted: bool = Field(description="Whether the votes are weighed by the population table.")
    represented: float = Field(description="Share of the population that lives in villages that voted.")
    note: str = "Opinion of those who took part, not of all residents."
    problems: list[RankedProblem] = Field(description="The foremost first; empty below five voters.")


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
        gatherings=len(report.count.sheets),
        weighted=ranking.weighted,
        represented=ranking.represented,
        problems=[_problem(report, *row) for row in report.rows] if report.is_shown else [],
    )
    return file.model_dump_json(indent=2).encode()


def _problem(report: Report, column: int, ranked: Ranked) -> RankedProblem:
    problem = report.material.vote.problems[ranked.problem_id]
    tells, is_estimated = report.tells_ways_apart, report.ranking.is_estimated
    return RankedProblem(
        number=problem.number,
        text=problem.text,
        village=Names(ky=problem.village.ky, ru=problem.village.ru),
        topic=Names(ky=problem.topic.ky, ru=problem.topic.ru) if problem.topic else None,
        place=ranked.band,
        rank_range=(ranked.first, ranked.last),
        share=ranked.share if is_estimated else None,
        interval=(ranked.low, ranked.high) if is_estimated else None,
        votes=ranked.bot + ranked.paper,
        votes_in_bot=ranked.bot if tells else None,
        votes_on_paper=ranked.paper if tells else None,
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
    share = part.share(column)
    votes = None if share is None else int(part.votes[column])
    return PartVotes(group=list(group), voters=part.voters, votes=votes, share=share)
