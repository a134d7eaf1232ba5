"""How a message to many went out, in numbers that always add up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.notices import Failure

# Choices of people, and no trouble on the way.
CHOSEN = frozenset({Failure.MUTED, Failure.STOPPED, Failure.FORGOTTEN})


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the messages to some recipients, each counted once."""

    sent: int = 0
    waiting: int = 0
    failures: Mapping[Failure, int] = field(default_factory=dict)

    @property
    def recipients(self) -> int:
        return self.sent + self.waiting + self.not_sent

    @property
    def not_sent(self) -> int:
        return sum(self.failures.values())

    @property
    def unreachable(self) -> int:
        """Those who wanted to hear it, and whom it did not reach."""
        return sum(number for why, number in self.failures.items() if why not in CHOSEN)

    @property
    def share(self) -> float:
        """What is done with, from 0 to 1; 1 only when nothing waits any more."""
        if not self.waiting:
            return 1.0
        return int(100 * (self.recipients - self.waiting) / self.recipients) / 100


def total(parts: Iterable[Counts]) -> Counts:
    sent, waiting, failures = 0, 0, Counter[Failure]()
    for part in parts:
        sent += part.sent
        waiting += part.waiting
        failures.update(part.failures)
    return Counts(sent, waiting, dict(failures))


def counted(number: int, failure: str | None, *, is_sent: bool) -> Counts:
    """`number` recipients to whom the same has happened."""
    if is_sent:
        return Counts(sent=number)
    return Counts(failures={Failure(failure): number}) if failure else Counts(waiting=number)
