"""How alike two problems are, whoever wrote them, in which language and on what keyboard.

A word counts as what it means: its endings are cut, and the glossary gives "water" one meaning in both
languages. Words that the glossary does not know (names, mostly) are compared letter by letter.
"""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.domain.text_folding import fold

# From this likeness on a problem is shown: "is it one of these?" Measured on the pairs under tests/data.
ALIKE_FROM = 0.50
# From this one on it is said that a report is waiting which the person may not read. Only the matter is
# compared then: see `matter_of`. Measured on the same pairs.
CLEARLY_ALIKE_FROM = 0.80
# What one thing says by itself is too little for that: "water" is no matter, "no water" is one.
_LEAST_MATTER = 1.1
# A word that the glossary does not know.
_UNKNOWN = 0.45
# How much the shorter text decides: a short report is mostly contained in the long one about the same.
_SHORTER_DECIDES = 0.62
# Two spellings of one word (0-100).
_SAME_WORD = 80
_SAME_TERM = 86
_SHORTEST_TERM = 3
_SHORTEST_STEM = 4
_SHORTEST_MISSPELT = 5
_MOST_ENDINGS = 4
# What village and topic make of it.
_SAME_VILLAGE, _OTHER_VILLAGE = 1.12, 0.45
_SAME_TOPIC, _OTHER_TOPIC = 1.06, 0.85
# Each names a thing that the other does not: the roof of the school and its stove.
_MORE_APART = 0.85
# Not one thing in common, though both name things: a road and a school stay apart in the same street.
_NOTHING_IN_COMMON = 0.5
# Two streets by name, and not the same.
_OTHER_STREET = 0.6
# Two of a kind that are easily mixed up: the upper street and the lower, drinking water and irrigation.
_KEPT_APART = 0.6
_WORD = re.compile(r"\w+")


class Kind(StrEnum):
    """What a term of the glossary is: the matter itself, or something that is said of many matters."""

    THING = "thing"
    NAME = "name"
    STREET = "street"  # the word "street"
    TRAIT = "trait"
    STATE = "state"  # broken, lacking
    FILLER = "filler"


_WEIGHTS = {
    Kind.THING: 1.0,
    Kind.NAME: 0.7,
    Kind.STREET: 0.2,
    Kind.TRAIT: 0.4,
    Kind.STATE: 0.2,
    Kind.FILLER: 0.0,
}

# What a matter consists of. Streets and their names lead to a house, and are people's names, too.
_MATTER = frozenset({Kind.THING, Kind.TRAIT, Kind.STATE})


@dataclass(frozen=True, slots=True)
class Term:
    """Words of both languages that mean the same."""

    words: Sequence[str]
    # Terms of one such group are easily mixed up, and are not the same: drinking water and irrigation.
    apart: str = ""
    kind: Kind = Kind.THING


@dataclass(frozen=True, slots=True)
class Meaning:
    key: str
    weight: float
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as it is compared. `places` are the villages it lies in or names."""

    meanings: Mapping[str, float]
    things: frozenset[str]
    names: frozenset[str]
    streets: frozenset[str]
    apart: Mapping[str, frozenset[str]]
    weight: float
    places: frozenset[Hashable]
    topic: Hashable | None


class Lexicon:
    """Finds what a word means, by the terms of the glossary and the endings of both languages."""

    def __init__(self, terms: Iterable[Term], endings: Iterable[str]) -> None:
        self._endings = frozenset(fold(each) for each in endings)
        self._longest_ending = max(map(len, self._endings), default=0)
        self._stems = lru_cache(maxsize=50_000)(self._cut)
        self._terms: dict[str, tuple[Meaning, ...]] = {}
        # By their keys, the meanings that tell what the matter is and name nobody.
        self.matters: set[str] = set()
        for number, term in enumerate(terms):
            meaning = Meaning(f"={number}", _WEIGHTS[term.kind], term)
            if term.kind in _MATTER:
                self.matters.add(meaning.key)
            for form in dict.fromkeys(form for word in term.words for form in self._forms(fold(word))):
                self._terms[form] = (*self._terms.get(form, ()), meaning)
        self._spellings = [form for form in self._terms if len(form) >= _SHORTEST_MISSPELT]
        self._openings = {
            stem for form in self._terms if " " in form for stem in self._forms(form.split()[0])
        }
        self.meanings_of_word = lru_cache(maxsize=50_000)(self._find_meanings)

    def meanings_of(self, text: str) -> list[tuple[Meaning, ...]]:
        """What the words of a text mean, in their order; a phrase of the glossary is one word."""
        words = _WORD.findall(fold(text))
        found, place = [], 0
        while place < len(words):
            phrase = self._find_phrase(words[place : place + 2])
            found.append(phrase or self.meanings_of_word(words[place]))
            place += 2 if phrase else 1
        return found

    def _find_meanings(self, word: str) -> tuple[Meaning, ...]:
        stems = self._stems(word)
        for stem in stems:
            if stem in self._terms:
                return self._terms[stem]
        misspelt = () if word.isdecimal() else self._find_misspelt(stems)
        if misspelt:
            return misspelt
        return (Meaning(next(stem for stem in reversed(stems) if _is_whole(stem, word)), _UNKNOWN),)

    def _cut(self, word: str) -> list[str]:
        """The word and what is left of it without one ending, two, ..., the longest first."""
        found, layer = {word}, {word}
        for _ending in range(_MOST_ENDINGS):
            layer = {stem[:-size] for stem in layer for size in self._sizes(stem)} - found
            found |= layer
        return sorted(found, key=lambda stem: (-len(stem), stem))

    def _sizes(self, stem: str) -> list[int]:
        """How long the endings are that this may be cut by."""
        longest = min(self._longest_ending, len(stem) - _SHORTEST_TERM)
        return [size for size in range(1, longest + 1) if stem[-size:] in self._endings]

    def _find_misspelt(self, stems: Sequence[str]) -> tuple[Meaning, ...]:
        best = (0.0, "")
        for stem in stems:
            if len(stem) >= _SHORTEST_MISSPELT:
                near = process.extractOne(stem, self._spellings, scorer=fuzz.ratio, score_cutoff=_SAME_TERM)
                if near and near[0][0] == stem[0]:
                    best = max(best, (near[1], near[0]))
        return self._terms.get(best[1], ())

    def _forms(self, word: str) -> tuple[str, ...]:
        """A term is also known without its last letter, if another case has another one there."""
        is_cut = len(word) > _SHORTEST_STEM and " " not in word and word[-1] in self._endings
        return (word, word[:-1]) if is_cut else (word,)

    def _find_phrase(self, pair: Sequence[str]) -> tuple[Meaning, ...]:
        if len(pair) < 2:
            return ()
        first = [stem for stem in self._stems(pair[0]) if stem in self._openings]
        phrases = (f"{stem} {other}" for stem in first for other in self._stems(pair[1]))
        return next((self._terms[phrase] for phrase in phrases if phrase in self._terms), ())


def _is_whole(stem: str, word: str) -> bool:
    """Whether enough is left of a word to know it by."""
    return len(stem) >= min(_SHORTEST_STEM, len(word))


def told(
    lexicon: Lexicon,
    text: str,
    place: Hashable | None = None,
    topic: Hashable | None = None,
    villages: Mapping[str, Hashable] | None = None,
) -> Told:
    """Prepare a text for comparing. `villages` are folded village names, which the text may mention."""
    folded = f" {fold(text)}"
    mentioned = {village for name, village in (villages or {}).items() if f" {name}" in folded}
    found = lexicon.meanings_of(text)
    meanings = {each.key: each for word in found for each in word if each.weight}
    terms = [(each.key, each.term) for each in meanings.values() if each.term]
    return Told(
        meanings={key: each.weight for key, each in meanings.items()},
        things=frozenset(key for key, term in terms if term.kind is Kind.THING),
        names=frozenset(key for key, each in meanings.items() if not each.term),
        streets=_streets(found),
        apart={
            group: frozenset(key for key, term in terms if term.apart == group) for group in _groups(terms)
        },
        weight=sum(each.weight for each in meanings.values()),
        places=frozenset(mentioned | ({place} if place is not None else set())),
        topic=topic,
    )


def matter_of(lexicon: Lexicon, whole: Told) -> Told | None:
    """What a text is about, without any word that the glossary does not know, without names and numbers.

    This alone is compared where somebody may not read one of two texts: whether a name, a number or an
    address stands in it cannot be found out by trying. None where too little is left to go by.
    """
    meanings = {key: weight for key, weight in whole.meanings.items() if key in lexicon.matters}
    weight = sum(meanings.values())
    if not whole.things or weight < _LEAST_MATTER:
        return None
    return replace(
        whole,
        meanings=meanings,
        names=frozenset(),
        streets=frozenset(),
        apart={group: kept for group, keys in whole.apart.items() if (kept := keys & meanings.keys())},
        weight=weight,
        topic=None,
    )


def _groups(terms: Iterable[tuple[str, Term]]) -> set[str]:
    return {term.apart for _key, term in terms if term.apart}


def _streets(found: Sequence[tuple[Meaning, ...]]) -> frozenset[str]:
    """Names beside the word "street", before it in Kyrgyz and before or after it in Russian."""
    names = set()
    for number, word in enumerate(found):
        if any(each.term and each.term.kind is Kind.STREET for each in word):
            beside = [*found[max(number - 1, 0) : number], *found[number + 1 : number + 2]]
            names |= {each.key for near in beside for each in near if _may_be_name(each)}
    return frozenset(names)


def _may_be_name(meaning: Meaning) -> bool:
    return meaning.term is None or meaning.term.kind is Kind.NAME


def likeness(one: Told, other: Told) -> float:
    """From 0 to 1: how surely both speak of the same problem."""
    if not one.weight or not other.weight:
        return 0.0
    shared = sum(weight for key, weight in one.meanings.items() if key in other.meanings)
    shared += _alike_names(one, other)
    shorter, longer = sorted((one.weight, other.weight))
    found = shared / (_SHORTER_DECIDES * shorter + (1 - _SHORTER_DECIDES) * longer)
    if one.things and other.things and not one.things & other.things:
        found *= _NOTHING_IN_COMMON
    elif one.things - other.things and other.things - one.things:
        found *= _MORE_APART
    if one.streets and other.streets and not _same_names(one.streets, other.streets):
        found *= _OTHER_STREET
    for group in one.apart.keys() & other.apart.keys():
        if not one.apart[group] & other.apart[group]:
            found *= _KEPT_APART
    return min(1.0, found * _by_place(one, other) * _by_topic(one, other))


def _alike_names(one: Told, other: Told) -> float:
    """What words are worth that are spelt almost alike in both."""
    rest = [key for key in other.names if key not in one.meanings]
    if not rest:
        return 0.0
    total = 0.0
    for key in one.names - other.names:
        near = process.extractOne(key, rest, scorer=fuzz.ratio, score_cutoff=_SAME_WORD)
        total += _UNKNOWN * near[1] / 100 if near else 0.0
    return total


def _same_names(some: Iterable[str], others: Iterable[str]) -> bool:
    return any(fuzz.ratio(name, each) >= _SAME_WORD for name in some for each in others)


def _by_place(one: Told, other: Told) -> float:
    if not one.places or not other.places:
        return 1.0
    return _SAME_VILLAGE if one.places & other.places else _OTHER_VILLAGE


def _by_topic(one: Told, other: Told) -> float:
    if one.topic is None or other.topic is None:
        return 1.0
    return _SAME_TOPIC if one.topic == other.topic else _OTHER_TOPIC
