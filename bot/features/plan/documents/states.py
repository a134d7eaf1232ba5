"""What is awaited from whoever keeps the documents."""

# A file or a photo of a kind, which follows; `awaiting_id` is the municipality.
DOCUMENT = "document:"
