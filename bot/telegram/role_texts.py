"""How roles are called, wherever one is named, offered or taken away."""

from collections.abc import Callable
from typing import NamedTuple

from bot.domain.roles import Role
from bot.i18n import _


class _Words(NamedTuple):
    """Of a role: its name, the short one beside a number, its workplace on a button and in the menu of
    commands, and what ends for whoever it is taken away from.
    """

    name: Callable[[], str]
    short: Callable[[], str]
    workplace: Callable[[], str]
    ending: Callable[[], str]
    command: Callable[[], str] = str


_ROLES: dict[Role, _Words] = {
    Role.FACILITATOR: _Words(
        name=lambda: _("facilitator"),
        short=lambda: _("facilitator"),
        workplace=lambda: _("🛠 Desk"),
        command=lambda: _("The facilitator's desk"),
        ending=lambda: _(
            "The desk closes for this person at once. The report before them goes back to the queue. "
            "What they published and began stays."
        ),
    ),
    Role.OFFICER: _Words(
        name=lambda: _("officer of the municipality"),
        short=lambda: _("officer"),
        workplace=lambda: _("🏢 The office"),
        command=lambda: _("The officer's office"),
        ending=lambda: _(
            "The office closes for this person at once. Their unused codes for groups no longer work. "
            "Linked groups, hearings and drafts stay."
        ),
    ),
    Role.MONITOR: _Words(
        name=lambda: _("member of the monitoring group"),
        short=lambda: _("monitoring group"),
        workplace=lambda: _("🔍 Check what is done"),
        ending=lambda: _("This person can no longer check measures. What they have said of measures stays."),
    ),
}


def role_name(role: Role) -> str:
    return _ROLES[role].name()


def short_name(role: Role) -> str:
    return _ROLES[role].short()


def workplace(role: Role) -> str:
    return _ROLES[role].workplace()


def what_ends(role: Role) -> str:
    return _ROLES[role].ending()


def command(role: Role) -> str:
    """The line of the menu; empty for a role that has none."""
    return _ROLES[role].command()
