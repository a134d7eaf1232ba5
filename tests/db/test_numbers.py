"""On SQLite the numbers of what may be deleted are not given again, also after all migrations."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.db.models import Base

WITH_OWN_NUMBERS = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"


def test_migrated_tables_give_no_number_again_where_the_models_say_so(sqlite_template: Path) -> None:
    tables = Base.metadata.tables.values()
    wanted = {each.name for each in tables if each.dialect_options["sqlite"]["autoincrement"]}
    with closing(sqlite3.connect(sqlite_template)) as database:
        assert {name for (name,) in database.execute(WITH_OWN_NUMBERS)} == wanted
    assert "grants" in wanted
