"""The `bap` command: start the bot, and the operator's verbs. Heavy imports wait until they are needed."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bot.domain.roles import Role

ROLES = tuple(each.value for each in Role)
KINDS = ("municipalities", "villages", "topics", "population")
of_municipality = click.option("--municipality", required=True, metavar="SLUG", help="For example jazy.")
in_language = click.option("--language", type=click.Choice(["ky", "ru"]), default="ru", show_default=True)
into_folder = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder."
)


def answering(command: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run an asynchronous command; Ctrl-C ends it quietly."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            asyncio.run(command(*args, **kwargs))
        except KeyboardInterrupt:
            sys.exit(130)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bap-bot")
def main() -> None:
    """A Telegram bot that carries a rural municipality through joint planning."""


@main.command()
@click.option("--take-over", is_flag=True, help="Take the updates away from another copy with this token.")
@answering
async def run(*, take_over: bool) -> None:
    """Start the bot; without BAP_TOKEN start the sandbox instead."""
    from bot import commands

    await commands.run(take_over=take_over)


@main.command()
@answering
async def sandbox() -> None:
    """Try the bot in the browser, without Telegram."""
    from bot import commands

    await commands.sandbox()


@main.command()
@answering
async def migrate() -> None:
    """Bring the database to the shape of this version."""
    from bot import commands

    await commands.migrate()


@main.command(name="import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@answering
async def import_(kind: str, file: Path) -> None:
    """Add or update places or topics from a CSV file: all of it, or nothing."""
    from bot import commands

    await commands.import_file(kind, file)


@main.command()
@click.option("--role", type=click.Choice(ROLES), required=True)
@of_municipality
@click.option("--head", "is_head", is_flag=True, help="May take roles away from others in the municipality.")
@click.option("--sandbox", "rehearsing", is_flag=True, help="For the sandbox: paste the link into a chat.")
@answering
async def invite(role: str, municipality: str, *, is_head: bool, rehearsing: bool) -> None:
    """Print a one-time link that gives a person a role."""
    from bot import commands

    await commands.invite(role, municipality, is_head=is_head, rehearsing=rehearsing)


@main.command()
@click.option("--municipality", metavar="SLUG", help="Only in this one, for example jazy.")
@click.option("--role", type=click.Choice(ROLES), help="Only this role.")
@click.option("--sandbox", "rehearsing", is_flag=True, help="Of the sandbox.")
@answering
async def roles(municipality: str | None, role: str | None, *, rehearsing: bool) -> None:
    """Print who holds which role, by numbers: `bap revoke` takes one away."""
    from bot import commands

    await commands.roles(municipality, role, rehearsing=rehearsing)


@main.command()
@click.argument("number", type=int)
@of_municipality
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--sandbox", "rehearsing", is_flag=True, help="In the sandbox.")
@answering
async def revoke(number: int, municipality: str, role: str, *, rehearsing: bool) -> None:
    """Take a role away, by the number that `bap roles` shows."""
    from bot import commands

    await commands.revoke(number, municipality, role, rehearsing=rehearsing)


@main.command()
@click.option("--municipality", metavar="SLUG", help="Only of this one, for example jazy.")
@click.option("--problem", type=int, metavar="NUMBER", help="Only of this problem of the municipality.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="For example 2026-09-01.")
@in_language
@click.option("--csv", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write all of it there.")
@answering
async def audit(
    municipality: str | None, problem: int | None, since: datetime | None, language: str, file: Path | None
) -> None:
    """Who did what to which problem, and when."""
    from bot import commands

    await commands.audit(municipality, problem, since, language, file)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@answering
async def recount(file: Path) -> None:
    """Reckon the ranking anew from an exported XLSX alone, and say whether it matches."""
    from bot import commands

    await commands.recount(file)


@main.group()
def export() -> None:
    """Write results to files."""


@export.command()
@of_municipality
@in_language
@into_folder
@answering
async def ranking(municipality: str, language: str, out: Path) -> None:
    """The ranking of the latest counted vote: pictures, report, XLSX, CSV and JSON."""
    from bot import commands
    from bot.features.votes.ranking_files.exporting import export_ranking

    await commands.export(export_ranking, municipality, language, out)


@export.command()
@of_municipality
@in_language
@into_folder
@answering
async def problems(municipality: str, language: str, out: Path) -> None:
    """All problems of a municipality with their record and state, as XLSX and CSV."""
    from bot import commands
    from bot.features.problems.printouts.listing import export_problems

    await commands.export(export_problems, municipality, language, out)


@export.command()
@of_municipality
@in_language
@into_folder
@answering
async def plan(municipality: str, language: str, out: Path) -> None:
    """The plan in force and how far it is: PDF, pictures, JSON and CSV."""
    from bot import commands
    from bot.features.plan.reading.exporting import export_plan

    await commands.export(export_plan, municipality, language, out)


@export.command()
@click.argument("hearing_id", type=int)
@in_language
@into_folder
@answering
async def dispatch(hearing_id: int, language: str, out: Path) -> None:
    """How the notices of a hearing went out, as PDF and XLSX."""
    from bot import commands
    from bot.features.hearings.delivery_report.exporting import export_dispatch

    await commands.export(export_dispatch, hearing_id, language, out)


if __name__ == "__main__":
    main()
