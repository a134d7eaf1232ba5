"""Buttons of the municipality's documents."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.plan import DocumentKind


class OpenDocuments(CallbackData, prefix="docs"):
    """Of one's own municipality."""


class SendDocument(CallbackData, prefix="docget"):
    document_id: int


class FollowDocuments(CallbackData, prefix="docfol"):
    on: bool


class OpenDocumentDesk(CallbackData, prefix="docdesk"):
    municipality_id: int


class AskDocument(CallbackData, prefix="docask"):
    municipality_id: int
    kind: DocumentKind
