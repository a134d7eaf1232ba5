"""The poster that invites a village to say what troubles it: one A4 page, Kyrgyz and Russian side by side."""

from collections.abc import Mapping
from datetime import datetime

import segno

from bot.domain.clock import BISHKEK
from bot.domain.places import Municipality, Village
from bot.features.problems.printouts import poster_texts as texts
from bot.i18n import LANGUAGES, speaking
from bot.prints.paper import fill, pictures

# Sharp on a telephone and on an office printer, and less than a megabyte.
POINTS_PER_INCH = 150


def poster_files(
    municipality: Municipality, village: Village | None, bot_username: str, made_at: datetime
) -> Mapping[str, bytes]:
    """PDF and PNG by file name. It takes a while: call it in a thread."""
    data = poster_data(municipality, village, bot_username)
    place = f"{municipality.slug}-{village.id}" if village else municipality.slug
    stem = f"poster-{place}-{made_at.astimezone(BISHKEK):%Y-%m-%d}"
    [picture] = pictures("invitation", data, POINTS_PER_INCH)
    return {f"{stem}.pdf": fill("invitation", data), f"{stem}.png": picture}


def poster_data(municipality: Municipality, village: Village | None, bot_username: str) -> dict[str, object]:
    """What `invitation.typ` shows."""
    payload = f"m_{municipality.slug}_{village.id}" if village else f"m_{municipality.slug}"
    link = f"https://t.me/{bot_username}?start={payload}"
    return {
        "halves": [_half(municipality, village, language) for language in LANGUAGES],
        # Still read when a fifth of it is torn or wet.
        "square": segno.make(link, error="q", boost_error=False).svg_inline(border=0),
        "username": "@" + bot_username,
    }


def _half(municipality: Municipality, village: Village | None, language: str) -> dict[str, object]:
    with speaking(language):
        steps = texts.steps(is_village_known=village is not None)
        return {
            "language": language,
            "heading": texts.heading(),
            "appeal": texts.appeal(),
            "municipality": texts.municipality(municipality.name),
            "village": texts.village(village.name) if village else "",
            "steps": [{"act": act, "words": words} for act, words in steps],
            "nobody_sees": texts.nobody_sees(),
            "without_camera": texts.without_camera(),
        }
