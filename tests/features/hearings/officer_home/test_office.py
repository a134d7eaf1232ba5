"""The office: what is coming, what was begun, what is over, and what the municipality has settled."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from bot.db.models import Hearing, Municipality
from bot.domain.hearing import Rule
from bot.domain.roles import Role
from bot.features.hearings.officer_home import texts
from bot.features.hearings.officer_home.queries import HearingNumbers
from bot.features.residents.invitations.invites import make_invite
from bot.telegram import texts as common
from tests.features.hearings.announcing.officers import JAZY, TOPIC, announce, now, write
from tests.features.records import change, journal, rows
from tests.features.wording import worded
from tests.stage import Stage


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_an_officer_comes_in_from_home_and_by_command(stage: Stage, language: str) -> None:
    officer = await stage.officer(language=language)
    await officer.start()
    await officer.tap("off")
    assert worded(language, texts.announce) in officer.labels
    await officer.send("/office")
    assert worded(language, texts.announce) in officer.labels


async def test_an_officer_of_two_municipalities_chooses_one(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.start(await make_invite(stage.database, Role.OFFICER, "shark", 1, datetime.now(UTC)))
    await officer.send("/office")
    await officer.tap(f"offof:{JAZY}")
    assert f"ann:{JAZY}" in officer.data


async def test_hearings_to_come_drafts_and_past_ones_are_found(stage: Stage) -> None:
    officer = await stage.officer()
    await announce(officer)
    await write(officer, topic="Экинчи угуу")
    await officer.send("/office")
    assert {"ohear:1", "anngo:2"} <= set(officer.data)
    await officer.tap("ohear:1")
    assert TOPIC in officer.text
    assert {"hchg:1", "hcanq:1", "disp:1", "hpost:1", "qopen:1:0"} <= set(officer.data)

    await change(stage, update(Hearing).where(Hearing.id == 1).values(starts_at=now()))
    await officer.send("/office")
    assert "ohear:1" not in officer.data
    await officer.tap("offpast:")
    await officer.tap("ohear:1")
    assert "hrec:1" in officer.data
    assert "hchg:1" not in officer.data


async def test_the_numbers_of_a_hearing_are_what_was_sent(stage: Stage) -> None:
    await stage.resident()
    officer = await stage.officer()
    await announce(officer)
    await officer.tap("ohear:1")
    assert worded("ru", texts._numbers, HearingNumbers(0, 0, 0, 0)) in officer.text
    await stage.deliver()
    await officer.press("ohear:1")
    assert worded("ru", texts._numbers, HearingNumbers(2, 0, 0, 0)) in officer.text


async def test_the_municipality_s_own_rules_are_kept(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.send("/office")
    await officer.tap("rules:")
    await officer.tap("ruleq:9:notice")
    await officer.tap("rule:9:notice:5")
    await officer.press("rule:9:notice:5")
    assert worded("ru", texts.rule_line, Rule.NOTICE_DAYS, 5) in officer.text
    await officer.press("rule:9:second:0")
    kept = select(Municipality.notice_days, Municipality.second_reminder_hours).where(Municipality.id == JAZY)
    assert await rows(stage, kept) == [(5, 0)]
    assert len(await journal(stage, "rule.changed")) == 2
    await officer.press("rule:9:notice:99999")
    assert officer.alert == worded("ru", common.gone, None)
    assert await rows(stage, kept) == [(5, 0)]
