"""What comes out on paper: our own letters everywhere, and the words as people wrote them."""

import asyncio
import shutil
import subprocess
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.prints.paper import ROOM, drawable, pictures
from bot.prints.sheets import SheetItem, list_data, print_list

WILD = "#let $x$ *b* _i_ <lab> \\ \" ' @ref // /* `code` #panic() ~ «Ң Ө Ү ң ө ү» № 5\n= Экинчи\n- тизме"
TITLE, SUBTITLE = "Суроолор жана сунуштар", "Жазы айыл аймагы"


def printed(content: bytes) -> str:
    """The text of a PDF, with single spaces."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def test_a_list_holds_its_items_as_they_were_written() -> None:
    items = [SheetItem("Айгүл Асанова", WILD, "12-ноябрь"), SheetItem("тургун", "Жол качан оңдолот?")]
    text = printed(print_list(TITLE, SUBTITLE, items, "ky"))

    for words in (
        TITLE,
        SUBTITLE,
        "Айгүл Асанова",
        " ".join(WILD.split()),
        "12-ноябрь",
        "Жол качан оңдолот?",
    ):
        assert words in text


@pytest.mark.parametrize("words", [WILD, "ө" * 1000, "a", "", " \n ", "\u202e\u2066 rtl", "%()" * 50])
def test_whatever_is_written_is_printed(words: str) -> None:
    made = print_list(words, words, [SheetItem(words, words, words)], "ru")
    assert made.startswith(b"%PDF-")


def test_an_empty_list_is_a_sheet_too() -> None:
    assert len(pictures("list", list_data(TITLE, "", [], "ru"))) == 1


def test_a_long_list_goes_on_over_the_pages() -> None:
    items = [SheetItem("тургун", "Жол качан оңдолот?")] * 30
    assert len(pictures("list", list_data(TITLE, SUBTITLE, items, "ky"))) > 3


def test_emoji_leave_no_empty_boxes() -> None:
    assert drawable({"a": ["Суу жок 😡👨‍👩‍👧🏽❤️✅!", 5, None], "b": True}) == {
        "a": ["Суу жок !", 5, None],
        "b": True,
    }
    assert drawable("№ 5 © 20 °C → «ң»\n\t") == "№ 5 © 20 °C → «ң»\n\t"
    assert drawable("а\x00\x1b\ud800б") == "аб"


def test_every_letter_of_both_languages_is_drawn() -> None:
    """A letter without a drawing is an empty box: all such boxes look alike, and unlike any letter."""

    def look(sign: str) -> bytes:
        return pictures("list", list_data(sign, "", [], "ky"))[0]

    missing = look("\u4e2d")
    for sign in "ҢӨҮңөүЁёҚ«»№—…‹›“”":
        assert look(sign) != missing, sign


async def test_printing_does_not_hold_up_the_loop() -> None:
    items = [SheetItem("тургун", "Жол качан оңдолот? " * 40)] * 300
    printing = asyncio.create_task(asyncio.to_thread(print_list, TITLE, SUBTITLE, items, "ky"))
    longest = 0.0
    while not printing.done():
        begun = time.monotonic()
        await asyncio.sleep(0.001)
        longest = max(longest, time.monotonic() - begun)
    assert printing.result()
    assert longest < 0.5


async def test_many_sheets_may_be_printed_at_once() -> None:
    made = await asyncio.gather(
        *(
            asyncio.to_thread(pictures, "list", list_data(f"{TITLE} {each % 4}", "", [], "ky"))
            for each in range(24)
        )
    )
    assert len({pages[0] for pages in made}) == 4


@pytest.mark.parametrize("template", sorted(ROOM.glob("*.typ")), ids=lambda path: path.name)
def test_no_sentence_stands_in_a_template(template: Path) -> None:
    code = [line for line in template.read_text(encoding="utf-8").splitlines() if not line.startswith("//")]
    assert "\n".join(code).isascii()


def test_the_letters_come_with_their_licence() -> None:
    licence = (ROOM / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert {path.suffix for path in (ROOM / "fonts").iterdir()} == {".ttf", ".txt"}


def test_templates_and_letters_are_in_the_wheel(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    [built] = WheelBuilder(str(ROOM.parents[1])).build(directory=str(tmp_path), versions=["standard"])
    packed = set(ZipFile(BytesIO(Path(built).read_bytes())).namelist())

    own = {
        path.relative_to(ROOM.parents[1]).as_posix()
        for path in ROOM.rglob("*")
        if path.suffix in {".typ", ".ttf", ".txt"}
    }
    assert own
    assert own <= packed
