"""What is awaited from an officer who announces a hearing."""

# The question follows, for example "hearing.topic".
LINE = "hearing."
CANCEL_REASON = "cancel hearing"
