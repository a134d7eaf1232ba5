"""The main thread, from a report to the ranking, as its people live it."""

from io import BytesIO

from openpyxl import load_workbook

from bot.features.votes.ranking_files import texts as ranking
from bot.i18n import speaking
from tests.features.people import report
from tests.features.town import open_vote
from tests.features.votes.rounds.stages import publish_result
from tests.stage import Stage


async def test_a_report_becomes_a_place_in_the_ranking(stage: Stage) -> None:
    kyrgyz, russian = await stage.resident("ky"), await stage.resident("ru")
    facilitator = await stage.facilitator()

    await report(kyrgyz, "Көпүрө бузулган, балдар айланып өтөт <3 км>")
    await report(russian, "=1+1 На нашей улице нет света, вечером страшно")
    await facilitator.send("/desk")
    await facilitator.tap("queue:")
    await facilitator.tap("pub:")
    await facilitator.tap("queue:")
    await facilitator.tap("pub:")
    await stage.deliver()
    assert "<3 км>" in kyrgyz.text

    await open_vote(facilitator)
    await stage.deliver()
    for voter in (kyrgyz, russian, *[await stage.resident() for _place in range(8)]):
        await voter.send("/vote")
        await voter.tap("cast:", "1. ")
        await voter.tap("vdone:")
        assert "Көпүрө бузулган" in voter.text

    await facilitator.tap("turnout:")
    await facilitator.tap("vask:")
    await facilitator.tap("vclose:")
    await publish_result(facilitator)
    await facilitator.tap("export:")
    await facilitator.tap("rankfile:", "XLSX")

    document = next(message for message in facilitator.messages if message.kind == "document")
    content = stage.world.files[document.media["file_id"]].content
    with speaking("ru"):
        sheet = load_workbook(BytesIO(content))[ranking.sheet_ranking()]
    rows = list(sheet.iter_rows(min_row=4, max_col=14, values_only=True))
    assert [(row[3], row[10]) for row in rows] == [(1, 10), (2, 0)]
    assert rows[1][4] == "=1+1 На нашей улице нет света, вечером страшно"
