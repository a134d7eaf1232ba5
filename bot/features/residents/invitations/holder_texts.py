"""Words about those who hold roles."""

from datetime import datetime

from markupsafe import Markup

from bot.domain.clock import BISHKEK
from bot.domain.places import Name
from bot.domain.roles import Role
from bot.features.residents.invitations.holder_queries import HolderPage, RoleHolder
from bot.i18n import _, fill, named
from bot.telegram.role_texts import role_name, short_name, what_ends


def holders(found: HolderPage) -> Markup:
    return Markup("\n\n").join(
        [
            fill(_("🔑 <b>Who holds a role</b>\n{municipality}"), municipality=named(found.municipality)),
            *(_line(each, found.viewer_id) for each in found.holders),
            _who_withdraws(by_head=found.by_head),
        ]
    )


def _who_withdraws(*, by_head: bool) -> Markup:
    if by_head:
        return fill(_("You are the head: you can take a role away here."))
    return fill(_("The head of the municipality's staff can take a role away here."))


def _line(holder: RoleHolder, viewer_id: int) -> Markup:
    marks = [_("the head")] if holder.is_head else []
    marks += [_("you")] if holder.resident_id == viewer_id else []
    who = fill("<b>{who}</b>", who=called(holder))
    lines = [fill("{line}", line=each) for each in (_since(holder.since), last_act(holder.last_act))]
    return Markup("\n").join([Markup(" · ").join([who, *marks]), *lines])


def _since(at: datetime) -> str:
    return _("Role given: {day}").format(day=figures(at))


def last_act(at: datetime | None) -> str:
    return _("Last act: {day}").format(day=figures(at)) if at else _("No act yet")


def called(holder: RoleHolder) -> str:
    """A role and a number, as in the history."""
    return f"{short_name(holder.role)} {holder.number}"


def figures(at: datetime) -> str:
    return f"{at.astimezone(BISHKEK):%d.%m.%Y}"


def withdraw(holder: RoleHolder) -> str:
    """The number first, for a long role is cut off."""
    return _("Take away: {number}, {role}").format(number=holder.number, role=short_name(holder.role))


def about_to_withdraw(holder: RoleHolder) -> Markup:
    return Markup("\n\n").join(
        [
            fill(
                _("<b>Take this role away?</b>\n{who}, {municipality}"),
                who=called(holder),
                municipality=named(holder.municipality),
            ),
            fill("{words}", words=what_ends(holder.role)),
            fill(_("The person is told. Only a new invitation gives the role back.")),
        ]
    )


def yes_withdraw() -> str:
    return _("Yes, take it away")


def withdrawn() -> str:
    return _("The role was taken away.")


def heard_withdrawn(role: Role, municipality: Name) -> Markup:
    words = _(
        "🔑 You no longer hold this role: <b>{role}</b>, {municipality}.\n\n"
        "Thank you for your work. As a resident you can do all that you could before: "
        "report problems, vote, ask questions. If this is a mistake, ask in your municipality."
    )
    return fill(words, role=role_name(role), municipality=named(municipality))
