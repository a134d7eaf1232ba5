"""Words of being forgotten: what will happen, before it does."""

from markupsafe import Markup

from bot.domain.places import Name
from bot.domain.roles import Role
from bot.features.residents.erasure.queries import Traces
from bot.i18n import _, fill, named, ngettext, number
from bot.telegram.role_texts import role_name


def what_will_happen(traces: Traces) -> Markup:
    title = fill(_("🗑 <b>Forget me</b>\nIf you wish, we delete what we know of you. This will happen:"))
    counted = [*_of_problems(traces), *_of_taking_part(traces)]
    lines = [words.format(count=number(count)) for count, words in counted if count]
    lines += _of_everybody(traces)
    return Markup("\n\n").join([title, Markup("\n").join(map(_line, lines)), _in_the_end()])


def _in_the_end() -> Markup:
    """What is said to everybody, whatever they leave behind."""
    remembered = _(
        "For 30 days we keep a coded mark of your Telegram number, so that nothing is counted twice if you "
        "come back. Nobody can read the number from it."
    )
    return fill("{remembered}\n{end}", remembered=remembered, end=_("It cannot be undone."))


def _line(words: str) -> Markup:
    return fill("• {words}", words=words)


def _of_problems(traces: Traces) -> list[tuple[int, str]]:
    """How many of this person's own it concerns, and what becomes of them."""
    return [
        (
            traces.reports,
            ngettext(
                "{count} problem of yours stays, but nobody can tell any more that it is yours.",
                "{count} problems of yours stay, but nobody can tell any more that they are yours.",
                traces.reports,
            ),
        ),
        (
            traces.bare,
            ngettext(
                "{count} of them is not published: its photo and voice message are deleted.",
                "{count} of them are not published: their photos and voice messages are deleted.",
                traces.bare,
            ),
        ),
        (
            traces.wordless,
            ngettext(
                "{count} unpublished problem without written words is deleted entirely.",
                "{count} unpublished problems without written words are deleted entirely.",
                traces.wordless,
            ),
        ),
    ]


def _of_taking_part(traces: Traces) -> list[tuple[int, str]]:
    return [
        (
            traces.supported,
            ngettext(
                "You still count at {count} problem that you support, without a name.",
                "You still count at {count} problems that you support, without a name.",
                traces.supported,
            ),
        ),
        (
            traces.picks,
            ngettext(
                "{count} choice of yours in the open vote is withdrawn.",
                "{count} choices of yours in the open vote are withdrawn.",
                traces.picks,
            ),
        ),
        (
            traces.answers,
            ngettext(
                "Your answer to {count} hearing is deleted.",
                "Your answers to {count} hearings are deleted.",
                traces.answers,
            ),
        ),
        (
            traces.questions,
            ngettext(
                "{count} question or proposal to a hearing stays, without a name.",
                "{count} questions and proposals to hearings stay, without a name.",
                traces.questions,
            ),
        ),
    ]


def _of_everybody(traces: Traces) -> list[str]:
    lines = [_("What you have begun to write is deleted.")] if traces.drafts else []
    lines += [role_returned(role, name) for role, name in traces.roles]
    return [*lines, _("Your village, your language and your settings are deleted. We write to you no more.")]


def role_returned(role: Role, name: Name) -> str:
    words = _("You give back your role: {role}, {municipality}.")
    return words.format(role=role_name(role), municipality=named(name))


def forget_me() -> str:
    return _("🗑 Forget me")


def are_you_sure() -> Markup:
    return fill(_("🗑 <b>Shall we really forget you?</b>\nIt happens at once and cannot be undone."))


def yes_forget_me() -> str:
    return _("Yes, forget me")


def goodbye() -> Markup:
    return fill(
        _(
            "<b>You are forgotten.</b>\nThank you for having taken part. "
            "If you ever want to come back, press the button: we begin anew."
        )
    )


def begin_anew() -> str:
    return _("Begin anew")
