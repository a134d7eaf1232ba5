"""Words of invitations."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.places import Name
from bot.domain.refusals import InviteExpired, InviteUnknown, InviteUsed, Refusal
from bot.domain.roles import Role
from bot.i18n import _, fill, named


def welcome(role: Role, municipality: Name) -> Markup:
    return fill(
        _("<b>Welcome!</b>\nYour role: <b>{role}</b>\nMunicipality: <b>{municipality}</b>"),
        role=role_name(role),
        municipality=named(municipality),
    )


def role_name(role: Role) -> str:
    return {
        Role.FACILITATOR: _("facilitator"),
        Role.OFFICER: _("officer of the municipality"),
        Role.MONITOR: _("member of the monitoring group"),
    }[role]


def desk() -> str:
    return _("🛠 Desk")


def unknown(_refusal: Refusal) -> str:
    return _("This invitation is not known. Please ask for a new link.")


def expired(_refusal: Refusal) -> str:
    return _("This invitation is too old. Please ask for a new link.")


def used(_refusal: Refusal) -> str:
    return _("Somebody else has used this invitation. Please ask for a new link.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    InviteUnknown: unknown,
    InviteExpired: expired,
    InviteUsed: used,
}
