"""Codes: to be read out, to stand in a link, and to be kept as a hash."""

import re
from collections import Counter

from bot.domain.codes import ballot_code, hash_of, new_code


def test_a_new_code_fits_a_deep_link_with_room_for_a_prefix() -> None:
    """Telegram takes 64 letters, figures, - and _ there."""
    codes = {new_code() for _each in range(1000)}
    assert len(codes) == 1000
    assert all(re.fullmatch(r"[\w-]{20,48}", code, re.ASCII) for code in codes)


def test_a_ballots_code_can_be_read_out() -> None:
    """Nothing in it is taken for something else, and no vowel makes a word."""
    codes = {ballot_code() for _each in range(1000)}
    assert len(codes) == 1000
    assert all(re.fullmatch(r"[2-9B-Z]{3}-[2-9B-Z]{3}-[2-9B-Z]{3}", code) for code in codes)
    signs = Counter("".join(codes)) - Counter({"-": 2000})
    assert not set(signs) & set("01AEIOUL")
    assert len(signs) == 27


def test_the_hash_is_always_the_same_and_does_not_hold_the_code() -> None:
    assert hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_of("abd") != hash_of("abc")
