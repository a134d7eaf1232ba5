"""Keyed hashes of Telegram numbers: who holds the database alone cannot say whose they are.

A number has ten digits, so a hash without a key would be undone by trying them all. The key is in no table
and so in no backup: it follows from the bot's token, or from a setting of its own.
"""

import hashlib
import hmac

_LABEL = b"bap-bot: hashes of Telegram numbers"
# Of SHA-256, so many hexadecimal digits: no two people of a municipality ever meet in one.
DIGITS = 32


class NumberHashes:
    """What is hashed for one purpose says nothing about the same person elsewhere."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), _LABEL, hashlib.sha256)

    def of_voter(self, round_id: int, telegram_id: int) -> str:
        """Another one in every stage, so that nobody is followed from vote to vote."""
        return self._hash(f"voter:{round_id}:{telegram_id}")

    def of_forgotten(self, telegram_id: int) -> str:
        return self._hash(f"forgotten:{telegram_id}")

    def _hash(self, what: str) -> str:
        return hmac.digest(self._key, what.encode(), hashlib.sha256).hex()[:DIGITS]
