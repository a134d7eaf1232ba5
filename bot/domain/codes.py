"""One-time codes: random, shown once, kept only as a hash."""

import hashlib
import secrets

# 144 bits: not to be guessed, and with a prefix within the 64 characters of a deep link.
CODE_BYTES = 18


def new_code() -> str:
    return secrets.token_urlsafe(CODE_BYTES)


def hash_of(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
