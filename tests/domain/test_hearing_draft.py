"""The questions of an announcement and their order."""

from itertools import pairwise

import pytest

from bot.domain.hearing_draft import QUESTIONS, REQUIRED, Step

WITH_AGENDA = (
    *(Step.KIND, Step.TOPIC, Step.OTHER_TOPIC, Step.AGENDA, Step.OTHER_AGENDA, Step.DAY, Step.TIME),
    *(Step.PLACE, Step.PIN, Step.ORGANISER, Step.DOCUMENTS, Step.WHOM, Step.PREVIEW),
)
WITHOUT_AGENDA = tuple(step for step in WITH_AGENDA if step is not Step.OTHER_AGENDA)


@pytest.mark.parametrize(("has_agenda", "way"), [(True, WITH_AGENDA), (False, WITHOUT_AGENDA)])
def test_the_way_there_is_the_way_back(has_agenda: bool, way: tuple[Step, ...]) -> None:
    for step, following in pairwise(way):
        assert step.after(has_agenda=has_agenda) is following
        assert following.before(has_agenda=has_agenda) is step


@pytest.mark.parametrize("has_agenda", [True, False])
def test_the_ways_end_at_both_ends(has_agenda: bool) -> None:
    assert Step.KIND.before(has_agenda=has_agenda) is Step.KIND
    assert Step.PREVIEW.after(has_agenda=has_agenda) is Step.PREVIEW


def test_an_agenda_taken_back_while_its_other_language_is_asked_for_leads_on_and_back() -> None:
    assert Step.OTHER_AGENDA.after(has_agenda=False) is Step.DAY
    assert Step.OTHER_AGENDA.before(has_agenda=False) is Step.AGENDA


def test_the_questions_are_numbered_and_the_preview_is_none() -> None:
    assert [step.number for step in WITH_AGENDA] == [*range(1, QUESTIONS + 1), QUESTIONS + 1]
    assert Step.PREVIEW not in REQUIRED
