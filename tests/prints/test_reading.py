"""Files are read in a process of its own: it is limited, it is killed, and nobody has to wait for it."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.domain.refusals import FileNotOpened, FileTooLarge, ReadingTooLong
from bot.prints.press import apart
from bot.prints.process_main import Limits
from bot.prints.processes import WorkEnded, WorkFailed, run
from bot.prints.reading import AT_ONCE, LIMITS, read_apart
from tests.prints import readers

ROOT = Path(__file__).parents[2]
LONG = 600
READERS = (
    "bot.prints.process_main",
    "bot.features.plan.drafting.form",
    "bot.features.plan.drafting.word_table",
    "bot.features.votes.paper_votes.form",
    "bot.features.votes.population.form",
)


async def exists(path: Path) -> int:
    """The process that says so."""
    while not path.exists():
        await asyncio.sleep(0.01)
    return int(path.read_text())


def is_running(pid: int) -> bool:
    """What has ended may be listed until its parent has looked at it."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


async def ends(pid: int) -> None:
    while is_running(pid):
        await asyncio.sleep(0.01)


@asynccontextmanager
async def being_read(folder: Path, name: str) -> AsyncIterator[tuple[asyncio.Task[str], int, Path]]:
    """A file whose reading goes on until there is another file: the task, the process, the other file."""
    begun, end = folder / name, folder / f"{name}-end"
    limits = Limits(seconds=LONG)
    task = asyncio.create_task(read_apart(readers.sleeps_until, begun, end, limits=limits))
    try:
        yield task, await exists(begun), end
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_is_read_and_what_is_refused_comes_back() -> None:
    assert await read_apart(readers.returns, b"x" * 5_000_000) == b"x" * 5_000_000
    with pytest.raises(FileTooLarge):
        await read_apart(readers.refuses, b"")


@pytest.mark.parametrize("kind", [KeyError, RecursionError, LookupError, SystemExit, OSError, SyntaxError])
async def test_any_error_is_one_refusal_and_the_log_holds_nothing_of_the_file(
    kind: type[BaseException],
) -> None:
    with capture_logs() as logs, pytest.raises(FileNotOpened):
        await read_apart(readers.raises, kind)
    assert kind.__name__ in str(logs)
    assert readers.SECRET not in str(logs)


async def test_a_process_that_falls_over_or_goes_too_deep_is_a_refusal() -> None:
    with pytest.raises(ReadingTooLong):
        await read_apart(readers.falls_over, b"")
    with pytest.raises(FileNotOpened):
        await read_apart(readers.goes_down, 0)


async def test_reading_ends_when_its_time_is_up(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    limits = Limits(seconds=4)
    with pytest.raises(ReadingTooLong):
        await read_apart(readers.sleeps_until, begun, tmp_path / "never", limits=limits)
    if begun.exists():
        assert not is_running(int(begun.read_text()))


async def test_reading_ends_when_it_has_worked_for_too_long() -> None:
    with pytest.raises(ReadingTooLong):
        await read_apart(readers.burns, b"", limits=Limits(seconds=LONG, cpu_seconds=1))


async def test_reading_ends_when_it_takes_too_much_memory() -> None:
    limits = Limits(seconds=LONG, memory=LIMITS.memory)
    with capture_logs() as logs, pytest.raises(ReadingTooLong):
        await read_apart(readers.allocates, b"", limits=limits)
    assert "MemoryError" in str(logs)


async def test_the_limits_of_every_file_are_those_that_were_promised() -> None:
    assert LIMITS.seconds <= 20
    assert LIMITS.cpu_seconds
    assert LIMITS.memory
    assert LIMITS.memory <= 2**30


async def test_whoever_gives_up_waiting_kills_the_process(tmp_path: Path) -> None:
    async with being_read(tmp_path, "evil") as (task, process, _end):
        assert is_running(process)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not is_running(process)


async def test_what_is_made_on_the_press_is_killed_as_well(tmp_path: Path) -> None:
    task = asyncio.create_task(apart(readers.sleeps_until, tmp_path / "begun", tmp_path / "never"))
    process = await exists(tmp_path / "begun")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not is_running(process)


async def test_a_file_is_read_beside_one_that_takes_all_of_its_time_and_beside_the_press(
    tmp_path: Path,
) -> None:
    printing = asyncio.create_task(apart(readers.sleeps_until, tmp_path / "press", tmp_path / "end"))
    await exists(tmp_path / "press")
    async with being_read(tmp_path, "evil") as (evil, _process, _end):
        assert await read_apart(readers.returns, b"honest") == b"honest"
        assert not evil.done()
    assert not printing.done()
    (tmp_path / "end").touch()
    assert await printing == "read"


async def test_no_more_are_read_at_once_than_the_machine_has_room_for(tmp_path: Path) -> None:
    assert AT_ONCE == 2
    async with being_read(tmp_path, "first") as (first, _process, end), being_read(tmp_path, "second"):
        third = asyncio.create_task(read_apart(readers.returns, b"third"))
        await asyncio.sleep(0.1)
        assert not third.done()
        end.touch()
        assert await first == "read"
        assert await third == b"third"


async def test_what_is_printed_meanwhile_and_signals_to_the_whole_group_do_no_harm(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert await read_apart(readers.prints, b"x") == b"x"
    assert await read_apart(readers.is_deaf, b"") == "read"
    assert capfd.readouterr() == ("", "")


async def test_a_reader_steps_back_within_the_session_of_the_bot() -> None:
    """In a session of its own it would have as much of the processor as everybody who taps."""
    session, has_own_group, niceness = await read_apart(readers.standing, b"")
    assert session == os.getsid(0)
    assert has_own_group
    assert niceness == min(os.nice(0) + 10, 19)


async def test_nothing_that_the_bot_has_open_is_handed_on() -> None:
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        port.listen()
        port.set_inheritable(True)
        assert await read_apart(readers.inherited, b"") == []


async def test_nothing_is_left_running_when_the_bot_is_killed(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    code = (
        "import asyncio, pathlib, sys\n"
        "from bot.prints.reading import read_apart\n"
        "from tests.prints.readers import sleeps_until\n"
        "begun, end = map(pathlib.Path, sys.argv[1:])\n"
        "asyncio.run(read_apart(sleeps_until, begun, end))\n"
    )
    never = tmp_path / "never"
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", code, begun, never, cwd=ROOT)
    process = await exists(begun)
    bot.kill()
    await bot.wait()
    await ends(process)


async def test_an_error_on_the_press_is_told_with_its_trace() -> None:
    with pytest.raises(WorkFailed, match=r"(?s)KeyError at readers\.py:\d+.*in raises"):
        await apart(readers.raises, KeyError)
    with pytest.raises(WorkEnded):
        await run(Limits(seconds=LONG), readers.falls_over, b"")


@pytest.mark.parametrize("module", READERS)
def test_a_reader_starts_without_the_rest_of_the_bot(module: str) -> None:
    heavy = {"aiogram", "aiohttp", "sqlalchemy", "pydantic", "bot.app"}
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not heavy & set(loaded.stdout.split())
