"""Votes that were never cast: counts and what files are made of, from plain numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import numpy as np
from numpy.typing import NDArray

from bot.domain.ballot import Stage
from bot.domain.count import Ballots, Count, Sheet
from bot.domain.gathering import Method, People
from bot.domain.places import Name
from bot.features.votes.gathering_queries import Gathering
from bot.features.votes.ranking_files.queries import Material
from bot.features.votes.ranking_files.report import Report, report_of
from bot.features.votes.vote_queries import ListedProblem, Vote

NOW = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
JAZY = Name("Жазы", "Жазы")
TEXTS = (
    "Жазында көпүрө бузулуп, балдар мектепке үч чакырым айланып барат",
    "Суу түтүгү эскирген: эки айдан бери үйлөргө таза суу келбейт, эл арыктан ичет",
    "Нет детского сада, сто сорок детей ждут очереди, матери не могут работать",
    "Көчөдө жарык жок",
    "Таштанды чыгарылбайт, айылдын четинде үйүлүп калды",
)


@dataclass(frozen=True)
class Voters:
    """So many like-minded: where they live, who they are, and the problems (from 0) that each picks."""

    number: int
    picks: Sequence[int]
    village: int = 0
    sex: int = 0
    age: int = 0
    shown: Sequence[int] | None = None


@dataclass(frozen=True)
class Paper:
    """A gathering: how many voted, and the votes by problem (from 0)."""

    voted: int
    votes: Mapping[int, int]
    village: int = 0
    already_voted: int = 0
    people: People = People.MIXED


@dataclass(frozen=True)
class Plain:
    """A count in plain numbers."""

    problems: int
    voters: Sequence[Voters] = ()
    papers: Sequence[Paper] = ()
    villages: int = 1
    population: Sequence[int] | None = None
    """People of each cell: by village, women before men, young before old."""
    supporters: Sequence[int] = field(default_factory=list)


_SEX = {People.WOMEN: 1, People.MEN: 2}
_AGE = {People.YOUTH: 1, People.ELDERS: 2}


def count_of(plain: Plain, *, first_id: int = 1) -> Count:
    number = sum(each.number for each in plain.voters)
    picked = np.zeros((number, plain.problems), np.bool_)
    shown = np.ones((number, plain.problems), np.bool_)
    told = np.zeros((number, 3), np.int64)
    begin = 0
    for each in plain.voters:
        mine = slice(begin, begin + each.number)
        picked[mine, list(each.picks)] = True
        if each.shown is not None:
            shown[mine] = False
            shown[mine, list(each.shown)] = True
        told[mine] = each.village, each.sex, each.age
        begin += each.number
    sheets = tuple(
        Sheet(
            each.village,
            each.voted,
            each.already_voted,
            tuple(each.votes.get(problem, 0) for problem in range(plain.problems)),
            _SEX.get(each.people, 0),
            _AGE.get(each.people, 0),
        )
        for each in plain.papers
    )
    ballots = Ballots(
        shown, picked, told[:, 0].astype(np.int32), told[:, 1].astype(np.int8), told[:, 2].astype(np.int8)
    )
    people = plain.population
    return Count(
        round_id=1,
        picks=3,
        problem_ids=tuple(range(first_id, first_id + plain.problems)),
        village_ids=tuple(range(1, plain.villages + 1)),
        ballots=ballots,
        sheets=sheets,
        supporters=tuple(plain.supporters or [0] * plain.problems),
        population=None if people is None else np.array(people, np.int64).reshape(plain.villages, 2, 2),
    )


def material_of(plain: Plain, texts: Sequence[str] = TEXTS, stage: Stage = Stage.DECIDING) -> Material:
    """The problems are numbered from 101 on, so that a number is never taken for an id."""
    names = {place: Name(f"Айыл {place}", f"Село {place}") for place in range(1, plain.villages + 1)}
    problems = {
        place: ListedProblem(
            place, 100 + place, texts[(place - 1) % len(texts)], names[1 + (place - 1) % plain.villages], None
        )
        for place in range(1, plain.problems + 1)
    }
    vote = Vote(1, 9, "jazy", JAZY, stage, 3, NOW, NOW, NOW, NOW, problems, names)
    gatherings = [_gathering(place, each, names) for place, each in enumerate(plain.papers, 1)]
    return Material(vote, count_of(plain), gatherings, [])


def _gathering(place: int, paper: Paper, names: Mapping[int, Name]) -> Gathering:
    return Gathering(
        id=place,
        round_id=1,
        batch=str(place),
        village_id=paper.village + 1,
        village=names[paper.village + 1],
        held_on=date(2026, 11, 20),
        place="Мектеп",
        people=paper.people,
        method=Method.SHEETS,
        women=paper.voted,
        men=2,
        voted=paper.voted,
        already_voted=paper.already_voted,
        first_signatory="Комиссиянын төрагасы",
        second_signatory="Комиссиянын катчысы",
        photo_file_id=None,
        entered_at=NOW,
        votes={problem + 1: votes for problem, votes in paper.votes.items()},
        taken_back_at=None,
        reason=None,
    )


def report(plain: Plain, texts: Sequence[str] = TEXTS, stage: Stage = Stage.DECIDING) -> Report:
    return report_of(material_of(plain, texts, stage), NOW)


def a_vote(problems: int = 25, voters: int = 400, villages: int = 9, *, screening: bool = False) -> Report:
    """A vote as it may come: each village prefers some problems, two gatherings, a known population."""
    chance = np.random.default_rng(problems + voters + villages)
    liking = np.sort(chance.beta(1.2, 6, problems))[::-1]
    plain = Plain(
        problems,
        papers=[
            Paper(40, _drawn(chance, liking, 40), 0, 3, People.WOMEN),
            Paper(60, _drawn(chance, liking, 60), villages - 1, 5),
        ],
        villages=villages,
        population=chance.integers(200, 900, villages * 4).tolist(),
    )
    made = material_of(plain, stage=Stage.SCREENING if screening else Stage.DECIDING)
    picked = _picked(chance, liking, voters)
    shown = picked | (chance.random(picked.shape) < 20 / problems) if screening else np.ones_like(picked)
    ballots = Ballots(
        shown,
        picked,
        chance.integers(0, villages, voters).astype(np.int32),
        chance.integers(0, 3, voters).astype(np.int8),
        chance.integers(0, 3, voters).astype(np.int8),
    )
    return report_of(replace(made, count=replace(made.count, ballots=ballots)), NOW)


def _drawn(chance: np.random.Generator, liking: NDArray[np.float64], voted: int) -> dict[int, int]:
    return {place: int(votes) for place, votes in enumerate(chance.binomial(voted, liking))}


def _picked(chance: np.random.Generator, liking: NDArray[np.float64], voters: int) -> NDArray[np.bool_]:
    """Three different problems each, the liked ones more often."""
    luck = np.log(chance.random((voters, len(liking)))) / liking
    picked = np.zeros_like(luck, dtype=np.bool_)
    np.put_along_axis(picked, np.argsort(-luck, axis=1)[:, :3], True, axis=1)
    return picked
