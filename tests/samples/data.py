"""What the sample screens show: ordinary data, and the worst that people and places may bring."""

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.data import MUNICIPALITIES, TOPICS, packaged
from bot.db.import_entries import LONGEST_AREA
from bot.db.queries import OpenRound
from bot.domain.ballot import Ballot, Stage
from bot.domain.paging import Page
from bot.domain.places import Municipality, Name, Topic, Village
from bot.domain.problem import (
    LONGEST_REASON,
    LONGEST_WHO,
    DeclineReason,
    MediaKind,
    ProblemStatus,
    Step,
    Sufferers,
    Wording,
)
from bot.domain.roles import Role
from bot.domain.text import LONGEST_TEXT
from bot.features.problems.problem_queries import ProblemCard
from bot.features.problems.reporting.callbacks import BrowseProblems
from bot.features.problems.reporting.draft_queries import DraftMedia, DraftReport
from bot.features.problems.reporting.queries import PROBLEMS_A_PAGE, ProblemLine, ProblemPage
from bot.features.residents.first_visit.queries import Home
from bot.features.votes.ballot.queries import SHOWN_TEXT, BallotLine, OpenBallotPaper
from bot.features.votes.rounds import deliveries as voting_deliveries
from bot.features.votes.rounds.queries import (
    RoundFacts,
    VillageTurnout,
)

# A Wednesday in September: both words are long.
NOW = datetime(2026, 9, 23, 14, 30, tzinfo=UTC)

# What people write, at its worst: tags, ampersands, emoji of two units, and not one space to break at.
PLAIN = "Көпүрө жазда бузулган, балдар мектепке үч чакырым айланып барат."
WILD = "Суу жок <b>эч ким</b> & «келбейт» 😡👨‍👩‍👧 </b> 1 < 2 > 0 \n"
LONG = (WILD * 40)[:LONGEST_TEXT]
UNBROKEN = "ө" * LONGEST_TEXT
# The highest number that a table of ours may give to a row for a long time to come.
FAR = 2_147_483_647


def _municipality(number: int, row: dict[str, str]) -> Municipality:
    name, district, oblast = (
        Name(row[f"{key}_ky"], row[f"{key}_ru"]) for key in ("name", "district", "oblast")
    )
    return Municipality(number, row["slug"], name, district, oblast)


def _rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(packaged(file).decode().splitlines()))


PLACES = [_municipality(number, row) for number, row in enumerate(_rows(MUNICIPALITIES), start=1)]
KARA_KULJA = next(place for place in PLACES if place.slug == "ylai-talaa")
TOPIC_LIST = [
    Topic(int(row["number"]), Name(row["short_ky"], row["short_ru"]), row["emoji"]) for row in _rows(TOPICS)
]
VILLAGE = Village(1, Name("Кара-Дыйкан", "Кара-Дыйкан"))
LONG_NAME = Name("Жогорку Кызыл-Октябрь", "Верхний Кызыл-Октябрь")
LONG_VILLAGE = Village(FAR, LONG_NAME)
TWELVE_VILLAGES = [
    VILLAGE,
    LONG_VILLAGE,
    *(Village(FAR - n, Name("Чоң-Кыштоо", "Чон-Кыштоо")) for n in range(10)),
]
LONG_PLACE = replace(KARA_KULJA, id=FAR, name=LONG_NAME)
LONG_AREA = Name("ө" * LONGEST_AREA, "я" * LONGEST_AREA)
WIDE_PLACE = replace(LONG_PLACE, district=LONG_AREA, oblast=LONG_AREA)
ALL_MEDIA = tuple(
    DraftMedia(kind, FAR + place, is_public=kind.is_public_unasked)
    for place, kind in enumerate((MediaKind.PHOTO, MediaKind.VOICE, MediaKind.LOCATION))
)
# Personal data of every kind, more of them than are named.
TELLING = "тел. 0777 998 877, асан@почта.рф, ИНН 21001198500123, 4539148803436467, " + ", ".join(
    f"0555 11 22 {number}" for number in range(10, 40)
)

THREE_PHOTOS, THREE_VOICES = (
    tuple(DraftMedia(kind, FAR + place, is_public=True) for place in range(3))
    for kind in (MediaKind.PHOTO, MediaKind.VOICE)
)

DRAFT = DraftReport(1, 1, Step.TEXT, False, None, None, None, None, None)
WHOLE = replace(DRAFT, text=PLAIN, village=VILLAGE, topic=TOPIC_LIST[0], who=Sufferers.CHILDREN)
FULL = DraftReport(
    FAR,
    FAR,
    Step.PREVIEW,
    True,
    LONG,
    LONG_VILLAGE,
    TOPIC_LIST[-1],
    (WILD * 9)[:LONGEST_WHO],
    None,
    ALL_MEDIA,
)
DRAFTS = (DRAFT, WHOLE, FULL)
CARD = ProblemCard(1, 1, Wording(PLAIN, "ky"), VILLAGE, None, None, ProblemStatus.SUBMITTED, None, None, 0)
WAITING = ProblemCard(
    id=FAR,
    number=12345,
    wording=Wording(LONG, "ky", LONG, LONG),
    village=LONG_VILLAGE,
    topic=TOPIC_LIST[-1],
    who="ө" * LONGEST_WHO,
    status=ProblemStatus.SUBMITTED,
    decline_reason=None,
    decline_words=None,
    attachments=3,
    supporters=12345,
)
PUBLISHED = replace(WAITING, status=ProblemStatus.PUBLISHED)
DECLINED = replace(
    WAITING,
    status=ProblemStatus.DECLINED,
    decline_reason=DeclineReason.OWN_WORDS,
    decline_words=(WILD * 9)[:LONGEST_REASON],
)
ERASED = replace(DECLINED, wording=Wording("", "ky", is_removed=True), who=None, attachments=0, supporters=0)
DECIDED = (
    PUBLISHED,
    DECLINED,
    *(replace(DECLINED, decline_reason=why, decline_words=None) for why in DeclineReason),
)
OPENED = [voting_deliveries.opened_facts(number, picks, NOW) for number, picks in ((1, 1), (FAR, 10))]

TO_LIST = BrowseProblems(village_id=FAR, topic_id=99, page=999)
LINES = [
    ProblemLine(FAR, 1200 + number, text, status, "🛡️")
    for number, (text, status) in enumerate(
        (text, status) for text in (LONG, UNBROKEN, PLAIN) for status in ProblemStatus
    )
]
NOTHING = ProblemPage((), Page(0, 0, PROBLEMS_A_PAGE))
PAGES = (
    NOTHING,
    ProblemPage(LINES[:1], Page(1, 0, PROBLEMS_A_PAGE)),
    *(ProblemPage(LINES[:PROBLEMS_A_PAGE], Page(2400, page, PROBLEMS_A_PAGE)) for page in (0, 7, 399)),
)

ROUND = OpenRound(1, 3, NOW)
FAR_ROUND = OpenRound(FAR, 10, NOW)
SIXTY = [
    BallotLine(FAR - number, 1200 + number, text[: SHOWN_TEXT + 1])
    for number, text in enumerate((LONG, UNBROKEN, PLAIN) * 20)
]
PAPERS = (
    OpenBallotPaper(1, ROUND, [BallotLine(1, 1, PLAIN), BallotLine(2, 2, PLAIN)], Ballot(3)),
    OpenBallotPaper(1, ROUND, [BallotLine(1, 1, PLAIN), BallotLine(2, 2, PLAIN)], Ballot(1, frozenset({2}))),
    OpenBallotPaper(FAR, FAR_ROUND, SIXTY, Ballot(3)),
    OpenBallotPaper(FAR, FAR_ROUND, SIXTY, Ballot(3, frozenset(line.id for line in SIXTY[:3]))),
    OpenBallotPaper(FAR, FAR_ROUND, SIXTY, Ballot(10, frozenset(line.id for line in SIXTY[:10]))),
)
FACTS = RoundFacts(FAR, 1, Stage.DECIDING, 3, NOW - timedelta(days=7), NOW, None, None, 60)
TURNOUT = [VillageTurnout(village.name, 12345) for village in TWELVE_VILLAGES]
HOMES = (
    Home(VILLAGE.name, VILLAGE.name, 0, False, None, 0),
    Home(VILLAGE.name, VILLAGE.name, 1, False, ROUND, 1),
    Home(LONG_NAME, LONG_NAME, 12345, True, FAR_ROUND, 10, has_offer=True),
)
EVERY_ROLE = frozenset(Role)
