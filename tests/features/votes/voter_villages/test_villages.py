"""Who votes where: the facilitator puts a wrong village right while the vote is open; the voter hears."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from bot.db.models import BallotRow, Delivery, Pick, ResidentRow, Round
from bot.features.votes.voter_villages import texts
from bot.features.votes.voter_villages.callbacks import ListVoters
from bot.telegram import texts as common
from tests.features.people import NEED, close_vote, open_vote
from tests.features.records import change, journal, publish, rows, village_ids
from tests.features.town import vote_on
from tests.features.votes.rounds.stages import vote_for, words_of_the_end
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def voted(stage: Stage, voters: int = 2) -> tuple[Visitor, list[Visitor]]:
    _resident, facilitator = await vote_on(stage, 3)
    people = [await stage.resident() for _person in range(voters)]
    for person in people:
        await vote_for(person, 0)
    return facilitator, people


async def to_voters(facilitator: Visitor) -> None:
    await facilitator.send("/desk")
    await facilitator.tap("turnout:")
    await facilitator.tap("voters:")


async def test_a_wrong_village_is_put_right_and_the_voter_hears_it_once(stage: Stage) -> None:
    facilitator, (first, _second) = await voted(stage)
    await stage.deliver()
    await to_voters(facilitator)
    await facilitator.tap("votin:")
    await facilitator.tap("votch:", "Visitor")
    was = (await rows(stage, select(BallotRow.village_id).order_by(BallotRow.id)))[0].village_id
    picks = await rows(stage, select(Pick.ballot_id, Pick.problem_id))
    set_village = next(data for data in facilitator.data if data.startswith("votset:"))
    await facilitator.press(set_village)
    now = (await rows(stage, select(BallotRow.village_id).order_by(BallotRow.id)))[0].village_id
    assert now != was
    await facilitator.press(set_village)
    assert len(await rows(stage, select(Delivery.id).where(Delivery.kind == "voter.moved"))) == 1
    assert len(await journal(stage, "voter.moved")) == 1
    assert await rows(stage, select(Pick.ballot_id, Pick.problem_id)) == picks
    homes = await rows(stage, select(ResidentRow.village_id).where(ResidentRow.telegram_id == first.id))
    assert homes[0].village_id == was
    await stage.deliver()
    assert "facilitator" not in first.text
    assert first.text.startswith("🗳")


async def test_what_was_chosen_is_not_shown(stage: Stage) -> None:
    facilitator, _people = await voted(stage)
    await to_voters(facilitator)
    assert worded("ru", texts.villages, [1]) == facilitator.text
    await facilitator.tap("votin:")
    assert "Беда" not in facilitator.text


async def test_after_closing_nothing_is_put_right(stage: Stage) -> None:
    facilitator, _people = await voted(stage)
    village_id = (await village_ids(stage, "jazy"))[2]
    await close_vote(facilitator)
    for button in ("voters:1", "votch:1:0", f"votset:1:{village_id}"):
        await facilitator.press(button)
        assert facilitator.alert == await words_of_the_end(stage)
    assert await journal(stage, "voter.moved") == []


async def test_a_village_of_another_municipality_is_refused(stage: Stage) -> None:
    facilitator, _people = await voted(stage)
    [elsewhere, *_more] = await village_ids(stage, "shark")
    await facilitator.press(f"votset:1:{elsewhere}")
    assert facilitator.alert == worded("ru", common.gone, None)
    await facilitator.press(f"votin:1:{elsewhere}:0")
    assert facilitator.alert == worded("ru", common.gone, None)
    await facilitator.press("votset:99:1")
    assert facilitator.alert == worded("ru", common.gone, None)


async def test_many_voters_are_turned_page_by_page(stage: Stage) -> None:
    facilitator, _people = await voted(stage, 8)
    await to_voters(facilitator)
    await facilitator.tap("votin:")
    assert sum(data.startswith("votch:") for data in facilitator.data) == 6
    first = facilitator.data
    await facilitator.tap("votin:", "➡️")
    assert "2 / 2" in facilitator.labels
    assert sum(data.startswith("votch:") for data in facilitator.data) == 2
    await facilitator.tap("votin:", "➡️")
    assert facilitator.data == first
    here = (await rows(stage, select(BallotRow.village_id)))[0].village_id
    await facilitator.press(ListVoters(round_id=1, village_id=here, page=99))
    assert "2 / 2" in facilitator.labels


async def test_the_figures_are_seen_after_closing_only(stage: Stage) -> None:
    facilitator, _people = await voted(stage, 6)
    await facilitator.press("anom:1")
    assert facilitator.alert
    await change(stage, update(ResidentRow).values(created_at=datetime.now(UTC) - timedelta(days=3)))
    await close_vote(facilitator)
    await change(stage, update(Round).values(closed_at=datetime.now(UTC)))
    await facilitator.tap("anom:")
    assert worded("ru", texts.to_vote) in facilitator.labels
    assert "6" in facilitator.text


async def test_accounts_of_the_last_hour_are_counted(stage: Stage) -> None:
    facilitator, _people = await voted(stage, 3)
    await close_vote(facilitator)
    await facilitator.tap("anom:")
    assert "• 3" in facilitator.text


async def test_villages_beyond_the_first_page_are_turned_to(stage: Stage) -> None:
    await publish(stage, NEED, "Жолдор бузулган, көпүрө жок", slug="chon-alai")
    facilitator = await stage.facilitator("chon-alai")
    await open_vote(facilitator)
    villages = (await village_ids(stage, "chon-alai"))[:7]
    for ballot_id, village_id in enumerate(villages, 1):
        await vote_for(await stage.resident(municipality="chon-alai"), 0)
        await change(stage, update(BallotRow).where(BallotRow.id == ballot_id).values(village_id=village_id))
    await to_voters(facilitator)
    assert [data for data in facilitator.data if data.startswith("votin:")] == [
        f"votin:1:{each}:0" for each in villages[:6]
    ]
    await facilitator.tap("voterp:", "➡️")
    assert [data for data in facilitator.data if data.startswith("votin:")] == [f"votin:1:{villages[6]}:0"]
    await facilitator.tap("votin:")
    assert "Visitor" in "".join(facilitator.labels)
