"""The figures as plain tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from tests.bench.broadcast import LEAST_PACE, LIMITS, MOST_LATENCY, TAPPING, Sent
from tests.bench.count import (
    MOST_LATENCY as MOST_RATIO,
    PROBLEMS,
    SHEETS,
    VOTERS as VOTERS_OF_COUNT,
    Counted,
    Exported,
)
from tests.bench.plans import MOST_RATIO as MOST_SLOWER, Compared
from tests.bench.taps import (
    AT_ONCE,
    BARE,
    HALL,
    LEAST_RATIO,
    MOST_PATIENCE,
    ROUNDS,
    SHOWS_OF_HANDS,
    VOTERS,
    Contestant,
)
from tests.bench.traffic import Timing

Table = Sequence[Sequence[str]]


def taps(contestants: Mapping[str, Contestant]) -> str:
    bare = contestants[BARE]
    rows = [["", "taps/s", "ratio", "rounds from", "to", "95 % within", "CPU a tap"]]
    for name, each in contestants.items():
        ratios = each.ratios(bare)
        rows.append(
            [
                name,
                f"{each.per_second:,.0f}",
                f"{each.ratio(bare):.2f}",
                f"{min(ratios):.2f}",
                f"{max(ratios):.2f}",
                f"{each.slow * 1000:.0f} ms",
                f"{each.cpu * 1000:.2f} ms",
            ]
        )
    title = (
        f"A voter's tap, {AT_ONCE} at once, as shipped, with the default settings:\n"
        f"medians of {ROUNDS} rounds of {VOTERS} taps by as many voters;\n"
        f"ratio to the bare handler in the same round, at least {LEAST_RATIO}"
    )
    return title + "\n" + table(rows)


def statements(contestants: Mapping[str, Contestant]) -> str:
    rows = [["", "its own", "shared with others", "around them"]]
    for name, each in contestants.items():
        if each.database:
            frame = Counter(statement.split()[0] for statement in each.one_tap.frame)
            around = ", ".join(frame) or "none"
            rows.append([name, str(each.one_tap.own), str(each.one_tap.shared), around])
    return "SQL statements of one tap, at most 4 of its own\n" + table(rows)


def halls(contestants: Mapping[str, Contestant]) -> str:
    bare = contestants[BARE]
    rows = [["", "half answered within", f"to the bare one, at most {MOST_PATIENCE:.0f}", "the last after"]]
    for name, each in contestants.items():
        patience = f"{each.patience(bare):.1f}"
        rows.append([name, f"{each.hall_median:.2f} s", patience, f"{each.hall_last:.2f} s"])
    title = (
        f"{HALL} people tap in the same second, as shipped, with the default settings:\n"
        f"medians of {SHOWS_OF_HANDS} times"
    )
    return title + "\n" + table(rows)


def pages(problems: int, bare: Timing, timings: Mapping[str, Mapping[str, Timing]]) -> str:
    rows = [["", *timings]]
    rows.append([BARE, *[f"{bare.median * 1000:.1f} ms"] * len(timings)])
    names = list(next(iter(timings.values())))
    rows += [
        [name, *[f"{engine[name].median * 1000:.1f} ms" for engine in timings.values()]] for name in names
    ]
    return f"A screen over {problems:,} problems, one tap at a time: medians\n" + table(rows)


def plans(small: int, large: int, compared: Mapping[str, Compared]) -> str:
    rows = [["", *[f"{name}: {small:,} and {large:,}" for name in compared]]]
    first = next(iter(compared.values()))
    rows += [[name, *[_both(*each.screens[name]) for each in compared.values()]] for name in first.screens]
    rows.append([f"worst ratio, at most {MOST_SLOWER}", *[f"{each.worst:.2f}" for each in compared.values()]])
    rows.append(["pictures of the large one", *[f"{each.pictures:.2f} s" for each in compared.values()]])
    rows.append(["the large one on paper", *[f"{each.paper:.2f} s" for each in compared.values()]])
    return "A screen of a small plan and of a large one: medians\n" + table(rows)


def _both(small: float, large: float) -> str:
    return f"{small:.1f} and {large:.1f} ms"


def broadcast(engine: str, alone: Sent, beside: Sent) -> str:
    both = (alone, beside)
    rows = [
        ["", "by itself", f"while {TAPPING} people tap"],
        ["recipients", *[f"{each.recipients:,}" for each in both]],
        ["pace configured", *[f"{each.configured:.0f}/s" for each in both]],
        ["pace reached", *[f"{each.reached:.1f}/s" for each in both]],
        [f"of the configured, at least {LEAST_PACE:.0%}", *[f"{each.pace:.1%}" for each in both]],
        ["most messages in a second", *[str(each.tally.busiest_second) for each in both]],
        ["told to wait (429), none", *[str(each.tally.refused) for each in both]],
        ["came twice, none", *[str(each.doubles) for each in both]],
        ["answers", "", f"{len(beside.busy):,}"],
        ["an answer before the broadcast, median", "", f"{median(beside.idle) * 1000:.1f} ms"],
        ["an answer during it, median", "", f"{median(beside.busy) * 1000:.1f} ms"],
        [f"ratio, at most {MOST_LATENCY}", "", f"{beside.latency:.2f}"],
    ]
    return (
        f"A broadcast on {engine}, at a server that allows {LIMITS.per_second} messages in any second\n"
        + table(rows)
    )


def count(engine: str, counted: Counted, exported: Exported) -> str:
    rows = [
        ["", ""],
        ["ranking, on one core", f"{counted.seconds:.2f} s"],
        ["memory at its peak", f"{counted.megabytes:.0f} MB"],
        ["of it the count itself and Python", f"{counted.at_rest:.0f} MB"],
        ["spreadsheet with all ballots", f"{exported.seconds:.1f} s, {exported.megabytes:.1f} MB"],
        ["a tap before and after, median", f"{exported.idle * 1000:.1f} ms"],
        [f"a tap meanwhile, median of {exported.taps:,}", f"{exported.busy * 1000:.1f} ms"],
        [f"ratio, at most {MOST_RATIO}", f"{exported.latency:.2f}"],
    ]
    title = (
        f"A vote of {VOTERS_OF_COUNT:,} voters on {PROBLEMS} problems with {SHEETS} gatherings, on {engine}"
    )
    return title + "\n" + table(rows)


def process(seconds_of_help: float, answered: float, awake: float, megabytes: float) -> str:
    rows = [
        ["`bap --help`, under 0.5 s", f"{seconds_of_help:.2f} s"],
        ["second start until the sandbox answers, under 6 s", f"{answered:.2f} s"],
        ["second start until its bot is awake", f"{awake:.2f} s"],
        ["memory at rest", f"{megabytes:.0f} MB"],
    ]
    return "The process\n" + table(rows)


def table(rows: Table) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join("  " + _line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(row, widths, strict=True)
    cells = [first[0].ljust(first[1]), *[cell.rjust(width) for cell, width in others]]
    return "   ".join(cells).rstrip()
