"""Lists that used to turn their pages in four ways turn them in one."""

import pytest

from bot.features.hearings.officer_home.callbacks import ListPastHearings
from bot.features.hearings.questions.callbacks import ListQuestions
from bot.features.problems.audit_log.callbacks import ShowWholeHistory
from bot.features.problems.reporting import texts as report_texts
from bot.features.problems.reporting.callbacks import BrowseProblems, ListDraftTopics
from bot.features.residents.first_visit.callbacks import ListVillages
from bot.features.votes.paper_votes.callbacks import ListGatherings, TurnGatherings
from bot.i18n import LANGUAGES
from tests.features.hearings.announcing.officers import write
from tests.features.hearings.questions.hearing import announced, put
from tests.features.hearings_at import hearing, in_days
from tests.features.people import NEED, close_vote, open_vote
from tests.features.records import municipality_id, publish, publish_many
from tests.features.votes.paper_votes.sheets import put_sheet, vote_on_paper
from tests.features.votes.rounds.stages import publish_result
from tests.features.wording import worded
from tests.stage import Stage, Visitor

pytestmark = pytest.mark.parametrize("language", LANGUAGES)

Seen = tuple[str, list[str]]


def seen(person: Visitor) -> Seen:
    return person.text, person.data


def place(person: Visitor) -> str:
    """What stands between the arrows."""
    before, after = person.labels.index("⬅️"), person.labels.index("➡️")
    assert after == before + 2
    return person.labels[before + 1]


async def turn_forth_and_around(person: Visitor, prefix: str, pages: int) -> None:
    """From the first page to the last and on to the first; back by the other end; and each page again."""
    turned: list[Seen] = []
    for number in range(1, pages + 1):
        assert place(person) == f"{number} / {pages}"
        turned.append(seen(person))
        await person.tap(prefix, f"{number} / {pages}")
        assert seen(person) == turned[-1]
        await person.tap(prefix, "➡️")
    assert seen(person) == turned[0]
    assert len({str(each) for each in turned}) == pages
    for shown in reversed(turned):
        await person.tap(prefix, "⬅️")
        assert seen(person) == shown


async def test_published_problems(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    await publish_many(stage, 13)
    await resident.send("/problems")
    await turn_forth_and_around(resident, "all:", 3)
    await resident.press(BrowseProblems(village_id=0, topic_id=0, page=99))
    assert place(resident) == "3 / 3"


async def test_villages_of_somebody_new(stage: Stage, language: str) -> None:
    newcomer = stage.visitor(language)
    await newcomer.start("m_chon-alai")
    await newcomer.tap("lang:" + language)
    await turn_forth_and_around(newcomer, "vils:", 2)
    await newcomer.press(ListVillages(page=99))
    assert place(newcomer) == "2 / 2"


async def test_villages_of_a_report(stage: Stage, language: str) -> None:
    resident = await stage.resident(language, "chon-alai")
    await resident.send("/report")
    await resident.send(NEED)
    await turn_forth_and_around(resident, "dvils:", 2)
    await resident.tap("dvils:", "➡️")
    await resident.tap("dvil:")
    assert worded(language, report_texts.which_topic) in resident.text


async def test_topics_of_a_report(stage: Stage, language: str) -> None:
    resident = await stage.resident(language)
    await resident.send("/report")
    await resident.send(NEED)
    await resident.tap("dvil:")
    _first, pages = place(resident).split(" / ")
    await turn_forth_and_around(resident, "dtops:", int(pages))
    await resident.press(ListDraftTopics(page=99))
    assert place(resident) == f"{pages} / {pages}"
    await resident.tap("dtop:")
    assert "⬅️" not in resident.labels


async def test_hearings_that_are_over(stage: Stage, language: str) -> None:
    officer = await stage.officer(language=language)
    for days in range(1, 8):
        await hearing(stage, starts_at=in_days(-days))
    await officer.send("/office")
    await officer.tap("offpast:")
    await turn_forth_and_around(officer, "offpast:", 2)
    await officer.press(ListPastHearings(municipality_id=await municipality_id(stage, "jazy"), page=99))
    assert place(officer) == "2 / 2"


async def test_questions_of_everybody(stage: Stage, language: str) -> None:
    hearing_id = await announced(stage)
    for number in range(9):
        await put(stage, hearing_id, f"Суроо № {number}")
    resident = await stage.resident(language)
    await resident.press(ListQuestions(hearing_id=hearing_id, page=0))
    pages = int(place(resident).split(" / ")[1])
    await turn_forth_and_around(resident, "qlist:", pages)
    await resident.press(ListQuestions(hearing_id=hearing_id, page=99))
    assert place(resident) == f"{pages} / {pages}"


async def test_sheets_of_gatherings(stage: Stage, language: str) -> None:
    _other, round_id = await vote_on_paper(stage)
    for _sheet in range(9):
        await put_sheet(stage, round_id, {})
    facilitator = await stage.facilitator(language=language)
    await facilitator.press(TurnGatherings(round_id=round_id, page=0))
    await turn_forth_and_around(facilitator, "gathp:", 3)
    await facilitator.press(TurnGatherings(round_id=round_id, page=99))
    assert place(facilitator) == "3 / 3"


async def test_villages_of_a_sheet(stage: Stage, language: str) -> None:
    await publish(stage, NEED, "Жолдор бузулган, көпүрө жок", slug="chon-alai")
    facilitator = await stage.facilitator("chon-alai", language)
    await open_vote(facilitator)
    await facilitator.press(ListGatherings(round_id=1))
    await facilitator.tap("gathnew:")
    await facilitator.send("12")
    await turn_forth_and_around(facilitator, "gathvils:", 2)
    await facilitator.tap("gathvils:", "➡️")
    await facilitator.tap("gathset:")
    assert not any(data.startswith("gathvils:") for data in facilitator.data)


async def test_problems_of_a_result(stage: Stage, language: str) -> None:
    facilitator, round_id = await vote_on_paper(stage, problems=11)
    await put_sheet(stage, round_id, {1: 12, 2: 9}, voted=20)
    await close_vote(facilitator)
    await publish_result(facilitator)
    resident = await stage.resident(language)
    await resident.send("/vote")
    await resident.tap("res:")
    await turn_forth_and_around(resident, "reslist:", 2)


async def test_villages_that_are_invited(stage: Stage, language: str) -> None:
    officer = await stage.officer("chon-alai", language)
    await write(officer, municipality_id=await municipality_id(stage, "chon-alai"))
    await officer.tap("hlines:")
    await officer.tap("hlines:")
    await officer.tap("hline:1:whom")
    await turn_forth_and_around(officer, "hvils:", 2)
    await officer.tap("hvils:", "➡️")
    await officer.tap("hvil:")
    assert place(officer) == "2 / 2"
    assert sum(label.startswith("✅") for label in officer.labels) == 1


async def test_the_history_of_a_municipality(stage: Stage, language: str) -> None:
    facilitator = await stage.facilitator(language=language)
    for _each in range(10):
        await stage.facilitator()
    here = await municipality_id(stage, "jazy")
    await facilitator.press(ShowWholeHistory(municipality_id=here, page=0))
    pages = int(place(facilitator).split(" / ")[1])
    await turn_forth_and_around(facilitator, "histm:", pages)
    await facilitator.press(ShowWholeHistory(municipality_id=here, page=999))
    assert place(facilitator) == f"{pages} / {pages}"
