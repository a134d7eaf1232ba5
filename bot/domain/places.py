"""Names in both languages, and the places and topics that carry them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """The same name in Kyrgyz and in Russian."""

    ky: str
    ru: str


@dataclass(frozen=True, slots=True)
class Village:
    id: int
    name: Name


@dataclass(frozen=True, slots=True)
class Municipality:
    id: int
    slug: str
    name: Name
    district: Name
    oblast: Name


@dataclass(frozen=True, slots=True)
class Topic:
    """An issue of local importance; `short` is the word a villager would use."""

    id: int
    short: Name
    emoji: str
