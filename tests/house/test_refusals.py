"""Every refusal has words, in both languages, that fit an alert."""

import pytest

from bot.app import FEATURES, WORDING
from bot.domain import refusals
from bot.domain.refusals import Refusal
from bot.i18n import LANGUAGES, speaking
from bot.telegram import texts
from bot.telegram.errors import LONGEST_ALERT
from tests.samples.everything import SAMPLE_REFUSALS


def every_refusal() -> set[type[Refusal]]:
    return {
        member
        for member in vars(refusals).values()
        if isinstance(member, type) and issubclass(member, Refusal) and member is not Refusal
    }


def test_every_refusal_is_worded_exactly_once() -> None:
    worded = [*texts.REFUSALS, *(refusal for each in FEATURES for part in each.refusals for refusal in part)]
    assert sorted(worded, key=repr) == sorted(every_refusal(), key=repr)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_fits_an_alert(language: str) -> None:
    assert {type(sample) for sample in SAMPLE_REFUSALS} == every_refusal()
    with speaking(language):
        for sample in SAMPLE_REFUSALS:
            assert 0 < len(WORDING[type(sample)](sample)) <= LONGEST_ALERT, sample
