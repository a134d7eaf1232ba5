"""The plan in force as files: what everybody can get in the bot, for a website or an information board."""

from datetime import datetime

from bot.db.queries import find_municipality_id, list_topics, list_villages
from bot.db.session import Database
from bot.domain.clock import local_day
from bot.domain.exported import Files, NothingToExport
from bot.features.plan.plan_queries import find_current, list_shares
from bot.features.plan.reading.open_data import plan_csv, plan_json
from bot.features.plan.reading.printing import draw, print_paper
from bot.features.plan.reading.queries import find_whole


async def export_plan(database: Database, slug: str, language: str, now: datetime) -> Files:
    """Paper, pictures and data by file name; raises `NothingToExport`."""
    today = local_day(now)
    async with database.read() as db:
        place = await find_municipality_id(db, slug)
        version = await find_current(db, place) if place else None
        if version is None:
            raise NothingToExport(f"{slug}: no plan of this municipality is in the bot.")
        whole = await find_whole(db, version, today)
        shares = await list_shares(db, version.id, today)
        topics, villages = await list_topics(db), await list_villages(db, version.municipality_id)
    stem = f"plan-{slug}-{version.first_year}-{version.last_year}"
    pictures = await draw(whole, shares, language, today)
    return {
        f"{stem}-{language}.pdf": await print_paper(whole, topics, villages, language, today),
        **{f"{stem}-{language}-{place:02}.png": picture for place, picture in enumerate(pictures, 1)},
        f"{stem}.json": plan_json(whole, topics, villages, now, today),
        f"{stem}.csv": plan_csv(whole, topics, villages, today),
    }
