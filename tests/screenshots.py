"""Plays a short scene in the sandbox with a real browser and takes the pictures of the README and the docs.

`make screenshots` writes them to docs/pictures; look at each one before it is committed.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from bot.domain.clock import BISHKEK
from bot.settings import PREFIX
from tests.engines import chromium

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
LARGEST_BYTES = 150 * 1024
PHONE: ViewportSize = {"width": 390, "height": 800}
TALL = 1160
SCROLL_DOWN = "const chat = document.querySelector('.chat'); chat.scrollTop = chat.scrollHeight"
# The people of the sandbox by their numbers.
RESIDENTS = {"ky": 1001, "ru": 1002}
FACILITATOR, OFFICER = 1003, 1004
AWAKE = "The bot is awake."
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REPORTS = {
    "ky": "Айылыбыздын ичиндеги жолдор чуңкур. Жамгырдан кийин баткак болуп, тез жардам кире албайт.",
    "ru": "Вечером у магазина темно, собираются шумные компании. Девушкам страшно идти домой.",
}
# The topic and the agenda, each in both languages.
HEARING = (
    "Айыл аймагынын 2027-жылга бюджетинин долбоору",
    "Проект бюджета айылного аймака на 2027 год",
    "1. Кирешелер\n2. Чыгашалар\n3. Суроолор жана сунуштар",
    "1. Доходы\n2. Расходы\n3. Вопросы и предложения",
)
PLACE = "Кара-Дыйкан айылы, маданият үйү"
ORGANISER = "Жазы айыл өкмөтү, 0555 12-34-56"


@contextmanager
def sandbox() -> Iterator[str]:
    """The address of a sandbox of its own, with demo data and the bot awake."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    with tempfile.TemporaryDirectory() as folder:
        env |= {f"{PREFIX}SANDBOX_PORT": "0", f"{PREFIX}SANDBOX_DIR": folder}
        command = [sys.executable, "-m", "bot", "sandbox"]
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
            try:
                yield _address(process)
            finally:
                process.terminate()


def _address(process: "subprocess.Popen[str]") -> str:
    address = ""
    for line in process.stdout or ():
        if "http://" in line:
            address = next(word for word in line.split() if word.startswith("http://"))
        if AWAKE in line:
            return address
    raise RuntimeError("the sandbox did not start")


class Telephone:
    """The page as one person sees it; `choose` hands it to another person."""

    def __init__(self, page: Page, address: str) -> None:
        self._page = page
        page.goto(address)

    def choose(self, person: int) -> None:
        self._page.click(f'[data-choose="{person}"]')
        self._page.wait_for_selector(f'.phone[data-person="{person}"]')

    def send(self, text: str) -> None:
        with self._changed():
            self._page.fill("[data-input]", text)
            self._page.press("[data-input]", "Enter")

    def tap(self, data: str, label: str = "") -> None:
        """Tap the newest button whose data begins with `data` and whose text holds `label`."""
        with self._changed():
            self._page.locator(f'[data-button^="{data}"]', has_text=label).last.click()

    @contextmanager
    def _changed(self) -> Iterator[None]:
        """Wait until the bot has answered what is done inside."""
        # The words alone: a button that spins has changed nothing yet.
        last = "document.querySelector('.message:not(.mine):last-child')?.innerText"
        before = self._page.evaluate(last)
        yield
        self._page.wait_for_function(
            f"before => {{ const now = {last}; return now && now !== before }}", arg=before
        )

    def wait_for(self, data: str) -> None:
        self._page.wait_for_selector(f'[data-button^="{data}"]')

    def wait_for_files(self) -> None:
        self._page.wait_for_selector("[data-document$=csv]")

    def picture(self, name: str, height: int = PHONE["height"]) -> None:
        self._page.wait_for_selector(".toast", state="hidden")
        self._page.mouse.move(0, 0)
        self._page.evaluate("document.activeElement.blur()")
        self._page.set_viewport_size({**PHONE, "height": height})
        self._page.evaluate(SCROLL_DOWN)
        target = PICTURES / f"{name}.png"
        self._page.locator(".phone").screenshot(path=target, animations="disabled")
        size = target.stat().st_size
        print(f"{target.name}: {size // 1024} KB")
        if size > LARGEST_BYTES:
            raise RuntimeError(f"{target.name} is larger than {LARGEST_BYTES // 1024} KB")
        self._page.set_viewport_size(PHONE)


def settle(phone: Telephone, language: str) -> None:
    """The first visit, up to the home screen."""
    phone.choose(RESIDENTS[language])
    phone.send("/start")
    phone.tap(f"lang:{language}")
    phone.tap("dists:Ош")
    phone.tap("muns:Өзгөн")
    phone.tap("mun:", "Жазы")
    phone.tap("vil:", "Жээренчи")
    phone.picture(f"consent-{language}")
    phone.tap("agree")


def report(phone: Telephone, language: str) -> None:
    """A resident's report, question by question."""
    phone.tap("rep")
    phone.send(REPORTS[language])
    phone.wait_for("sim:")
    phone.picture(f"similar-{language}")
    phone.tap("step:village")
    phone.tap("dvil:", "Жээренчи")
    phone.tap("dtop:", {"ky": "Жолдор", "ru": "Освещение"}[language])
    phone.tap("dwho:children")
    phone.tap("skip:media")
    phone.picture(f"preview-{language}")
    phone.tap("send:")
    phone.tap("home")


def work_at_the_desk(phone: Telephone, language: str) -> None:
    phone.choose(FACILITATOR)
    phone.send("/settings")
    phone.tap(f"lang:{language}")
    phone.send("/desk")
    phone.picture(f"desk-{language}")
    phone.tap("queue:")
    phone.picture(f"report-{language}")
    phone.tap("pedit:")
    phone.picture(f"record-{language}")
    phone.send("/desk")
    phone.tap("turnout:")
    phone.tap("export:")
    phone.wait_for_files()
    phone.picture(f"ranking-{language}")


def open_a_vote(phone: Telephone) -> None:
    phone.choose(FACILITATOR)
    phone.send("/desk")
    phone.tap("vplan:")
    phone.tap("vday:", "7 дн")
    phone.tap("vopen:")


def vote(phone: Telephone, language: str) -> None:
    phone.choose(RESIDENTS[language])
    phone.wait_for("vote:")
    phone.tap("vote:")
    for _pick in range(2):
        phone.tap("cast:", "⬜")
    phone.picture(f"ballot-{language}", TALL)
    phone.tap("vdone")
    phone.picture(f"voted-{language}")
    phone.send("/start")
    phone.picture(f"home-{language}")


def watch_the_turnout(phone: Telephone) -> None:
    phone.choose(FACILITATOR)
    phone.send("/desk")
    phone.tap("turnout:")
    phone.picture("turnout-ru")


def announce_a_hearing(phone: Telephone) -> None:
    """The officer's part: the office, the questions, and the preview in both languages."""
    phone.choose(OFFICER)
    phone.send("/settings")
    phone.tap("lang:ky")
    phone.send("/office")
    phone.tap("ann:")
    phone.tap("hkind:1:draft_budget")
    for line in (*HEARING, f"{datetime.now(BISHKEK) + timedelta(days=14):%d.%m.%Y}", "14:00", PLACE):
        phone.send(line)
    phone.tap("hskip:1:pin")
    phone.send(ORGANISER)
    phone.tap("hskip:1:documents")
    phone.tap("hskip:1:whom")
    phone.picture("announce-ky", TALL)
    phone.send("/office")
    phone.picture("office-ky")
    phone.send("/settings")
    phone.tap("lang:ru")
    phone.send("/office")
    phone.tap("anngo:")
    phone.wait_for("hgo:")
    phone.picture("announce-ru", TALL)
    phone.tap("hgo:")


def read_the_notice(phone: Telephone, language: str) -> None:
    phone.choose(RESIDENTS[language])
    phone.wait_for("hcome:")
    phone.picture(f"hearing-{language}", TALL)


def play(phone: Telephone) -> None:
    for language in RESIDENTS:
        settle(phone, language)
        report(phone, language)
    for language in RESIDENTS:
        work_at_the_desk(phone, language)
    open_a_vote(phone)
    for language in RESIDENTS:
        vote(phone, language)
    watch_the_turnout(phone)
    announce_a_hearing(phone)
    for language in RESIDENTS:
        read_the_notice(phone, language)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sandbox() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport=PHONE, device_scale_factor=1.25, color_scheme="light")
        play(Telephone(page, address))
        browser.close()


if __name__ == "__main__":
    main()
