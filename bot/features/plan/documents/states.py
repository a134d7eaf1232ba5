"""What is awaited from whoever keeps the documents."""

from bot.domain.plan import DocumentKind

# A file or a photo of that kind; `awaiting_id` is the municipality.
KINDS: dict[str, DocumentKind] = {f"document:{kind}": kind for kind in DocumentKind}


def kind_awaited(kind: DocumentKind) -> str:
    return next(name for name, meant in KINDS.items() if meant is kind)
