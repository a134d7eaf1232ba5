"""The documents, screen by screen."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.places import Name
from bot.domain.plan import DocumentKind
from bot.features.plan.documents import texts
from bot.features.plan.documents.callbacks import (
    AskDocument,
    FollowDocuments,
    OpenDocumentDesk,
    OpenDocuments,
    SendDocument,
)
from bot.features.plan.documents.queries import Paper
from bot.features.plan.drafting.callbacks import OpenPlanning
from bot.features.plan.guide.callbacks import OpenLesson
from bot.telegram import texts as common
from bot.telegram.navigation import fewer_button, home_button
from bot.telegram.screen import Row, Screen, button, stacked


def documents(place: Name, papers: Sequence[Paper], *, follows: bool) -> Screen:
    labels = [button(texts.label(each), SendDocument(document_id=each.id)) for each in papers]
    words = texts.unfollow() if follows else texts.follow()
    return Screen(
        texts.documents(place, papers),
        [
            *stacked(labels),
            [button(words, FollowDocuments(on=not follows))],
            [button(texts.what_is_what(), OpenLesson(card=0))],
            [home_button()],
        ],
    )


def desk(municipality_id: int, place: Name, papers: Sequence[Paper]) -> Screen:
    labels = [
        button(texts.kind(each), AskDocument(municipality_id=municipality_id, kind=each))
        for each in DocumentKind
    ]
    back = button(common.back(), OpenPlanning(municipality_id=municipality_id))
    return Screen(texts.desk(place, papers), [*stacked(labels), [back, home_button()]])


def ask_document(municipality_id: int, kind: DocumentKind) -> Screen:
    return Screen(texts.ask_document(kind), [_to_desk(municipality_id)])


def saved(municipality_id: int, kind: DocumentKind) -> Screen:
    return Screen(
        texts.saved(kind),
        [[button(texts.to_documents(), OpenDocuments())], _to_desk(municipality_id)],
    )


def _to_desk(municipality_id: int) -> Row:
    back = button(common.back(), OpenDocumentDesk(municipality_id=municipality_id))
    return [back, home_button()]


def heard_document(facts: Mapping[str, Any]) -> Screen:
    return Screen(
        texts.heard(Name(*facts["municipality"]), DocumentKind(facts["kind"])),
        [
            [button(texts.get_it(), SendDocument(document_id=facts["document_id"]))],
            [fewer_button()],
        ],
    )
