"""What is awaited from whoever changes the calendar."""

# Days of a step of the year, which follows; `awaiting_id` is the municipality.
DAYS = "calendar:"
