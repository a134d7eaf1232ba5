"""The sandbox and the bot together: one command, one address, demo data to begin with."""

import asyncio
import importlib
from pathlib import Path

import click
from aiohttp import web

from bot.db.imports import load_pilot_data
from bot.db.migrate import migrate
from bot.db.session import Database
from bot.private_files import keep_private
from bot.sandbox import demo
from bot.sandbox.server import create_app, serve
from bot.sandbox.store import Store
from bot.sandbox.world import FACILITATOR, OFFICER, TOKEN, World
from bot.settings import Settings

HOST = "127.0.0.1"


class PortTaken(Exception):
    """Something else listens on the sandbox's port."""


async def serve_rehearsal(settings: Settings) -> None:
    """Serve the page at once, then bring the bot to life beside it; until cancelled.

    The rehearsal has a database of its own: whatever is wiped here is never a municipality's.
    """
    folder = Path(settings.sandbox_dir)
    keep_private(settings.rehearsal_url)
    store = Store(folder / "world.json")
    world = store.load()
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def lay_out_anew() -> None:
        database = Database(settings.rehearsal_url)
        await demo.wipe(database)
        await lay_out(database, world)
        # aiogram is there by now: whoever presses the button has waited for the page.
        app_module = await asyncio.to_thread(importlib.import_module, "bot.app")
        bot = app_module.create_bot(rehearsing(settings, await port), TOKEN)
        await app_module.introduce(bot, database)
        await bot.session.close()
        await database.close()

    app = create_app(world, lay_out_anew)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_serve(app, settings.sandbox_port, port))
        tasks.create_task(store.keep(world))
        tasks.create_task(_run_bot(settings, world, port))


async def _serve(app: web.Application, port: int, ready: asyncio.Future[int]) -> None:
    try:
        await serve(app, HOST, port, ready)
    except OSError as error:
        raise PortTaken(
            f"BAP_SANDBOX_PORT: port {port} is in use. Stop the other program, or set another port."
        ) from error


async def _run_bot(settings: Settings, world: World, port: asyncio.Future[int]) -> None:
    rehearsal = rehearsing(settings, await port)
    click.echo(f"The sandbox is at {rehearsal.api_url}  (Ctrl-C stops it)")
    # Importing aiogram takes seconds; the page is served meanwhile.
    app_module, _done = await asyncio.gather(
        asyncio.to_thread(importlib.import_module, "bot.app"), migrate(rehearsal.database_url)
    )
    database = Database(rehearsal.database_url)
    await load_pilot_data(database)
    await lay_out(database, world)
    bot = app_module.create_bot(rehearsal, TOKEN)
    app = app_module.create_app(rehearsal, database, bot)
    click.echo("The bot is awake.")
    await app_module.run(app)


def rehearsing(settings: Settings, port: int) -> Settings:
    """The same settings, turned to the sandbox and to a database of its own."""
    return settings.model_copy(
        update={
            "api_url": f"http://{HOST}:{port}",
            "database_url": settings.rehearsal_url,
            "webhook_url": None,
            # Rehearsals are held in the evening, too.
            "quiet_from": 0,
            "quiet_to": 0,
        }
    )


async def lay_out(database: Database, world: World) -> None:
    """The demo municipality, with the cast's facilitator and officer in their roles."""
    await demo.lay_out(database, demo.Cast(facilitator_id=FACILITATOR, officer_id=OFFICER))
    for person_id in (FACILITATOR, OFFICER):
        world.people[person_id].started = True
