"""The chats are still there after a restart, however the sandbox was stopped."""

import asyncio
from pathlib import Path

import pytest

from bot.sandbox.store import SKIPPED_NUMBERS, Store
from bot.sandbox.world import World


def a_busy_world() -> World:
    world = World()
    world.start(1001)
    world.send_photo(1001, b"a photo", "Көпүрө")
    world.tap(1001, 1, "x")
    world.group("Айыл", 1002)
    world.block(1002)
    return world


def test_everything_is_as_it_was_after_a_restart(tmp_path: Path) -> None:
    world, store = a_busy_world(), Store(tmp_path / "world.json")

    store.save(world)

    again = store.load()
    assert again.people == world.people
    assert again.groups == world.groups
    assert again.chats == world.chats
    assert again.files == world.files
    assert again.callbacks == world.callbacks
    assert again.updates == world.updates
    assert (again.next_update, again.next_message) == (world.next_update, world.next_message)


def test_a_first_start_finds_the_cast_and_empty_chats(tmp_path: Path) -> None:
    world = Store(tmp_path / "world.json").load()

    assert [len(world.messages(person)) for person in world.people] == [0, 0, 0, 0]


async def test_what_changes_is_saved_while_the_sandbox_runs_and_when_it_ends(tmp_path: Path) -> None:
    world, store = World(), Store(tmp_path / "world.json")
    keeper = asyncio.ensure_future(store.keep(world))
    await asyncio.sleep(0.05)
    running = (tmp_path / "world.json").read_bytes()
    world.say(1001, "Суу жок")
    keeper.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeper

    assert "Суу жок" not in running.decode()
    assert store.load().messages(1001)[0].text == "Суу жок"


async def test_a_killed_sandbox_never_uses_a_number_twice(tmp_path: Path) -> None:
    world, store = World(), Store(tmp_path / "world.json")
    keeper = asyncio.ensure_future(store.keep(world))
    await asyncio.sleep(0.05)
    killed = (tmp_path / "world.json").read_bytes()
    lost = world.say(1001, "after the last save")
    keeper.cancel()
    await asyncio.gather(keeper, return_exceptions=True)
    (tmp_path / "world.json").write_bytes(killed)

    assert lost < store.load().say(1001, "after the restart") <= lost + SKIPPED_NUMBERS


async def test_files_that_nobody_names_any_more_are_removed(tmp_path: Path) -> None:
    world, store = World(), Store(tmp_path / "world.json")
    world.send_voice(1001, b"a voice")
    store.save(world)
    there = list((tmp_path / "world.files").iterdir())
    world.wipe()

    store.save(world)

    assert (len(there), list((tmp_path / "world.files").iterdir())) == (1, [])
