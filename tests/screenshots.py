"""Plays a short scene in the sandbox with a real browser and takes the pictures of the README and the docs.

`make screenshots` writes them to docs/pictures; look at each one before it is committed.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from bot.domain.clock import BISHKEK
from bot.domain.plan import Part
from bot.settings import PREFIX
from tests.engines import chromium
from tests.features.plan.drafting.plans import PLAN_OF_JAZY, YEAR, filled

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
LARGEST_BYTES = 150 * 1024
PHONE: ViewportSize = {"width": 390, "height": 800}
TALL = 1160
HALF_A_PICTURE: ViewportSize = {"width": 480, "height": 640}
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
# What the form's columns for the other language hold, by measure.
IN_RUSSIAN = [
    ("Внутрисельские дороги плохие, мостов не хватает", "Отсыпать внутренние дороги гравием"),
    ("", "Прокопать водоотвод вдоль дороги"),
    ("Мост через канал сломан, люди идут в обход", "Обновить мост через канал"),
    ("В Жээренчи чистая вода бывает два часа в день", "Заменить старые трубы"),
    ("", "Поставить счётчики воды"),
    ("Вечером на улицах темно, женщинам страшно", "Поставить тридцать фонарей на главной улице"),
]
# The plan of Жазы, and measures of other directions beside it.
KYRGYZ_PLAN = [
    *PLAN_OF_JAZY,
    {
        Part.DIRECTION: "4",
        Part.PROBLEM: "Жээренчиде таза суу күнүнө эки саат гана келет",
        Part.VILLAGES: "Жээренчи",
        Part.CAUSES: "Түтүктөр эскирген, кудук алсыз",
        Part.GOAL: "Ар бир үйгө таза суу күнү-түнү келет",
        Part.MEASURE: "Эски түтүктөрдү алмаштыруу",
        Part.RESPONSIBLE: "Айыл өкмөтү, суу колдонуучулар бирикмеси",
        Part.TERM: f"30.11.{YEAR}",
        Part.COST: 640_000,
        Part.FUNDING: "РӨФ",
        Part.INDICATOR: "1,5 чакырым түтүк алмаштырылды",
    },
    {Part.MEASURE: "Суу өлчөгүчтөрдү орнотуу", Part.TERM: f"4-чейрек {YEAR}", Part.COST: 180_000},
    {
        Part.DIRECTION: "7",
        Part.PROBLEM: "Кечинде көчөлөр караңгы, кыз-келиндер коркот",
        Part.GOAL: "Кечинде көчөдө коркпой жүрөбүз",
        Part.MEASURE: "Борбордук көчөгө отуз чырак коюу",
        Part.RESPONSIBLE: "Айыл өкмөтү",
        Part.TERM: f"10.{YEAR}",
        Part.COST: 210_000,
        Part.FUNDING: "жергиликтүү бюджет",
        Part.INDICATOR: "30 чырак күйөт",
    },
]
DEMO_PLAN = [
    {**line, Part.PROBLEM_OTHER: problem, Part.MEASURE_OTHER: measure}
    for line, (problem, measure) in zip(KYRGYZ_PLAN, IN_RUSSIAN, strict=True)
]
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

    def download(self, button: str) -> bytes:
        """The newest spreadsheet of the chat, once a button has brought it."""
        with self._changed():
            self._page.locator(f'[data-button^="{button}"]').last.click()
        with self._page.expect_download() as download:
            self._page.locator("[data-document$=xlsx]").last.click()
        return download.value.path().read_bytes()

    def upload(self, name: str, content: bytes) -> None:
        with self._changed():
            self._page.locator("[data-attach]").click()
            with self._page.expect_file_chooser() as chooser:
                self._page.get_by_text("Файл", exact=True).click()
            chooser.value.set_files({"name": name, "mimeType": "application/zip", "buffer": content})

    def hear(self, words: str) -> None:
        self._page.locator(".message:not(.mine)", has_text=words).last.wait_for()

    def wait_for(self, data: str) -> None:
        self._page.wait_for_selector(f'[data-button^="{data}"]')

    def call_the_crowd(self) -> None:
        self._page.click("[data-crowd]")
        self._page.click("dialog [value=yes]")
        self._page.locator("[data-crowd]", has_text="✓").wait_for()

    def numbers_on_screen(self) -> list[str]:
        """Those of the problems that the last message lists, a line each."""
        said = self._page.locator(".message:not(.mine)").last.inner_text()
        return re.findall(r"^(\d+) \S", said, re.MULTILINE)

    def images_after(self, button: str) -> list[str]:
        """The addresses of the pictures that a button brings; it is there again when all have come."""
        images = self._page.locator(".message:not(.mine) img")
        before = images.count()
        self._page.locator(f'[data-button^="{button}"]').first.click()
        self._page.wait_for_function(
            f"before => document.querySelectorAll('.message:not(.mine) img').length > before "
            f"&& document.querySelector('[data-button^=\"{button}\"]')",
            arg=before,
        )
        self._page.wait_for_timeout(1500)
        found = [str(each.evaluate("image => image.src")) for each in images.all()]
        return found[before:]

    def keep(self, address: str, name: str) -> None:
        """Half as large as the bot sends it, for a page is read by many."""
        browser = self._page.context.browser
        assert browser
        beside = browser.new_page(viewport=HALF_A_PICTURE)
        beside.goto(address)
        target = PICTURES / f"{name}.png"
        beside.screenshot(path=target)
        beside.close()
        print(f"{target.name}: {target.stat().st_size // 1024} KB")

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


# Two sheets: a number serves once, and the same figures twice would be asked about.
PAPER_NUMBER = {"ky": "1", "ru": "2"}
PAPER_VOTES = {"ky": (41, 30, 22, 14, 9, 5), "ru": (38, 27, 25, 12, 8, 7)}
PAPER_SIGNED = {"ky": "Мектеп\nАйыл башчысы\nАксакал", "ru": "Школа\nСтароста\nАксакал"}


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
    phone.tap("mesex:")
    phone.tap("meage:")
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


def count_on_paper(phone: Telephone, language: str) -> None:
    """A gathering's sheet, entered step by step."""
    phone.choose(FACILITATOR)
    phone.send("/settings")
    phone.tap(f"lang:{language}")
    phone.send("/desk")
    phone.tap("turnout:")
    phone.tap("gath:")
    phone.tap("gathnew:")
    phone.send(PAPER_NUMBER[language])
    phone.tap("gathset:", "Жазы")
    for _step in ("day", "whom", "how"):
        phone.tap("gathset:")
    phone.send("34 21 50 6")
    numbers = phone.numbers_on_screen()
    votes = zip(numbers, PAPER_VOTES[language], strict=False)
    phone.send("\n".join(f"{number} - {each}" for number, each in votes))
    phone.send(PAPER_SIGNED[language])
    phone.tap("gathset:")
    phone.picture(f"sheet-{language}")
    phone.tap("gathsave:")


def publish_the_result(phone: Telephone) -> None:
    phone.send("/desk")
    phone.tap("turnout:")
    for button in ("vask:", "vclose:", "vpubask:", "vpub:"):
        phone.tap(button)


def keep_the_pictures(phone: Telephone, language: str) -> None:
    """The first picture of the ranking, and the last, of the villages, as the bot has drawn them."""
    phone.send("/settings")
    phone.tap(f"lang:{language}")
    phone.send("/desk")
    phone.tap("turnout:")
    phone.tap("export:")
    phone.picture(f"ranking-{language}")
    pictures = phone.images_after("rankfile:")
    phone.keep(pictures[0], f"result-{language}")
    phone.keep(pictures[-1], f"villages-{language}")


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


def publish_the_plan(phone: Telephone) -> None:
    """The officer's part: the form, filled in with a plan, shown, and adopted."""
    phone.choose(OFFICER)
    phone.send("/settings")
    phone.tap("lang:ky")
    phone.send("/office")
    phone.tap("planng:")
    form = phone.download("plform:")
    phone.upload("plan.xlsx", filled(form, DEMO_PLAN))
    for language in RESIDENTS:
        phone.send("/settings")
        phone.tap(f"lang:{language}")
        phone.send("/office")
        phone.tap("planng:")
        phone.tap("pldraft:")
        phone.picture(f"draft-{language}")
    phone.tap("pladopt:")
    phone.send(f"12/3\n15.01.{YEAR}\nтөрага")
    phone.tap("plnoscan:")
    phone.tap("pladone:")
    phone.hear("План утверждён")


def keep_it_true(phone: Telephone, language: str) -> None:
    phone.choose(OFFICER)
    phone.send("/settings")
    phone.tap(f"lang:{language}")
    phone.send("/office")
    phone.tap("planng:")
    phone.tap("prog:")
    for _measure in range(2):
        phone.tap("progset:", "🏁")
    phone.tap("progset:", "🚧")
    phone.picture(f"round-{language}")


def read_the_plan(phone: Telephone, language: str) -> None:
    phone.choose(RESIDENTS[language])
    phone.send("/plan")
    phone.picture(f"plan-{language}")
    phone.tap("pldir:")
    phone.tap("plms:", {"ky": "Жолдор", "ru": "Дороги"}[language])
    phone.tap("plitem:", "1")
    phone.picture(f"measure-{language}")
    phone.send("/plan")
    phone.tap("plmore:")
    pictures = phone.images_after("plpic:")
    phone.keep(pictures[0], f"progress-{language}")
    phone.keep(pictures[-1], f"year-{language}")
    phone.send("/learn")
    phone.tap("learn:", "➡️")
    phone.picture(f"lesson-{language}")


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
    phone.call_the_crowd()
    for language in RESIDENTS:
        count_on_paper(phone, language)
    publish_the_result(phone)
    for language in RESIDENTS:
        keep_the_pictures(phone, language)
    announce_a_hearing(phone)
    for language in RESIDENTS:
        read_the_notice(phone, language)
    publish_the_plan(phone)
    for language in RESIDENTS:
        keep_it_true(phone, language)
    for language in RESIDENTS:
        read_the_plan(phone, language)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sandbox() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport=PHONE, device_scale_factor=1.25, color_scheme="light")
        play(Telephone(page, address))
        browser.close()


if __name__ == "__main__":
    main()
