"""Words of the documents: what each is, and how they differ."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.places import Name
from bot.domain.plan import DocumentKind
from bot.features.plan.documents.queries import Paper
from bot.i18n import _, day, fill, named

_NAMES: dict[DocumentKind, Callable[[], str]] = {
    DocumentKind.STRATEGY: lambda: _("Strategy"),
    DocumentKind.PROGRAMME: lambda: _("Programme of development"),
    DocumentKind.PLAN: lambda: _("Joint action plan"),
    DocumentKind.BUDGET: lambda: _("Budget"),
    DocumentKind.CITIZENS_BUDGET: lambda: _("Citizens' budget"),
}
_MEANINGS: dict[DocumentKind, Callable[[], str]] = {
    DocumentKind.STRATEGY: lambda: _("where we want to be in many years"),
    DocumentKind.PROGRAMME: lambda: _("what must be reached in the next years, in results and numbers"),
    DocumentKind.PLAN: lambda: _("what will be done about our problems, by whom, by when, from what money"),
    DocumentKind.BUDGET: lambda: _("how much money there is this year, and what it is for"),
    DocumentKind.CITIZENS_BUDGET: lambda: _("the same budget in plain words"),
}


def kind(which: DocumentKind) -> str:
    return _NAMES[which]()


def documents(place: Name, papers: Sequence[Paper]) -> Markup:
    title = fill(_("📄 <b>Documents: {municipality}</b>"), municipality=named(place))
    there = {each.kind: each for each in papers}
    lines = [_line(each, there.get(each)) for each in DocumentKind]
    return Markup("\n\n").join([title, *lines])


def _line(which: DocumentKind, paper: Paper | None) -> Markup:
    state = fill(_("In the bot since {day}."), day=day(paper.at)) if paper else fill(_("Not in the bot yet."))
    return fill(
        "<b>{name}</b>: {meaning}.\n<i>{state}</i>", name=kind(which), meaning=_MEANINGS[which](), state=state
    )


def label(paper: Paper) -> str:
    return f"📄 {kind(paper.kind)}"


def follow() -> str:
    return _("🔔 Tell me of new ones")


def unfollow() -> str:
    return _("🔕 Do not tell me of new ones")


def follow_toast() -> str:
    return _("You will be told when there is a new document.")


def unfollow_toast() -> str:
    return _("You will not be told of new documents any more.")


def what_is_what() -> str:
    return _("📖 How do they differ?")


def caption(paper: Paper) -> str:
    return f"{kind(paper.kind)}: {_MEANINGS[paper.kind]()}"


def desk(place: Name, papers: Sequence[Paper]) -> Markup:
    return Markup("\n\n").join(
        [documents(place, papers), fill(_("Which one would you like to send? A new one replaces the old."))]
    )


def ask_document(which: DocumentKind) -> Markup:
    return fill(
        _("📎 <b>{name}</b>: {meaning}.\n\nSend it as a file or as a photo. Those who follow will be told."),
        name=kind(which),
        meaning=_MEANINGS[which](),
    )


def saved(which: DocumentKind) -> Markup:
    return fill(_("📄 <b>{name}</b> is published."), name=kind(which))


def to_documents() -> str:
    return _("📄 Documents")


def heard(place: Name, which: DocumentKind) -> Markup:
    return fill(
        _("📄 <b>New document: {name}</b>\n{municipality}: {meaning}."),
        name=kind(which),
        municipality=named(place),
        meaning=_MEANINGS[which](),
    )


def get_it() -> str:
    return _("📄 Get it")
