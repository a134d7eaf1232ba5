"""The limits of a strict server, by a clock of the test's own."""

import pytest

from bot.sandbox.limits import Limits, Pace
from bot.sandbox.methods import BotApi
from bot.sandbox.refused import TooManyRequests
from bot.sandbox.world import TOKEN, World
from tests.sandbox.conftest import PERSON, Caller

GROUP = -4001


def asked_to_wait(pace: Pace, chat_id: int, now: float, *, count: int = 1) -> int:
    """Send, and return for how long one is asked to wait; 0 when the message passes."""
    try:
        pace.spend(chat_id, now, count=count)
    except TooManyRequests as refused:
        return int(refused.parameters["retry_after"])
    return 0


def test_in_any_second_no_more_pass_than_allowed_wherever_it_begins() -> None:
    pace = Pace(Limits(per_second=3))
    moments = (0.0, 0.5, 0.9, 1.0, 1.5, 1.8)
    assert [asked_to_wait(pace, number, now) for number, now in enumerate(moments)] == [0, 0, 0, 0, 0, 1]
    assert (pace.tally.passed, pace.tally.refused, pace.tally.busiest_second) == (5, 1, 3)


def test_whoever_was_asked_to_wait_is_refused_until_then_and_counted() -> None:
    pace = Pace(Limits(per_second=1))
    assert asked_to_wait(pace, 1, 10) == 0
    assert asked_to_wait(pace, 2, 10.5) == 1
    assert [asked_to_wait(pace, 3, now) for now in (11.0, 11.4)] == [1, 1]
    assert asked_to_wait(pace, 3, 11.5) == 0
    assert (pace.tally.refused, pace.tally.disobeyed) == (3, 2)


def test_one_person_gets_one_message_a_second_and_others_are_not_held_up() -> None:
    pace = Pace(Limits())
    assert [asked_to_wait(pace, person, 5) for person in (1, 2)] == [0, 0]
    assert asked_to_wait(pace, 1, 5.9) == 1
    assert [asked_to_wait(pace, person, 6.0) for person in (1, 2)] == [1, 0]
    assert asked_to_wait(pace, 1, 6.9) == 0
    assert (pace.tally.refused, pace.tally.disobeyed) == (2, 1)


@pytest.mark.parametrize("limits", [None, Limits()])
def test_one_chat_can_be_held_for_long_while_the_others_pass(limits: Limits | None) -> None:
    pace = Pace(limits)
    pace.hold(1, 100)
    assert [asked_to_wait(pace, person, 5) for person in (2, 1)] == [0, 100]
    assert [asked_to_wait(pace, person, 65) for person in (2, 1, 3)] == [0, 40, 0]
    assert [asked_to_wait(pace, person, 105) for person in (2, 1)] == [0, 0]
    assert (pace.tally.passed, pace.tally.refused, pace.tally.disobeyed) == (5, 2, 1)


def test_a_short_burst_to_one_person_may_be_allowed() -> None:
    pace = Pace(Limits(burst=3))
    assert [asked_to_wait(pace, 1, now) for now in (5, 5, 5)] == [0, 0, 0]
    assert asked_to_wait(pace, 1, 5.5) == 3


def test_a_group_gets_twenty_messages_a_minute() -> None:
    pace = Pace(Limits())
    assert [asked_to_wait(pace, GROUP, 0.5 * number) for number in range(20)] == [0] * 20
    assert asked_to_wait(pace, GROUP, 30) == 30
    assert asked_to_wait(pace, GROUP, 60) == 0


def test_an_album_counts_for_each_of_its_pictures() -> None:
    pace = Pace(Limits(per_chat_per_second=5))
    assert asked_to_wait(pace, 1, 1, count=3) == 0
    assert asked_to_wait(pace, 1, 1.2, count=3) == 1


@pytest.mark.parametrize(("edits", "refused"), [(3, 0), (4, 1)])
def test_an_edit_counts_for_the_whole_but_not_for_the_person(edits: int, refused: int) -> None:
    pace = Pace(Limits(per_second=4))
    assert asked_to_wait(pace, PERSON, 1) == 0
    for _edit in range(edits):
        try:
            pace.spend(PERSON, 1, is_edit=True)
        except TooManyRequests:
            assert refused
    assert pace.tally.refused == refused


async def test_only_what_writes_counts(world: World) -> None:
    api = BotApi(world, Limits(per_second=1))
    for method in ("sendMessage", "getMe", "sendChatAction"):
        answer = await api.call(TOKEN, method, {"chat_id": PERSON, "text": "x", "action": "typing"})
        assert answer["ok"]
    assert api.pace.tally.passed == 1


async def test_an_edit_in_a_held_chat_is_refused_too_and_the_tap_is_answered(call: Caller) -> None:
    message = await call("sendMessage", chat_id=PERSON, text="x")
    call.api.pace.hold(PERSON, 100)
    where = {"chat_id": PERSON, "message_id": message["message_id"]}
    assert await call.refused("editMessageText", **where, text="y") == "Too Many Requests: retry after 100"
    assert await call("getMe")


async def test_a_deleted_account_cannot_be_written_to(call: Caller) -> None:
    call.world.people[PERSON].gone = True
    refused = await call.refused("sendMessage", chat_id=PERSON, text="x")
    assert refused == "Forbidden: user is deactivated"
