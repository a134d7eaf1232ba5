"""The plan is read in two taps, by direction, village and words, down to the whole chain of a measure."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from bot.domain.clock import utc_now
from bot.domain.exported import NothingToExport
from bot.domain.places import Name
from bot.domain.plan import MeasureStatus, Part
from bot.features.plan import plan_texts as cards
from bot.features.plan.reading import texts
from bot.features.plan.reading.exporting import export_plan
from bot.features.plan.reading.open_data import PlanFile
from tests.features.plan.drafting.plans import PLAN_OF_JAZY, YEAR, adopted, many, open_item
from tests.features.wording import worded
from tests.stage import Stage

SIGNATURES = {"pdf": b"%PDF", "png": b"\x89PNG"}
# Programs that others wrote read these: none is renamed.
HEADINGS = [
    *("number", "direction_number", "direction_ky", "direction_ru", "problem", "villages", "goal"),
    *("measure", "measure_other", "responsible", "term", "due", "cost_som", "funding", "funding_words"),
    *("own_contribution_som", "indicator", "status", "is_late", "spent_som"),
]
SCHEMA = Path(__file__).parents[4] / "docs" / "plan.schema.json"


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_from_home_it_is_two_taps_to_the_plan_and_four_to_the_whole_chain(
    stage: Stage, language: str
) -> None:
    resident = await stage.resident(language)
    await adopted(stage, await stage.officer(language=language))
    await resident.press("home")
    await resident.tap("plan")
    assert worded(language, lambda: cards.som(2_050_000)) in resident.text
    assert worded(language, lambda: cards.late()) not in resident.labels
    await resident.tap("pldir:")
    await resident.tap("plms:")
    await resident.tap("plitem:", "1")
    for words in (
        "Кара-Дыйкан",
        "отуз жылдан бери",
        "Талаа жолун шалы суусу каптайт",
        "Ар бир көчөгө жыл бою өтүүгө болот",
        "Айыл өкмөтү",
        f"30.09.{YEAR}",
        "жергиликтүү бюджет",
        "12 чакырым жолго шагыл төгүлдү",
        worded(language, lambda: cards.status(MeasureStatus.PLANNED)),
    ):
        assert words in resident.text


async def test_who_reads_the_other_language_is_told_in_it_what_the_plan_has_in_it(stage: Stage) -> None:
    lines = [{**PLAN_OF_JAZY[0], Part.PROBLEM_OTHER: "Дороги плохие", Part.MEASURE_OTHER: "Отсыпать гравием"}]
    await adopted(stage, await stage.officer(language="ky"), lines)
    for language, whole, measure, source in (
        ("ky", "Биргелешкен аракеттер планы", "Ички жолдорго шагыл төгүү", "жергиликтүү бюджет"),
        ("ru", "План совместных действий", "Отсыпать гравием", "Местный бюджет"),
    ):
        resident = await stage.resident(language)
        await resident.send("/plan")
        assert whole in resident.text
        await resident.tap("pldir:")
        await resident.tap("plms:")
        await resident.tap("plitem:", "1")
        assert measure in resident.text
        assert source in resident.text


async def test_near_me_holds_what_names_my_village_and_what_is_for_all(stage: Stage) -> None:
    officer = await stage.officer()
    lines = [
        {
            Part.DIRECTION: "6",
            Part.PROBLEM: "Бир",
            Part.VILLAGES: "Кара-Дыйкан",
            Part.MEASURE: "Биринчи",
        },
        {Part.PROBLEM: "Эки", Part.VILLAGES: "Жээренчи", Part.MEASURE: "Экинчи"},
        {Part.PROBLEM: "Үч", Part.MEASURE: "Үчүнчү"},
    ]
    await adopted(stage, officer, lines)
    near = await stage.resident("ky", village="Жээренчи")
    await near.send("/plan")
    await near.tap("plms:", worded("ky", texts.near_me))
    assert "Биринчи" not in near.text
    assert "Экинчи" in near.text
    assert "Үчүнчү" in near.text
    await near.send("/plan")
    await near.tap("plvil:")
    await near.tap("plms:", "Кара-Дыйкан")
    assert "Биринчи" in near.text
    assert "Экинчи" not in near.text


async def test_search_forgives_old_letters_and_endings(stage: Stage) -> None:
    resident = await stage.resident("ky")
    await adopted(stage, await stage.officer())
    await resident.send("/plan")
    await resident.tap("plfind:")
    await resident.send("копуронун")
    assert "Каналдагы көпүрөнү жаңылоо" in resident.text
    await resident.send("<b>самолет")
    assert "<b>самолет" in resident.text
    await resident.send("шагыл")
    await resident.tap("plitem:")
    assert "Ички жолдорго шагыл төгүү" in resident.text


async def test_a_plan_of_120_measures_is_paged_and_counted(stage: Stage) -> None:
    resident, officer = await stage.resident("ky"), await stage.officer()
    version_id = await adopted(stage, officer, many(120))
    await resident.send("/plan")
    assert "120" in resident.text
    await resident.press(f"plms:{version_id}:l:0:0")
    late = [data for data in resident.data if data.startswith("plitem:")]
    assert len(late) == 6
    await resident.tap("plms:", "➡️")
    assert [data for data in resident.data if data.startswith("plitem:")] != late
    await resident.press(f"plms:{version_id}:a:0:999")
    assert "120" in resident.text


async def test_a_resident_of_a_place_without_a_plan_is_told_so(stage: Stage) -> None:
    resident = await stage.resident("ky")
    await resident.send("/plan")
    assert resident.text == worded("ky", texts.no_plan, Name("Жазы", "Жазы"), None)


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_pictures_paper_and_data_say_what_the_screens_say(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    officer = await stage.officer(language=language)
    lines = many(120)
    lines[0] = {**lines[0], Part.MEASURE: "@SUM(1)"}
    await adopted(stage, officer, lines)
    await open_item(stage, officer, 3)
    await officer.tap("progone:")
    await officer.tap("progset:", "🏁")
    await resident.send("/plan")
    await resident.tap("plmore:")
    await resident.tap("plpic:")
    assert len([each for each in resident.messages if each.kind == "photo"]) >= 3
    await resident.tap("plpdf:")
    paper = stage.world.files[resident.screen.media["file_id"]].content
    assert paper.startswith(b"%PDF")
    assert len(paper) > 20_000
    await resident.tap("pldata:")
    made, table = [stage.world.files[each.media["file_id"]].content for each in resident.messages[-2:]]
    read = PlanFile.model_validate_json(made)
    measures = [measure for problem in read.problems for measure in problem.measures]
    assert [each.number for each in measures] == list(range(1, 121))
    assert [each.number for each in measures if each.status is MeasureStatus.DONE] == [3]
    listed = list(csv.DictReader(StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert listed[0]["measure"] == "'@SUM(1)"
    assert [int(each["number"]) for each in listed if each["status"] == "done"] == [3]
    assert sum(int(each["cost_som"]) for each in listed) == sum(each.cost_som or 0 for each in measures)


async def test_the_plan_in_force_is_exported_as_files(stage: Stage) -> None:
    await adopted(stage, await stage.officer(language="ky"))
    files = await export_plan(stage.database, "jazy", "ru", utc_now())
    kinds = [name.rpartition(".")[2] for name in files]
    assert kinds[0] == "pdf"
    assert kinds[-2:] == ["json", "csv"]
    assert set(kinds[1:-2]) == {"png"}
    assert all(
        content.startswith(SIGNATURES.get(kind, b""))
        for kind, content in zip(kinds, files.values(), strict=True)
    )
    read = PlanFile.model_validate_json(files[f"plan-jazy-{YEAR}-{YEAR + 1}.json"])
    assert sum(len(each.measures) for each in read.problems) == len(PLAN_OF_JAZY)


@pytest.mark.parametrize("slug", ["jazy", "nowhere"])
async def test_without_a_plan_nothing_is_exported(stage: Stage, slug: str) -> None:
    with pytest.raises(NothingToExport, match=slug):
        await export_plan(stage.database, slug, "ky", utc_now())


async def test_programs_find_each_column_of_the_table_by_its_name(stage: Stage) -> None:
    await adopted(stage, await stage.officer(language="ky"))
    files = await export_plan(stage.database, "jazy", "ru", utc_now())
    [table] = [content for name, content in files.items() if name.endswith(".csv")]
    assert table.decode("utf-8-sig").splitlines()[0].split(";") == HEADINGS


def test_the_schema_beside_the_code_is_that_of_the_data() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == PlanFile.model_json_schema()


async def test_what_is_followed_can_be_followed_no_more(stage: Stage) -> None:
    resident = await stage.resident("ky")
    await adopted(stage, await stage.officer())
    await open_item(stage, resident, 1)
    await resident.tap("measfol:")
    assert resident.alert == worded("ky", texts.follow_toast)
    assert worded("ky", texts.unfollow) in resident.labels
    await resident.tap("measfol:")
    assert worded("ky", texts.follow) in resident.labels
    await resident.press("measfol:999:1")
    assert resident.alert
