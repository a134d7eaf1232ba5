"""The two ways in which the bot may take its updates, as settings."""

from typing import Any

import pytest

from tests.sandbox.bot_process import free_port

POLLING, WEBHOOK = "polling", "webhook"
both_ways = pytest.mark.parametrize("way", [POLLING, WEBHOOK])


def settings_of(way: str) -> dict[str, Any]:
    """A webhook that is served on a port of its own; nothing for polling."""
    if way == POLLING:
        return {}
    port = free_port()
    return {"webhook_url": f"http://127.0.0.1:{port}", "webhook_port": port, "webhook_secret": "a-secret"}
