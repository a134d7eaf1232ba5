"""The running bot as the operating system sees it: how soon it is there, and how much memory it holds."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.error import URLError

ROOT = Path(__file__).parents[2]
HELP_RUNS = 5
PATIENCE = 60.0
# After the first poll the courier and the jobs have run once, too.
SETTLING_SECONDS = 4


def seconds_of_help() -> float:
    """Until `bap --help` has answered."""
    return median(_seconds_of_help() for _ in range(HELP_RUNS))


def _seconds_of_help() -> float:
    begun = time.perf_counter()
    subprocess.run(_bap("--help"), env=_environment({}), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def seconds_of_second_start(folder: Path) -> tuple[float, float]:
    """Until the sandbox answers HTTP, and until its bot is awake, where it has been started before."""
    _seconds_of_start(folder)
    return _seconds_of_start(folder)


def _seconds_of_start(folder: Path) -> tuple[float, float]:
    port = _free_port()
    settings = {"BAP_SANDBOX_PORT": str(port), "BAP_SANDBOX_DIR": str(folder / "sandbox")}
    begun = time.perf_counter()
    with _running("sandbox", folder, settings) as process:
        _wait_for_answer(process, f"http://127.0.0.1:{port}/")
        answered = time.perf_counter() - begun
        _wait_for_line(process, "awake")
        return answered, time.perf_counter() - begun


def memory_at_rest(folder: Path, api_url: str) -> float:
    """Megabytes that the bot holds, polling and on SQLite, before anybody has come."""
    settings = {
        "BAP_TOKEN": "42:bench",
        "BAP_API_URL": api_url,
        "BAP_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'rest.sqlite3'}",
    }
    with _running("run", folder, settings) as process:
        _wait_for_line(process, "long polling")
        time.sleep(SETTLING_SECONDS)
        return _resident_megabytes(process.pid)


def _resident_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _bap(*words: str) -> list[str]:
    return [sys.executable, "-m", "bot", *words]


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's own, without the settings of a bot that may be configured here."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BAP_")}
    return {**inherited, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **settings}


@contextmanager
def _running(verb: str, folder: Path, settings: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The bot in a folder of its own, so that no .env and no database of this checkout is touched."""
    with subprocess.Popen(
        _bap(verb),
        cwd=folder,
        env=_environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for_line(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    read = []
    for line in process.stdout:
        read.append(line)
        if words in line:
            return
    raise RuntimeError("the bot did not start:\n" + "".join(read))


def _wait_for_answer(process: subprocess.Popen[str], address: str) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as response:
                response.read()
                return
        except URLError:
            time.sleep(0.02)
    raise RuntimeError(f"nobody answers at {address}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
