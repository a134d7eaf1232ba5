"""The questions of an announcement, in their order."""

from enum import StrEnum

from bot.domain.hearing import LONGEST_AGENDA, LONGEST_ORGANISER, LONGEST_PLACE, LONGEST_TOPIC


class Step(StrEnum):
    """What is asked; the last one shows the whole notice."""

    KIND = "kind"
    TOPIC = "topic"
    OTHER_TOPIC = "topic2"
    AGENDA = "agenda"
    OTHER_AGENDA = "agenda2"
    DAY = "day"
    TIME = "time"
    PLACE = "place"
    PIN = "pin"
    ORGANISER = "organiser"
    DOCUMENTS = "documents"
    WHOM = "whom"
    PREVIEW = "preview"

    def after(self, *, has_agenda: bool) -> "Step":
        """The next question; where there is no agenda, none is asked for in the other language."""
        return _AFTER.get((self, has_agenda)) or _neighbour(self, 1)

    def before(self, *, has_agenda: bool) -> "Step":
        """The question before; the first one's is itself."""
        return _BEFORE.get((self, has_agenda)) or _neighbour(self, -1)

    @property
    def number(self) -> int:
        return list(Step).index(self) + 1


_AFTER = {(Step.AGENDA, False): Step.DAY}
_BEFORE = {(Step.DAY, False): Step.AGENDA}


def _neighbour(step: Step, distance: int) -> Step:
    steps = list(Step)
    return steps[max(0, min(steps.index(step) + distance, len(steps) - 1))]


QUESTIONS = len(Step) - 1
# Without these a hearing cannot be announced.
REQUIRED = (Step.KIND, Step.TOPIC, Step.DAY, Step.TIME, Step.PLACE)
# The most characters of what is typed.
LONGEST = {
    Step.TOPIC: LONGEST_TOPIC,
    Step.OTHER_TOPIC: LONGEST_TOPIC,
    Step.AGENDA: LONGEST_AGENDA,
    Step.OTHER_AGENDA: LONGEST_AGENDA,
    Step.PLACE: LONGEST_PLACE,
    Step.ORGANISER: LONGEST_ORGANISER,
}
