"""Handing a ranking over: to whom, as what, and how it looks in the chat meanwhile."""

import csv
import json
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.db.models import Round
from bot.domain.roles import Role
from bot.features.residents.invitations.invites import make_invite
from bot.features.votes import ranking_texts as cards
from bot.features.votes.ranking_files import exporting
from bot.features.votes.ranking_files.open_data import RankingFile
from bot.features.votes.ranking_files.recount import recount
from bot.features.votes.results import texts as results
from bot.telegram import progress, texts as common
from tests.features.people import close_vote, open_vote
from tests.features.records import journal, publish_many, rows
from tests.features.votes.rounds.stages import publish_result, vote_for
from tests.features.wording import worded
from tests.stage import Stage, Visitor

SCHEMA = Path(__file__).parents[4] / "docs" / "ranking.schema.json"


async def closed_vote(stage: Stage, voters: int = 10, *, is_public: bool = True) -> Visitor:
    await publish_many(stage, 3)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    for _person in range(voters):
        await vote_for(await stage.resident(), 0)
    await close_vote(facilitator)
    if is_public:
        await publish_result(facilitator)
    return facilitator


async def monitor(stage: Stage) -> Visitor:
    visitor = await stage.resident()
    await visitor.start(await make_invite(stage.database, Role.MONITOR, "jazy", 1, datetime.now(UTC)))
    return visitor


def last_file(stage: Stage, visitor: Visitor) -> tuple[str, bytes]:
    message = [each for each in visitor.messages if each.kind == "document"][-1]
    stored = stage.world.files[message.media["file_id"]]
    return stored.name, stored.content


def choices_in(visitor: Visitor) -> list[str]:
    """What the message of the choices offers, below which the files came."""
    [found] = [each for each in visitor.messages if "rankfile" in str(each.buttons)]
    return [button["callback_data"] for row in found.buttons for button in row]


async def test_every_form_comes_as_a_file_and_the_choice_stays_open(stage: Stage, tmp_path: Path) -> None:
    facilitator = await closed_vote(stage)
    await facilitator.tap("export:")
    choices = facilitator.data
    for form in ("pdf", "xlsx", "csv", "json"):
        await facilitator.tap(f"rankfile:1:{form}")
        name, content = last_file(stage, facilitator)
        assert name.endswith(f".{form}")
        if form == "pdf":
            assert content.startswith(b"%PDF")
        if form == "xlsx":
            assert len(load_workbook(BytesIO(content)).sheetnames) >= 5
            (tmp_path / name).write_bytes(content)
            assert recount(tmp_path / name).differences == []
        if form == "csv":
            assert len(list(csv.reader(StringIO(content.decode("utf-8-sig"))))) == 4
        if form == "json":
            assert len(RankingFile.model_validate_json(content).problems) == 3
        assert choices_in(facilitator) == choices
    assert len(await journal(stage, "ranking.exported")) == 4


async def test_pictures_come_as_photos(stage: Stage) -> None:
    facilitator = await closed_vote(stage)
    await facilitator.tap("export:")
    await facilitator.tap("rankfile:1:png")
    assert [message.kind for message in facilitator.messages].count("photo") == 1


async def test_when_too_few_voted_it_is_said_instead_of_pictures(stage: Stage) -> None:
    facilitator = await closed_vote(stage, voters=9)
    await facilitator.tap("export:")
    await facilitator.tap("rankfile:1:png")
    assert "photo" not in [message.kind for message in facilitator.messages]
    assert worded("ru", cards.too_few) in facilitator.text


async def test_while_a_file_is_made_a_bar_is_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0.0)
    facilitator = await closed_vote(stage)
    await facilitator.tap("export:")
    stage.session.calls.clear()
    await facilitator.tap("rankfile:1:pdf")
    assert stage.session.calls.count("editMessageText") >= 2


async def test_a_big_vote_is_worked_on_in_another_process(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(exporting, "_HEAVY", 1)
    facilitator = await closed_vote(stage)
    await facilitator.tap("export:")
    await facilitator.tap("rankfile:1:xlsx")
    name, content = last_file(stage, facilitator)
    (tmp_path / name).write_bytes(content)
    assert recount(tmp_path / name).ballots == 10


async def test_the_monitoring_group_gets_the_files_once_the_result_is_public(stage: Stage) -> None:
    facilitator, watching = await closed_vote(stage, is_public=False), await monitor(stage)
    [round_] = await rows(stage, select(Round.id))
    for person in (watching, facilitator):
        await person.press(f"export:{round_.id}")
        assert person.alert == worded("ru", results.not_counted_yet, None)
    assert not any(data.startswith("export:") for data in facilitator.data)
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await publish_result(facilitator)
    await watching.press(f"res:{round_.id}")
    await watching.tap("export:")
    assert not any(data.startswith("turnout:") for data in watching.data)
    await watching.tap("rankfile:1:xlsx")
    assert last_file(stage, watching)[0].endswith(".xlsx")
    resident = await stage.resident()
    await resident.press(f"res:{round_.id}")
    assert not any(data.startswith("export:") for data in resident.data)
    await resident.press(f"rankfile:{round_.id}:xlsx")
    assert resident.alert == worded("ru", common.not_allowed, None)


async def test_everybody_sees_the_pictures_which_are_drawn_once(stage: Stage) -> None:
    await closed_vote(stage)
    seen, stored = [], []
    for _person in range(2):
        resident = await stage.resident()
        await resident.press("res:1")
        await resident.tap("respic:")
        [photo] = [message for message in resident.messages if message.kind == "photo"]
        seen.append(photo.media[-1]["file_id"])
        stored.append(len(stage.world.files))
    assert stage.world.files[seen[0]].content == stage.world.files[seen[1]].content
    assert stored[0] == stored[1]


def test_the_documented_shape_is_the_shape_of_the_file() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == RankingFile.model_json_schema()
