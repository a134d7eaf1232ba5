"""Telegram's HTML: what becomes of it, and what is refused with which words."""

import pytest

from bot.sandbox.markup import parse_html, units
from bot.sandbox.refused import BadRequest


def complaint(source: str) -> str:
    with pytest.raises(BadRequest) as refused:
        parse_html(source)
    return refused.value.why.removeprefix("can't parse entities: ")


def test_tags_become_entities_counted_in_utf_16() -> None:
    text, entities = parse_html("😀 <b>Көпүрө</b> <i>жок</i>")

    assert text == "😀 Көпүрө жок"
    assert entities == [
        {"type": "bold", "offset": 3, "length": 6},
        {"type": "italic", "offset": 10, "length": 3},
    ]


def test_nested_tags_are_given_from_the_outside_in() -> None:
    _, entities = parse_html("<b><u>a</u>b</b>")

    assert [(each["type"], each["length"]) for each in entities] == [("bold", 2), ("underline", 1)]


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&#1226;&#x4ca;", "ӊӊ"),
        ("&lt без точки", "< без точки"),
        ("&nbsp;", "&nbsp;"),
        ("a & b", "a & b"),
        ("&#xD800;", "&#xD800;"),
    ],
)
def test_only_four_named_entities_and_numbers_are_known(source: str, plain: str) -> None:
    assert parse_html(source)[0] == plain


def test_white_space_around_is_dropped_and_entities_move_along() -> None:
    assert parse_html("\n  <b> a</b>  ") == ("a", [{"type": "bold", "offset": 0, "length": 1}])


def test_a_link_keeps_its_address_and_one_without_a_web_address_is_plain_text() -> None:
    assert parse_html('<a href="https://example.org/?a=1&amp;b=2">x</a>')[1] == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://example.org/?a=1&b=2"}
    ]
    assert parse_html('<a href="javascript:alert(1)">x</a>') == ("x", [])


def test_a_long_quotation_may_be_folded_and_a_spoiler_spelt_in_two_ways() -> None:
    _, entities = parse_html(
        '<blockquote expandable>a</blockquote><span class="tg-spoiler">b</span><tg-spoiler>c</tg-spoiler>'
    )

    assert [each["type"] for each in entities] == ["expandable_blockquote", "spoiler", "spoiler"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("ө<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>y</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=http://x>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
    ],
)
def test_what_telegram_cannot_read_is_refused_in_its_words(source: str, words: str) -> None:
    assert complaint(source) == words


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert (units("Ң"), units("😀"), units("")) == (1, 2, 0)
