"""`make bench`: what a tap, a screen, a broadcast, a start and the memory cost on this machine.

`make bench ARGS="--recipients 300"` makes the broadcast shorter. Nothing is written.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bot.logs import set_up_logs
from bot.settings import Settings
from tests.bench import broadcast, count, pages, plans, processes, report, taps
from tests.bench.api_server import api_server
from tests.bench.engines import chosen, engines


async def measure_taps(settings: Settings, urls: dict[str, str]) -> list[str]:
    """The engines that are too slow."""
    contestants = await taps.measure(settings, urls)
    tables = (report.taps, report.halls, report.statements)
    print(*(table(contestants) for table in tables), sep="\n\n", end="\n\n", flush=True)
    bare = contestants[taps.BARE]
    return [name for name, each in contestants.items() if not each.is_good(bare)]


async def measure_pages(settings: Settings, urls: dict[str, str]) -> None:
    bare = await pages.measure_bare(settings)
    timings = {name: await pages.measure(settings, url) for name, url in urls.items()}
    print(report.pages(pages.PROBLEMS, bare, timings), end="\n\n", flush=True)


async def measure_count(settings: Settings, urls: dict[str, str]) -> bool:
    """Whether a very large vote is counted in time, and its export leaves the others their pace."""
    [(engine, url)] = chosen(urls).items()
    counted = count.measure_counting()
    exported = await count.measure_export(settings, url)
    print(report.count(engine, counted, exported), end="\n\n", flush=True)
    return (
        counted.seconds < count.MOST_SECONDS
        and counted.megabytes < count.MOST_MEGABYTES
        and exported.latency <= count.MOST_LATENCY
    )


async def measure_plans(settings: Settings, urls: dict[str, str]) -> bool:
    """Whether a large plan opens nearly as fast as a small one."""
    compared = {name: await plans.measure(settings, url) for name, url in urls.items()}
    print(report.plans(plans.SMALL, plans.LARGE, compared), end="\n\n", flush=True)
    return all(each.worst <= plans.MOST_RATIO for each in compared.values())


def measure_process(folder: Path, api_url: str) -> None:
    answered, awake = processes.seconds_of_second_start(folder)
    megabytes = processes.memory_at_rest(folder, api_url)
    print(report.process(processes.seconds_of_help(), answered, awake, megabytes))


async def measure_broadcast(folder: Path, urls: dict[str, str], recipients: int) -> bool:
    """Whether it went as it should."""
    [(engine, url)] = chosen(urls).items()
    alone, beside = await broadcast.measure(url, folder, recipients)
    print(report.broadcast(engine, alone, beside), end="\n\n", flush=True)
    return alone.is_good and beside.is_good


def _recipients() -> int:
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--recipients", type=int, default=broadcast.RECIPIENTS, help="of the broadcast")
    return int(options.parse_args().recipients)


def main() -> int:
    recipients = _recipients()
    with tempfile.TemporaryDirectory() as name, api_server() as api_url:
        folder = Path(name)
        # As shipped: nothing but the address differs from the default.
        settings = Settings(_env_file=None, api_url=api_url)
        set_up_logs(settings)
        with engines(folder / "taps.sqlite3") as urls:
            too_slow = asyncio.run(measure_taps(settings, urls))
        with engines(folder / "pages.sqlite3") as urls:
            asyncio.run(measure_pages(settings, urls))
        with engines(folder / "count.sqlite3") as urls:
            counts_well = asyncio.run(measure_count(settings, urls))
        with engines(folder / "plans.sqlite3") as urls:
            plans_are_good = asyncio.run(measure_plans(settings, urls))
        with engines(folder / "broadcast.sqlite3") as urls:
            is_good = asyncio.run(measure_broadcast(folder, urls, recipients))
        measure_process(folder, api_url)
    if not plans_are_good:
        print("a large plan opens too slowly", file=sys.stderr)
    if not counts_well:
        print("the large vote was not counted as it should", file=sys.stderr)
    if not is_good:
        print("the broadcast did not go as it should", file=sys.stderr)
    for engine in too_slow:
        print(f"{engine}: people wait too long for the answers to their taps", file=sys.stderr)
    return len(too_slow) + (not is_good) + (not counts_well) + (not plans_are_good)


if __name__ == "__main__":
    sys.exit(main())
