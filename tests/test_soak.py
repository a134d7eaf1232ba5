"""A short soak: people do anything at all, send broken files, and nothing that nobody foresaw happens."""

from pathlib import Path

import pytest
import structlog

from bot.db.session import Database
from tests.engines import copy_of
from tests.soak import Findings, soak_of, watched
from tests.stage import Stage

SEED, ACTS = 7, 60


async def test_whatever_people_do_and_send_no_error_goes_unhandled(
    sqlite_template: Path, tmp_path: Path
) -> None:
    database = Database(copy_of(sqlite_template, tmp_path))
    findings = Findings(SEED, tmp_path)
    with watched(findings):
        soak = await soak_of(Stage(database), findings)
        await soak.go_on(until=lambda: findings.acts >= ACTS)
    await database.close()
    assert findings.errors == []
    assert findings.kinds["send_file"] > 3


def test_the_soak_sees_an_error_that_is_logged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = Findings(SEED, tmp_path)
    with watched(findings):
        structlog.get_logger().info("all is well")
        try:
            raise KeyError("of the test")
        except KeyError:
            structlog.get_logger().exception("an act failed", code="1A2B3C")
    [error] = findings.errors
    assert "an act failed" in error
    assert "KeyError: 'of the test'" in error
    assert error in capsys.readouterr().out
