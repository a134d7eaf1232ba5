"""What an invited person sees."""

from bot.domain.places import Name
from bot.domain.roles import Role
from bot.features.moderation.callbacks import OpenDesk
from bot.features.roles import texts
from bot.features.start.callbacks import GoHome
from bot.telegram import texts as common
from bot.telegram.screen import Row, Screen, button


def welcome(role: Role, municipality: Name, *, is_settled: bool) -> Screen:
    """A newcomer still has a language and a village to choose; the rest go straight to work."""
    if not is_settled:
        return Screen(texts.welcome(role, municipality), [[button(common.go_on(), GoHome())]])
    rows: list[Row] = [[button(texts.desk(), OpenDesk())]] if role is Role.FACILITATOR else []
    return Screen(texts.welcome(role, municipality), [*rows, [button(common.home(), GoHome())]])
