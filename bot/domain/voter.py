"""What a voter may say of themselves, so that the vote can be weighed."""

from enum import StrEnum


class Sex(StrEnum):
    WOMAN = "woman"
    MAN = "man"


class AgeGroup(StrEnum):
    UNDER_35 = "under35"
    FROM_35 = "from35"
