"""What people write and send out of the blue is offered as a problem and never lost."""

from sqlalchemy import select

from bot.db.models import Attachment
from bot.features.problems import texts
from bot.sandbox.demo import PICTURE
from tests.features.people import NEED
from tests.features.records import problems, rows
from tests.features.wording import worded
from tests.stage import Stage

BLUE = "Зимой в школе холодно, котёл не работает уже месяц"
