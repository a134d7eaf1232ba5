"""How alike two problems are, however they are spelt and in whichever of the two languages.

Words are folded, cut to their stems, and where a small bilingual glossary knows them, taken for the thing
they mean; misspelt ones are taken for the nearest word that occurs. What is left is compared as sets: the
share of weight that both have (Dice) and the share of the shorter one that the longer has (overlap).
Where a problem is and what it is about raises or lowers that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.domain.spelling import fold

# From this likeness on, two problems may well be one.
ALIKE = 0.36
# A misspelt word is at least so like the one that was meant (0-100), and not shorter than this.
NEAREST, SHORTEST_MISSPELT = 80, 4
# What village and topic add or take away.
SAME_VILLAGE, OTHER_VILLAGE = 0.08, -0.22
SAME_TOPIC, OTHER_TOPIC = 0.06, -0.08
# Words that stand in every other report say little.
WEAK_WEIGHT = 0.35
# Less than this in common is chance.
LEAST_COMMON = 0.8

_SILENT = frozenset(
    fold(
        "и в во на не нет из за от до по у к с со а но же то что как это этот эта все всё мы вы они он она нас нам "
        "наш наша наши наше нашей нашем есть был была было будет уже еще очень так там тут где когда или для без "
        "при под над о об бы ни да ли нужно надо жок бар эмес да де менен жана учун деле эле дагы абдан оте бул "
        "ал алар биз биздин силер алардын болуп болгон болду болсо атат жатат жатабыз калган калды калат кылып "
        "учурда азыр ошол ушул эки бир уч дейре чейин бою бери эч ким эмне кайда жер жерде келет керек болот эле "
        "каждый один два три раз никто ничего негде нечем можно может могут могла детски детском туда сюда возле около "
        "албайт албай алабы чыкканда отурат отуруп таба керектуу"
    ).split()
)
_WEAK = frozenset(
    {
        "street",
        "child",
        "old",
        "mother",
        "house",
        "winter",
        "summer",
        "spring",
        "work",
        "car",
        "broken",
        "repair",
    }
    | {
        "danger",
        "place",
        "youth",
        "go",
        "take",
        "woman",
        "evening",
        "arrive",
        "full",
        "edge",
        "айыл",
        "сел",
        "адам",
        "люд",
        "кыйна",
        "жаман",
        "плох",
        "жакшы",
        "хорош",
        "кун",
    }
)
_SUFFIXES = tuple(
    sorted(
        fold(
            "ларыбыз дарыбыз лардын дардын тардын лардан дардан ларга дарга ларды дарды лары дары тары ындагы "
            "индеги дагы деги тагы теги нын нин дын дин тын тин нан нен дан ден тан тен га ге ка ке да де та те "
            "ны ни ды ди ты ти лар лер дар дер тар тер лор дор тор ы и у быз биз бызда сы си су м н "
            "ами ями ого его ому ему ыми ими ых их ая яя ое ее ые ие ой ей ом ем ам ям ах ях ов ев а я о е ы и у ю "
            "ешь ет ют ут ат ят ит ть ться лся лась лось лись ла ло ли"
        ).split(),
        key=len,
        reverse=True,
    )
)
_SHORTEST_STEM = 3

Stems = frozenset[str]


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for; a village or topic of None is not known."""

    text: str
    village_id: int | None = None
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem that may be the same; `folded` is its wording, in both languages where there are two."""

    id: int
    folded: str
    village_id: int | None
    topic_id: int | None


class Glossary:
    """Beginnings of words in either language, and the thing that they mean."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self._meanings = dict(meanings)
        self._longest = max(map(len, meanings), default=0)
        self._stem = lru_cache(maxsize=100_000)(self._stem_of)
        self._stems = lru_cache(maxsize=20_000)(self._stems_of)

    def stems(self, folded: str) -> Stems:
        """What a folded text speaks of."""
        return self._stems(folded)

    def _stems_of(self, folded: str) -> Stems:
        found = (self._stem(word) for word in folded.split() if word not in _SILENT and not word.isdecimal())
        return frozenset(stem for stem in found if stem)

    def _stem_of(self, word: str) -> str:
        """The thing that a word means, or the word without its ending."""
        for length in range(min(len(word), self._longest), 1, -1):
            beginning = word[:length]
            # A short beginning also begins words that mean something else.
            ending = len(word) - length
            if beginning in self._meanings and ending <= (3 if length <= 3 else 7):
                return self._meanings[beginning]
        return _cut(word)


def _cut(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            return word[: -len(suffix)]
    return word if len(word) >= _SHORTEST_STEM else ""


def alike(
    glossary: Glossary, looked: Looked, candidates: Sequence[Candidate], most: int, least: float = ALIKE
) -> list[tuple[float, int]]:
    """The likest candidates, at most `most`, as (likeness between 0 and 1, id), the likest first."""
    stems = glossary.stems(fold(looked.text))
    if not stems:
        return []
    others = [glossary.stems(each.folded) for each in candidates]
    meant = _meant(stems, others)
    whole = sum(map(_weight, stems))
    found = []
    for each, own in zip(candidates, others, strict=True):
        common = sum(_weight(stem) * sure for stem, sure in meant.items() if stem in own)
        if common < LEAST_COMMON:
            continue
        likeness = _likeness(common, whole, sum(map(_weight, own))) + _nearness(looked, each)
        if likeness >= least:
            found.append((min(likeness, 1.0), each.id))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))[:most]


def _likeness(common: float, one: float, other: float) -> float:
    dice = 2 * common / (one + other)
    overlap = min(common / min(one, other), 1.0)
    return 0.5 * dice + 0.5 * overlap


def _nearness(looked: Looked, other: Candidate) -> float:
    return _shift(looked.village_id, other.village_id, SAME_VILLAGE, OTHER_VILLAGE) + _shift(
        looked.topic_id, other.topic_id, SAME_TOPIC, OTHER_TOPIC
    )


def _shift(one: int | None, other: int | None, same: float, different: float) -> float:
    if one is None or other is None:
        return 0.0
    return same if one == other else different


def _weight(stem: str) -> float:
    return WEAK_WEIGHT if stem in _WEAK else 1.0


def _meant(stems: Stems, others: Iterable[Stems]) -> dict[str, float]:
    """The stems looked for, and those they may be misspellings of, each with how sure that is."""
    meant = dict.fromkeys(stems, 1.0)
    known: set[str] = set()
    known.update(*others)
    words = sorted(word for word in known if len(word) >= SHORTEST_MISSPELT and word not in stems)
    for stem in stems:
        if len(stem) >= SHORTEST_MISSPELT and stem not in known:
            near = process.extractOne(stem, words, scorer=fuzz.ratio, score_cutoff=NEAREST)
            if near:
                meant[near[0]] = max(meant.get(near[0], 0.0), near[1] / 100)
    return meant
