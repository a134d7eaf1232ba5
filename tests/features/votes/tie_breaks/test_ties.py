"""Equal places: what the gathering decided about them is written down and seen by everybody."""

from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import select

from bot.db.models import TieDecision
from bot.domain.clock import utc_now
from bot.domain.refusals import NotCountedYet
from bot.features.votes.ranking_files.exporting import export_ranking
from bot.features.votes.results import texts as results
from bot.features.votes.tie_breaks import texts
from tests.features.people import close_vote, open_vote
from tests.features.records import journal, publish_many, rows
from tests.features.votes.rounds.stages import publish_result
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def counted(stage: Stage) -> Visitor:
    """Of three problems the last gets ten votes and the others none, so that these share places 2 and 3."""
    await publish_many(stage, 3)
    facilitator = await stage.facilitator()
    await open_vote(facilitator)
    for _person in range(10):
        voter = await stage.resident()
        await voter.send("/vote")
        await voter.tap("cast:", "3.")
    await close_vote(facilitator)
    return facilitator


async def test_an_order_is_written_down_and_everybody_sees_who_and_why(stage: Stage) -> None:
    facilitator = await counted(stage)
    await facilitator.press("ties:1:0")
    assert facilitator.alert == worded("ru", results.not_counted_yet, NotCountedYet())
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await publish_result(facilitator)
    await facilitator.tap("ties:")
    await facilitator.tap("tie:", "2–3")
    for wrong in ("2 1", "2\nЖыйын\nСебеп", "2 1 3\nЖыйын\nСебеп", "2 2\nЖыйын\nСебеп"):
        await facilitator.send(wrong)
        assert facilitator.text == worded("ru", texts.decision_not_understood, None)
    await facilitator.send("№2, №1\nСход <села> Жазы\nСуу баарына керек")
    assert "№2, №1" in facilitator.text
    resident = await stage.resident()
    await resident.press("res:1")
    for words in ("№2, №1", "Сход <села> Жазы", "Суу баарына керек"):
        assert words in resident.text
    assert len(await journal(stage, "tie.decided")) == 1
    files = await export_ranking(stage.database, "jazy", "ru", utc_now())
    [xlsx] = [content for name, content in files.items() if name.endswith("xlsx")]
    summary = load_workbook(BytesIO(xlsx)).worksheets[0]
    assert any("№2, №1" in str(cell.value) for row in summary.iter_rows() for cell in row)


async def test_a_later_decision_about_the_same_takes_the_place_of_the_first(stage: Stage) -> None:
    facilitator = await counted(stage)
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await publish_result(facilitator)
    for order in ("1 2", "2 1"):
        await facilitator.tap("ties:")
        await facilitator.tap("tie:")
        await facilitator.send(f"{order}\nЖыйын\nСебеби бар")
    assert "№2, №1" in facilitator.text
    assert "№1, №2" not in facilitator.text
    assert len(await rows(stage, select(TieDecision.id))) == 2
    await facilitator.press("tie:1:1")
    assert facilitator.alert
