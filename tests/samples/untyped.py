"""Samples of reports told by voice or photo, and of a place that seems far."""

from dataclasses import replace
from functools import partial

from bot.features.problems.reporting import list_screens as lists, screens as problems
from bot.telegram.screen import Screen
from tests.samples.data import ALL_MEDIA, FAR, FULL, LINES, LONG_NAME, PAGES, VILLAGE, WHOLE

SPOKEN = tuple(
    replace(draft, text=None, attachments=media)
    for draft in (WHOLE, FULL)
    for media in (ALL_MEDIA[1:2], ALL_MEDIA[:1], ALL_MEDIA)
)
SILENT = replace(PAGES[1], lines=[replace(LINES[0], text="")] * 6)

UNTYPED: tuple[partial[Screen], ...] = (
    *(partial(problems.question_text, draft) for draft in SPOKEN),
    *(partial(problems.preview, draft) for draft in SPOKEN),
    *(partial(problems.far_place, FAR, name) for name in (VILLAGE.name, LONG_NAME)),
    partial(lists.mine, SILENT),
    partial(lists.browse, SILENT, None, None),
    partial(lists.found, SILENT.lines, "суу"),
)
