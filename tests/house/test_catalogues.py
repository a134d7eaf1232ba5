"""Both languages are complete: every sentence of the code, with its placeholders, tags and plurals."""

import re
from string import Formatter

import pytest
from babel.messages import Catalog, Message

from bot.i18n import LANGUAGES
from tests.catalogues import _strings as strings, read, template

PLURALS = {"ky": 2, "ru": 3}


@pytest.fixture(scope="module")
def sentences() -> Catalog:
    return template()


@pytest.fixture(params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return read(request.param)


def ids(catalogue: Catalog) -> set[str]:
    return {strings(message.id)[0] for message in catalogue if message.id}


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


def tags(text: str) -> list[str]:
    return sorted(re.findall(r"</?[a-z]+>", text))


def test_the_catalogue_holds_exactly_the_sentences_of_the_code(
    catalogue: Catalog, sentences: Catalog
) -> None:
    assert ids(catalogue) == ids(sentences), "run `make catalogues`"


def test_every_sentence_is_translated_and_nothing_is_guessed(catalogue: Catalog) -> None:
    for message in entries(catalogue):
        assert not message.fuzzy, message.id
        assert all(strings(message.string)), f"{catalogue.locale}: {message.id!r}"
        assert strings(message.string), f"{catalogue.locale}: {message.id!r}"


def test_plurals_have_all_their_forms(catalogue: Catalog) -> None:
    language = str(catalogue.locale)
    assert catalogue.num_plurals == PLURALS[language]
    for message in entries(catalogue):
        expected = PLURALS[language] if message.pluralizable else 1
        assert len(strings(message.string)) == expected, message.id


def test_translations_keep_placeholders_and_tags(catalogue: Catalog) -> None:
    for message in entries(catalogue):
        original = strings(message.id)[-1]
        for translation in strings(message.string):
            assert placeholders(translation) == placeholders(original), translation
            assert tags(translation) == tags(original), translation


def test_no_case_ending_is_glued_to_a_variable(catalogue: Catalog) -> None:
    """Vowel harmony: the ending depends on the word, so none can stand behind a variable."""
    for message in entries(catalogue):
        for translation in strings(message.string):
            assert not re.search(r"\}(</\w+>)?[»”]?-?[\u0400-\u04ff]", translation), translation
