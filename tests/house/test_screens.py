"""Every screen, in both languages, with plain and with extreme data, fits Telegram and a small phone."""

import importlib
import inspect
import re
import unicodedata
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.app import RENDERERS
from bot.i18n import LANGUAGES, speaking
from bot.sandbox.refused import BadRequest
from bot.sandbox.rules import LONGEST_CALLBACK_BYTES, checked_markup, checked_text
from bot.telegram import texts as common
from bot.telegram.screen import Screen
from tests.samples.data import TOPIC_LIST
from tests.samples.everything import DELIVERIES, GALLERY

ROOT = Path(__file__).parents[2]
# Characters of a button that a small phone shows, by the number of buttons in its row.
ROOM = {1: 32, 2: 17, 3: 11, 4: 8, 5: 6, 6: 5, 7: 2}
# Choices at a glance; one more says "none of these" or "all".
MOST_CHOICES = 9
# Before a resident has a home there is none to go to; and a word from the bot stands below the screen in use.
FIRST_SCREENS = {"languages", "oblasts", "welcome_stranger"}
# All of their screens are told unasked.
UNASKED = (
    "bot.features.hearings.notices.notice_screens.",
    "bot.features.votes.rounds.notice_screens.",
    "bot.features.problems.status_notices.screens.",
    "bot.features.plan.reading.notice_screens.",
)
# The bar is edited by itself: a button that led elsewhere would be overwritten.
FIRST_SCREENS |= {"progress", "progress_stopped"}
# Buttons that lead back, up or out, by the beginning of their data.
WAYS = {
    *("home", "desk", "deskm", "step", "leave", "rep", "report", "decl", "mine", "all", "turnout", "vdone"),
    "nooffer",
    *("obls", "dists", "vils", "hear", "hears"),
    *("off", "offof", "rules", "chats", "ohear", "anngo", "hline"),
    *("qlist", "qmine", "qopen", "qname", "qcard"),
    "disp",
    "roles",
    *("dprob", "pedit", "mopen", "oopen", "sims"),
    "papers",
    *("slist", "res", "dspt"),
    *("gath", "gathshow", "gathsee", "voters", "votin", "ties"),
    *("plan", "planof", "planng", "pldraft", "pldir", "plms", "plitem", "docdesk", "cal"),
    *("unans", "ans", "chk"),
}
# The days of a leaf of a calendar are one choice, and so are the times of a day; to read a problem is none.
NO_CHOICES = {"hday", "hmon", "htime", "vread"}
LATIN = re.compile(r"[A-Za-z]{4,}")
NAMES = {"Telegram", "XLSX", "CSV", "JSON", "START", "Word", "learn", "link", "plan"}
# An emoji is one sign with one meaning; a new one is a decision to be written down here.
EMOJI = {
    "\N{HEAVY PLUS SIGN}": "one more of these",
    "\N{HOUSE BUILDING}": "home",
    "\N{LEFTWARDS BLACK ARROW}": "back, or the page before",
    "\N{BLACK RIGHTWARDS ARROW}": "on, or the page after",
    "\N{HEAVY MULTIPLICATION X}": "give up what was begun",
    "\N{MEMO}": "report a problem",
    "\N{INCOMING ENVELOPE}": "a report was accepted",
    "\N{PENCIL}": "write or change these words",
    "\N{PAPERCLIP}": "photo, voice message or place",
    "\N{WASTEBASKET}": "delete",
    "\N{ELECTRIC LIGHT BULB}": "a hint",
    "\N{CLIPBOARD}": "my problems",
    "\N{RIGHT-POINTING MAGNIFYING GLASS}": "look for something",
    "\N{HOURGLASS WITH FLOWING SAND}": "waits for the facilitator",
    "\N{LARGE GREEN CIRCLE}": "published",
    "\N{LARGE RED CIRCLE}": "not published",
    "\N{BALLOT BOX WITH BALLOT}": "the vote",
    "\N{WHITE HEAVY CHECK MARK}": "chosen on the ballot",
    "\N{WHITE LARGE SQUARE}": "not chosen on the ballot",
    "\N{ANTICLOCKWISE DOWNWARDS AND UPWARDS OPEN CIRCLE ARROWS}": "show it as it is now",
    "\N{BAR CHART}": "the ranking",
    "\N{HAMMER AND WRENCH}": "the desk",
    "\N{GEAR}": "settings",
    "\N{SCROLL}": "who did what",
    "\N{KEY}": "who holds a role",
    "\N{SPEAKING HEAD IN SILHOUETTE}": "a hearing",
    "\N{CALENDAR}": "when",
    "\N{ROUND PUSHPIN}": "where",
    "\N{PAGE FACING UP}": "a document",
    "\N{EYES}": "read",
    "\N{HAPPY PERSON RAISING ONE HAND}": "somebody comes",
    "\N{NO ENTRY SIGN}": "called off, or somebody cannot come",
    "\N{BLACK QUESTION MARK ORNAMENT}": "a question",
    "\N{BUSTS IN SILHOUETTE}": "people together: a group, or those present",
    "\N{BELL}": "a reminder or a notice",
    "\N{WARNING SIGN}": "a warning",
    "\N{OFFICE BUILDING}": "the office",
    "\N{SPEECH BALLOON}": "an answer, a proposal, what came of it",
    "\N{BELL WITH CANCELLATION STROKE}": "fewer notices",
    "\N{BLACK SQUARE FOR STOP}": "stop what is being sent",
    "\N{OUTBOX TRAY}": "passed on to others",
    "\N{HANDSHAKE}": "mine too",
    "\N{STUDIO MICROPHONE}": "in a voice message",
    "\N{GLOBE WITH MERIDIANS}": "a translation",
    "\N{LINK SYMBOL}": "problems joined together",
    "\N{WHITE MEDIUM STAR}": "on the short list",
    "\N{BLUE BOOK}": "in the plan",
    "\N{MEDIUM WHITE CIRCLE}": "not in the plan",
    "\N{CONSTRUCTION SIGN}": "being done",
    "\N{CHEQUERED FLAG}": "done",
    "\N{CHEERING MEGAPHONE}": "pass it on to others",
    "\N{PRINTER}": "something to print",
    "\N{CROSS MARK}": "not done",
    "\N{ALARM CLOCK}": "late",
    "\N{OPEN BOOK}": "how it all works",
    "\N{LEFT-POINTING MAGNIFYING GLASS}": "checked by the monitoring group",
    "\N{MEDIUM BLACK CIRCLE}": "hidden by the facilitator",
    "\N{BLACK SCISSORS}": "words taken out",
    "\N{SPEAKER WITH CANCELLATION STROKE}": "may write nothing for a time",
    "\N{CLOCKWISE RIGHTWARDS AND LEFTWARDS OPEN CIRCLE ARROWS}": "said to be done, and is not",
}


def screen_modules() -> list[ModuleType]:
    files = sorted((ROOT / "bot" / "features").glob("**/*screens.py"))
    return [importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts)) for file in files]


def screen_functions() -> set[str]:
    return {
        f"{module.__name__}.{name}"
        for module in screen_modules()
        for name, member in inspect.getmembers(module, inspect.isfunction)
        if member.__module__ == module.__name__ and not name.startswith("_")
    }


def name_of(sample: partial[Screen]) -> str:
    return f"{sample.func.__module__}.{sample.func.__name__}"


def made(sample: partial[Screen], language: str) -> Screen:
    with speaking(language):
        return sample()


def width(text: str) -> int:
    """How many letters wide a text is: an emoji takes the room of two."""
    return sum(2 if is_emoji(sign) else 1 for sign in text if unicodedata.category(sign) not in {"Mn", "Cf"})


def is_emoji(sign: str) -> bool:
    return unicodedata.category(sign) == "So" and sign not in "№©®"


def act_of(button: InlineKeyboardButton) -> str:
    return (button.callback_data or "").split(":")[0]


def rows_of(screen: Screen) -> list[list[InlineKeyboardButton]]:
    return screen.keyboard.inline_keyboard if screen.keyboard else []


def turns_pages(row: list[InlineKeyboardButton]) -> bool:
    return {common.previous_page(), common.next_page()} <= {button.text for button in row}


def faults(screen: Screen, *, is_first: bool) -> list[str]:
    """What is wrong with a screen, in words."""
    found = [*text_faults(screen), *keyboard_faults(screen)]
    acts = [act_of(button) for row in rows_of(screen) for button in row]
    if not is_first and not WAYS & set(acts):
        found.append(f"no way back or home: {acts}")
    choices = [
        act_of(button)
        for row in rows_of(screen)
        if not turns_pages(row)
        for button in row
        if act_of(button) not in WAYS | NO_CHOICES
    ]
    if len(choices) > MOST_CHOICES:
        found.append(f"{len(choices)} choices")
    return found


def text_faults(screen: Screen) -> list[str]:
    # Raises for what Telegram would refuse: nothing, too much, or HTML that is not sound.
    plain, _entities = checked_text({"text": str(screen.text), "parse_mode": "HTML"})
    words = "\n".join([plain, *(button.text for row in rows_of(screen) for button in row)])
    found = [f"a word of no language of ours: {word}" for word in set(LATIN.findall(words)) - NAMES]
    return found + [f"left over: {sign}" for sign in ("{", "}", "None") if sign in words]


def keyboard_faults(screen: Screen) -> list[str]:
    rows = rows_of(screen)
    checked_markup({"inline_keyboard": [[button.model_dump(mode="json") for button in row] for row in rows]})
    found = [
        f"too wide for a row of {len(row)}: {button.text} ({width(button.text)})"
        for row in rows
        for button in row
        if width(button.text) > ROOM[len(row)]
    ]
    packed = [button.callback_data or "" for row in rows for button in row]
    return found + [f"too long: {data}" for data in packed if len(data.encode()) > LONGEST_CALLBACK_BYTES]


def test_every_screen_has_a_sample() -> None:
    assert screen_functions() - {name_of(sample) for sample in GALLERY} == set()
    assert len(screen_functions()) > 30


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted({name_of(sample) for sample in GALLERY}))
def test_every_screen_fits_telegram_and_a_small_phone(name: str, language: str) -> None:
    own = name.rsplit(".", 1)[1]
    is_first = own in FIRST_SCREENS or own.startswith("heard_") or name.startswith(UNASKED)
    samples = [sample for sample in GALLERY if name_of(sample) == name]
    assert {fault for each in samples for fault in faults(made(each, language), is_first=is_first)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", RENDERERS)
def test_every_delivery_fits_telegram_and_a_small_phone(kind: str, language: str) -> None:
    made_now = [made(partial(RENDERERS[kind], facts), language) for facts in DELIVERIES[kind]]
    assert {fault for screen in made_now for fault in faults(screen, is_first=True)} == set()


def test_every_emoji_of_the_texts_has_one_meaning() -> None:
    files = [*(ROOT / "bot").rglob("*texts.py"), *(ROOT / "locales").rglob("*.po")]
    used = {sign for file in files for sign in file.read_text(encoding="utf-8") if is_emoji(sign)}
    assert used == set(EMOJI)


def test_no_topic_borrows_an_emoji_of_the_texts() -> None:
    assert {sign for topic in TOPIC_LIST for sign in topic.emoji} & set(EMOJI) == set()
    assert len({topic.emoji for topic in TOPIC_LIST}) == len(TOPIC_LIST)


def test_the_guard_itself_sees_what_is_wrong() -> None:
    wide = InlineKeyboardButton(text="ө" * 18, callback_data="x")
    bad = Screen(Markup("English {words} for None"), [[wide, wide]])
    assert sorted(faults(bad, is_first=False)) == [
        "a word of no language of ours: English",
        "a word of no language of ours: None",
        "a word of no language of ours: words",
        "left over: None",
        "left over: {",
        "left over: }",
        "no way back or home: ['x', 'x']",
        "too wide for a row of 2: " + "ө" * 18 + " (18)",
        "too wide for a row of 2: " + "ө" * 18 + " (18)",
    ]


def test_the_guard_itself_refuses_what_telegram_refuses() -> None:
    for text in ("", "<b>ө", "<p>ө</p>", "ө" * 4097):
        with pytest.raises(BadRequest):
            faults(Screen(Markup(text)), is_first=True)
