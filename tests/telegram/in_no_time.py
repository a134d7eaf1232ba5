"""Hours that pass at once: a loop whose clock jumps to the next moment at which anything is to happen."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any
from unittest.mock import patch


class _Impatient(selectors.DefaultSelector):
    """Nothing comes from outside, so what would be waited for is over."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if timeout is None and not found:
            raise RuntimeError("everybody waits, and nothing will ever happen")
        self.now += timeout or 0.0
        return found


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        return self._impatient.now


def in_no_time(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Run a test by such a clock: what it measures does not depend on the machine."""

    @wraps(test)
    def run(*args: Any, **named: Any) -> None:
        with asyncio.Runner(loop_factory=_Loop) as runner, patch("time.monotonic", runner.get_loop().time):
            runner.run(test(*args, **named))

    return run


def now() -> float:
    return asyncio.get_running_loop().time()
