"""What a draft of changes does, and whom it concerns."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.hearing import Announcement, HearingKind, Wording
from bot.domain.hearing_changes import difference
from bot.domain.places import Name

UPPER, LOWER = Name("Жогорку", "Верхнее"), Name("Төмөнкү", "Нижнее")
HEARING = Announcement(
    hearing_id=1,
    municipality=Name("Жазы", "Жазы"),
    kind=HearingKind.PLAN,
    topic=Wording(ky="Бюджет"),
    agenda=Wording(ky="1. Жолдор"),
    starts_at=datetime(2026, 11, 25, 8, tzinfo=UTC),
    place="Мектеп",
    has_pin=False,
    organiser="Айыл өкмөтү",
    phone="0555",
    documents=1,
    villages=(UPPER,),
)


def test_nothing_is_different() -> None:
    assert difference(HEARING, HEARING).fields == ()


@pytest.mark.parametrize(
    "after",
    [
        replace(HEARING, starts_at=datetime(2026, 11, 26, 8, tzinfo=UTC)),
        replace(HEARING, place="Клуб"),
        replace(HEARING, kind=HearingKind.OTHER),
        replace(HEARING, place="Клуб", phone="0777"),
    ],
)
def test_a_move_must_be_told(after: Announcement) -> None:
    changed = difference(HEARING, after)
    assert (changed.must_be_told, changed.may_be_told) == (True, False)


@pytest.mark.parametrize(
    "after",
    [
        replace(HEARING, topic=Wording(ky="Бюджет.")),
        replace(HEARING, agenda=Wording(ky="1. Жолдор.")),
        replace(HEARING, topic=Wording(ky="Бюджет.", ru="Бюджет")),
        replace(HEARING, phone="0777"),
        replace(HEARING, documents=2),
        replace(HEARING, villages=(LOWER,)),
        # The readers of the other language have a topic, and would not be told of the agenda by itself.
        replace(HEARING, agenda=Wording(ky="1. Жолдор", ru="1. Дороги")),
    ],
)
def test_what_is_light_is_for_the_officer_to_decide(after: Announcement) -> None:
    changed = difference(HEARING, after)
    assert (changed.must_be_told, changed.may_be_told) == (False, True)


def test_a_translation_concerns_its_readers_alone() -> None:
    after = replace(HEARING, topic=Wording("Бюджет", "Бюджет"), agenda=Wording("1. Жолдор", "1. Дороги"))
    changed = difference(HEARING, after)
    assert changed.fields == ("topic", "agenda")
    assert changed.translated == {"ru"}
    assert not changed.may_be_told


@pytest.mark.parametrize("villages", [(), (UPPER, LOWER)])
def test_more_villages_concern_the_newly_invited_alone(villages: tuple[Name, ...]) -> None:
    changed = difference(HEARING, replace(HEARING, villages=villages))
    assert changed.is_wider
    assert not changed.may_be_told


def test_fewer_villages_are_no_invitation() -> None:
    everybody = replace(HEARING, villages=())
    assert not difference(everybody, HEARING).is_wider
    assert difference(everybody, HEARING).may_be_told


def test_other_documents_in_the_same_number_are_a_change() -> None:
    changed = difference(HEARING, HEARING, ["documents", "has_pin"])
    assert changed.fields == ("has_pin", "documents")
    assert changed.may_be_told
