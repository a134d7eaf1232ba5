"""Codes: those used once are kept only as a hash, those of ballots are published without contents."""

import hashlib
import secrets

# 144 bits: not to be guessed, and with a prefix within the 64 characters of a deep link.
CODE_BYTES = 18


def new_code() -> str:
    return secrets.token_urlsafe(CODE_BYTES)


# Neither vowels nor signs that are taken for each other: a code spells no word and can be read out.
_SPOKEN = "23456789BCDFGHJKMNPQRTVWXYZ"


def ballot_code() -> str:
    """By it a voter finds their ballot in the list of those counted: 43 random bits, as K7M-2QF-9XT."""
    signs = [secrets.choice(_SPOKEN) for _each in range(9)]
    return "-".join("".join(signs[begin : begin + 3]) for begin in (0, 3, 6))


def hash_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
