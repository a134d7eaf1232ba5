"""The municipality's papers: explained, got, replaced, and told of to those who follow."""

import asyncio

import pytest
from sqlalchemy import select

from bot.db.models import PlanDocument
from bot.domain.plan import DocumentKind, PlanNotice
from bot.domain.refusals import FileExpected
from bot.features.hearings.questions import texts as question_texts
from bot.features.plan.documents import texts
from tests.features.people import beside
from tests.features.plan.drafting.plans import JAZY
from tests.features.records import deliveries, journal, rows
from tests.features.wording import worded
from tests.stage import Stage, Visitor


async def upload(stage: Stage, officer: Visitor, kind: DocumentKind, name: str) -> None:
    await officer.press(f"docdesk:{JAZY}")
    await officer.tap(f"docask:{JAZY}:{kind}")
    stage.world.send_document(officer.id, name, b"%PDF", "application/pdf")
    await stage.handle_all()


@pytest.mark.parametrize("language", ["ky", "ru"])
async def test_a_document_is_published_got_and_replaced(stage: Stage, language: str) -> None:
    follower, other = await stage.resident(language), await stage.resident(language)
    officer = await stage.officer(language=language)
    await follower.send("/plan")
    await follower.tap("docs")
    for kind in DocumentKind:
        assert worded(language, texts.kind, kind) in follower.text
    await follower.tap("docfol:")
    assert worded(language, texts.unfollow) in follower.labels
    await upload(stage, officer, DocumentKind.BUDGET, "Бюджет 2026.pdf")
    await stage.deliver()
    assert worded(language, texts.kind, DocumentKind.BUDGET) in follower.text
    assert worded(language, texts.get_it) in follower.labels
    await follower.tap("docget:")
    assert follower.screen.kind == "document"
    assert worded(language, texts.get_it) not in other.labels
    await upload(stage, officer, DocumentKind.BUDGET, "Бюджет.pdf")
    found = await rows(stage, select(PlanDocument.replaced_at).order_by(PlanDocument.id))
    assert [row.replaced_at is None for row in found] == [False, True]
    assert len(await journal(stage, "document.published")) == 2
    await other.press("docs")
    assert [data for data in other.data if data.startswith("docget:")] == ["docget:2"]


async def test_words_in_place_of_a_file_are_asked_for_again(stage: Stage) -> None:
    officer = await stage.officer()
    await officer.press(f"docask:{JAZY}:plan")
    await officer.send("Азыр жөнөтөм")
    assert officer.text == worded("ru", question_texts.REFUSALS[FileExpected], FileExpected())
    stage.world.send_photo(officer.id, b"photo")
    await stage.handle_all()
    assert worded("ru", texts.saved, DocumentKind.PLAN) == officer.text


async def test_two_officers_at_once_leave_one_document_in_force(stage: Stage) -> None:
    one, other = await stage.officer(), await stage.officer()
    there = beside(stage)
    for officer in (one, other):
        await officer.press(f"docask:{JAZY}:budget")
    for officer in (one, other):
        stage.world.send_document(officer.id, "b.pdf", b"%PDF", "application/pdf")
    first, second = stage.world.take_updates()
    await asyncio.gather(stage.handle(first), there.handle(second))
    found = await rows(stage, select(PlanDocument.id).where(PlanDocument.replaced_at.is_(None)))
    assert len(found) == 1
    assert await rows(stage, select(PlanDocument.id)) != found
    assert [each for each in await deliveries(stage) if each.kind == PlanNotice.DOCUMENT] == []
