"""Whether two reports speak of the same, on pairs as villagers write them: Kyrgyz, Russian, mixed, misspelt.

A third of the pairs was held out: neither the weights nor the glossary were chosen by looking at them.
"""

import csv
from functools import cache
from pathlib import Path

import pytest

from bot.data import endings, glossary
from bot.domain.likeness import (
    ALIKE_FROM,
    CLEARLY_ALIKE_FROM,
    Kind,
    Lexicon,
    Term,
    Told,
    likeness,
    matter_of,
    told,
)
from bot.domain.text_folding import fold

WRITTEN = (Path(__file__).parents[1] / "data" / "likeness_pairs.csv").read_text(encoding="utf-8")
PAIRS = list(csv.DictReader(WRITTEN.splitlines()))
VILLAGES = {fold(pair[side]): pair[side] for pair in PAIRS for side in ("village_a", "village_b")}


@cache
def lexicon() -> Lexicon:
    return Lexicon((Term(row.words, row.apart, Kind(row.kind)) for row in glossary()), endings())


def side(pair: dict[str, str], name: str) -> Told:
    village, topic = pair[f"village_{name}"] or None, pair[f"topic_{name}"] or None
    return told(lexicon(), pair[f"text_{name}"], village, topic, VILLAGES)


def is_shown(pair: dict[str, str]) -> bool:
    return likeness(side(pair, "a"), side(pair, "b")) >= ALIKE_FROM


def share(pairs: list[dict[str, str]]) -> float:
    return sum(map(is_shown, pairs)) / len(pairs)


@pytest.mark.parametrize(
    ("held_out", "least_recall", "most_false_alarms"),
    [("0", 0.92, 0.12), ("1", 0.92, 0.20)],
    ids=["tuned on", "held out"],
)
def test_the_same_is_found_and_what_differs_is_mostly_not(
    held_out: str, least_recall: float, most_false_alarms: float
) -> None:
    part = [pair for pair in PAIRS if pair["held_out"] == held_out]
    same, other = ([pair for pair in part if pair["same"] == said] for said in ("1", "0"))
    assert len(same) >= 25
    assert len(other) >= 25
    assert share(same) >= least_recall
    assert share(other) <= most_false_alarms


def test_there_are_enough_pairs_of_every_sort() -> None:
    assert len(PAIRS) >= 140
    assert len({(pair["text_a"], pair["text_b"], pair["village_b"]) for pair in PAIRS}) == len(PAIRS)


def of(text: str, village: int | None = None, topic: int | None = None) -> Told:
    return told(lexicon(), text, village, topic, {fold("Жээренчи"): 7})


BRIDGE = "Көпүрө бузулган, балдар айланып барат"


@pytest.mark.parametrize(
    "other",
    [
        "копуро БУЗУЛГАН балдар айланып барат",
        "балдар айланып барат: бузулган көпүрө",
        "Сломан мост, дети ходят в обход",
    ],
)
def test_letters_case_order_and_language_make_no_difference(other: str) -> None:
    assert likeness(of(BRIDGE), of(other)) >= 0.9


def test_village_and_topic_weigh_in_and_are_neutral_when_unknown() -> None:
    plain = "Дорога к мосту разбита, и машины здесь уже давно не проходят"
    other = "Мост стоит, а дорога до него вся в ямах"
    unknown = likeness(of(plain), of(other))
    assert likeness(of(plain, 1), of(other, 1)) > unknown > likeness(of(plain, 1), of(other, 2))
    assert likeness(of(plain, 1, 6), of(other, 1, 6)) > likeness(of(plain, 1, 6), of(other, 1, 4))
    assert likeness(of(plain, 1), of(other)) == unknown


def test_a_village_named_in_the_text_counts_as_its_place() -> None:
    assert likeness(of(BRIDGE + " Жээренчиде", 1), of(BRIDGE, 7)) > likeness(of(BRIDGE, 1), of(BRIDGE, 7))


@pytest.mark.parametrize("text", ["", "!!! ...", "жана бирок же", "😡", "и в на"])
def test_words_that_say_nothing_are_like_nothing(text: str) -> None:
    assert likeness(of(text), of(text)) == 0
    assert likeness(of(text), of(BRIDGE)) == 0


def is_clear(pair: dict[str, str]) -> bool:
    """Whether the second is said to wait where the first is written, and the second may not be read."""
    one, other = (matter_of(lexicon(), side(pair, name)) for name in "ab")
    return one is not None and other is not None and likeness(one, other) >= CLEARLY_ALIKE_FROM


def test_by_the_matter_alone_little_is_taken_for_the_same_and_most_of_it_is_found() -> None:
    """Two streets of one village cannot be told apart then: their names are not compared."""
    same, other = ([pair for pair in PAIRS if pair["same"] == said] for said in ("1", "0"))
    assert sum(map(is_clear, same)) / len(same) >= 0.75
    assert sum(map(is_clear, other)) / len(other) <= 0.06


@pytest.mark.parametrize(
    "secret", ["Токтогул уулу Асан", "0777 998 877", "Ленин көчөсү 45", "asan@mail.kg", "20103199812345"]
)
def test_the_matter_holds_no_name_number_or_address(secret: str) -> None:
    assert matter_of(lexicon(), of(f"{BRIDGE}. {secret}", 1)) == matter_of(lexicon(), of(BRIDGE, 1))
    assert matter_of(lexicon(), of(secret, 1)) is None


@pytest.mark.parametrize("text", ["", "суу", "эч нерсе белгисиз сөздөр"])
def test_too_little_is_no_matter(text: str) -> None:
    assert matter_of(lexicon(), of(text, 1)) is None
