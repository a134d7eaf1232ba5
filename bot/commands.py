"""What the verbs of the `bap` command do."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import click
from sqlalchemy.exc import SQLAlchemyError

from bot.db.imports import ImportKind, ImportRefused, import_csv, load_pilot_data
from bot.db.migrate import DatabaseIsNewer, migrate as migrate_database
from bot.db.session import Database
from bot.domain.clock import BISHKEK, utc_now
from bot.domain.exported import Files, NothingToExport
from bot.domain.roles import PLANNERS, Role
from bot.logs import set_up_logs
from bot.private_files import keep_private, make_private_folder, write_private
from bot.settings import Settings, WrongSetting, read_settings

# Of a file that was tampered with, so many differences are enough to see.
_MOST_DIFFERENCES = 50
# Nobody waits at the command line for a menu any longer.
_MENU_SECONDS = 5
# How a thing to be exported is named: a municipality by its slug, a hearing by its number.
Named = TypeVar("Named", str, int)
SANDBOX_LINK = "https://t.me/bap_sandbox_bot?start="


async def run(*, take_over: bool = False) -> None:
    settings = _settings()
    if settings.token is None:
        click.echo("BAP_TOKEN is not set, so the sandbox starts: try the bot in your browser.")
        await rehearse(settings)
        return
    async with _ready_database(settings) as database:
        # Only now, because importing aiogram takes seconds: a database that is away is told at once.
        from bot.app import create_app, create_bot, run as run_app
        from bot.telegram.startup import CannotStart

        bot = create_bot(settings, settings.token.get_secret_value())
        try:
            await until_stopped(run_app(create_app(settings, database, bot), take_over=take_over))
        except* CannotStart as group:
            _stop(str(group.exceptions[0]))


async def sandbox() -> None:
    await rehearse(_settings())


async def rehearse(settings: Settings) -> None:
    from bot.sandbox.rehearsal import PortTaken, serve_rehearsal

    try:
        await until_stopped(serve_rehearsal(settings))
    except* PortTaken as group:
        _stop(str(group.exceptions[0]))


async def migrate() -> None:
    async with _ready_database(_settings()):
        click.echo("The database is up to date.")


async def import_file(kind: str, file: Path) -> None:
    content = await asyncio.to_thread(file.read_bytes)
    async with _ready_database(_settings()) as database:
        try:
            counts = await import_csv(database, ImportKind(kind), content)
        except ImportRefused as refused:
            _stop("\n".join([*refused.problems, "Nothing was imported."]))
    click.echo(f"{kind}: {counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged.")


async def invite(role: str, municipality: str, *, is_head: bool, rehearsing: bool) -> None:
    from bot.features.residents.invitations.invites import NoSuchMunicipality, make_invite

    if is_head and role not in PLANNERS:
        _stop(
            "--head: a head is a facilitator or an officer, for roles are taken away at the desk or office."
        )
    settings = _settings_of(rehearsing=rehearsing)
    async with _ready_database(settings) as database:
        try:
            payload = await make_invite(
                database, Role(role), municipality, settings.invite_hours, utc_now(), is_head=is_head
            )
        except NoSuchMunicipality:
            _stop_without(municipality)
    click.echo(SANDBOX_LINK + payload if rehearsing else await _link(settings, payload))
    click.echo(f"Valid once, for {settings.invite_hours} hours. Give it to one person only.", err=True)


async def roles(municipality: str | None, role: str | None, *, rehearsing: bool) -> None:
    from bot.features.residents.invitations.invites import NoSuchMunicipality
    from bot.features.residents.invitations.operating import as_table, list_holders

    async with _ready_database(_settings_of(rehearsing=rehearsing)) as database:
        try:
            holders = await list_holders(database, municipality, Role(role) if role else None)
        except NoSuchMunicipality as unknown:
            _stop_without(str(unknown))
    click.echo(as_table(holders) if holders else "Nobody holds such a role. `bap invite` gives one.")


async def revoke(number: int, municipality: str, role: str, *, rehearsing: bool) -> None:
    from bot.features.residents.invitations.invites import NoSuchMunicipality
    from bot.features.residents.invitations.operating import NotHeld, withdraw_role

    settings = _settings_of(rehearsing=rehearsing)
    async with _ready_database(settings) as database:
        try:
            holder = await withdraw_role(database, number, municipality, Role(role), utc_now())
        except NoSuchMunicipality:
            _stop_without(municipality)
        except NotHeld as why:
            _stop(str(why))
        click.echo(f"Number {number} no longer holds the role {role} in {municipality}, and will be told.")
        if not await _set_menu_back(settings, database, holder.resident_id):
            click.echo("The menu of commands will be set back when the bot starts next.", err=True)


async def _set_menu_back(settings: Settings, database: Database, resident_id: int) -> bool:
    """Whether Telegram could be reached, and took the menu of the roles that are left."""
    if settings.token is None:
        return False
    from bot.app import create_bot
    from bot.features.residents.invitations.holders import set_menu_back

    bot = create_bot(settings, settings.token.get_secret_value())
    try:
        async with asyncio.timeout(_MENU_SECONDS):
            return await set_menu_back(bot, database, resident_id)
    except TimeoutError:
        return False
    finally:
        await bot.session.close()


async def _link(settings: Settings, payload: str) -> str:
    """The link with the bot's own name; the bare command where Telegram cannot be asked for it."""
    from aiogram.exceptions import TelegramAPIError

    from bot.app import create_bot

    if settings.token is None:
        return f"/start {payload}"
    bot = create_bot(settings, settings.token.get_secret_value())
    try:
        me = await bot.get_me()
    except TelegramAPIError:
        return f"/start {payload}"
    finally:
        await bot.session.close()
    return f"https://t.me/{me.username}?start={payload}"


async def audit(
    municipality: str | None, problem: int | None, since: datetime | None, language: str, file: Path | None
) -> None:
    from bot.features.problems.audit_log import audit as history

    if problem is not None and municipality is None:
        _stop("--problem needs --municipality: problems are numbered within it.")
    begin = since.replace(tzinfo=BISHKEK) if since else None
    async with _ready_database(_settings()) as database:
        await _erase_declined_texts(database)
        try:
            rows = await history.list_rows(
                database, language, municipality=municipality, problem=problem, since=begin
            )
        except history.NoSuchPlace:
            _stop(f"There is no municipality {municipality!r}.")
    if file is None:
        click.echo(history.as_table(rows))
    else:
        await asyncio.to_thread(write_private, file, history.as_csv(rows))
        click.echo(file)


async def recount(file: Path) -> None:
    """Says whether the ranking in the file follows from the ballots in it; the exit code says so, too."""
    from bot.features.votes.ranking_files.recount import NotAnExport, recount as reckon_anew

    try:
        found = await asyncio.to_thread(reckon_anew, file)
    except NotAnExport as reason:
        _stop(str(reason))
    counted = f"{found.ballots} ballots and {found.sheets} gatherings on {found.problems} problems"
    if found.differences:
        click.echo("\n".join(found.differences[:_MOST_DIFFERENCES]))
        _stop(f"The ranking does NOT match: {len(found.differences)} differences in {counted}.")
    click.echo(f"The ranking matches: recounted from {counted}.")
    if not found.has_ranges:
        click.echo("Of a first vote the order, shares and votes are recounted; the ranges of places are not.")


async def _erase_declined_texts(database: Database) -> None:
    """What is due, though no bot may be running that does it."""
    from bot.features.problems.printouts.jobs import erase_declined_texts

    await erase_declined_texts(database, _settings().declined_text_days, utc_now())


async def export(
    make: Callable[[Database, Named, str, datetime], Awaitable[Files]], of: Named, language: str, out: Path
) -> None:
    """Write the files that `make` makes of what is named so, into a folder."""
    async with _ready_database(_settings()) as database:
        await _erase_declined_texts(database)
        try:
            files = await make(database, of, language, utc_now())
        except NothingToExport as reason:
            _stop(str(reason))
    await asyncio.to_thread(_write, files, out)


def _write(files: Files, out: Path) -> None:
    make_private_folder(out)
    for name, content in files.items():
        write_private(out / name, content)
        click.echo(out / name)


@asynccontextmanager
async def _ready_database(settings: Settings) -> AsyncIterator[Database]:
    """The migrated database with its pilot data; one plain line when it cannot be reached."""
    try:
        database = await ready_database(settings.database_url)
    except (SQLAlchemyError, OSError) as error:
        _stop(f"BAP_DATABASE_URL: the database cannot be used: {type(error).__name__}")
    except DatabaseIsNewer as error:
        _stop(f"BAP_DATABASE_URL: a newer version of the bot has changed the database ({error}): start that.")
    try:
        yield database
    finally:
        await database.close()


async def ready_database(url: str) -> Database:
    await asyncio.to_thread(keep_private, url)
    await migrate_database(url)
    database = Database(url)
    await load_pilot_data(database)
    return database


async def until_stopped(work: Awaitable[None]) -> None:
    """Run until done or until SIGTERM or Ctrl-C; then let the acts at work finish."""
    task = asyncio.ensure_future(work)  # noqa: TID251  # awaited right here
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        click.echo("Stopped.", err=True)


def _settings() -> Settings:
    try:
        settings = read_settings()
    except WrongSetting as error:
        _stop(str(error))
    set_up_logs(settings)
    return settings


def _settings_of(*, rehearsing: bool) -> Settings:
    """With the sandbox's database, and without the token, when it is for a rehearsal."""
    settings = _settings()
    if not rehearsing:
        return settings
    return settings.model_copy(update={"database_url": settings.rehearsal_url, "token": None})


def _stop_without(municipality: str) -> NoReturn:
    _stop(f"There is no municipality {municipality!r}. `bap import municipalities` adds one.")


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
