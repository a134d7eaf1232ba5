"""Words of invitations."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.clock import BISHKEK
from bot.domain.places import Name
from bot.domain.refusals import (
    InviteExpired,
    InviteUnknown,
    InviteUsed,
    InviteWithdrawn,
    NotTheHead,
    OwnRole,
    Refusal,
    RoleOfHead,
)
from bot.domain.roles import Role
from bot.i18n import _, fill, named
from bot.telegram.role_texts import role_name


def welcome(role: Role, municipality: Name) -> Markup:
    return fill(
        _("<b>Welcome!</b>\nYour role: <b>{role}</b>\nMunicipality: <b>{municipality}</b>"),
        role=role_name(role),
        municipality=named(municipality),
    )


def unknown(_refusal: Refusal) -> str:
    return _("This invitation is not known. Please ask for a new link.")


def expired(_refusal: Refusal) -> str:
    return _("This invitation is too old. Please ask for a new link.")


def used(_refusal: Refusal) -> str:
    return _("Somebody else has used this invitation. Please ask for a new link.")


def withdrawn(refusal: InviteWithdrawn) -> str:
    words = _(
        "You accepted this invitation before. Your role ({role}) was taken away on {day}. "
        "Please ask for a new link."
    )
    day = f"{refusal.withdrawn_at.astimezone(BISHKEK):%d.%m.%Y}"
    return words.format(role=role_name(Role(refusal.role)), day=day)


def not_the_head(_refusal: Refusal) -> str:
    return _("Only the head of the municipality's staff takes roles away.")


def own_role(_refusal: Refusal) -> str:
    return _("You cannot take away your own role.")


def role_of_head(_refusal: Refusal) -> str:
    return _("This person is a head, too. Only the operator takes a head's role away.")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {
    InviteUnknown: unknown,
    InviteExpired: expired,
    InviteUsed: used,
    InviteWithdrawn: withdrawn,
    NotTheHead: not_the_head,
    OwnRole: own_role,
    RoleOfHead: role_of_head,
}
