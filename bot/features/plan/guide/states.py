"""What is awaited from whoever changes the calendar."""

from bot.domain.year import YearStep

# Days of a step of the year; `awaiting_id` is the municipality.
DAYS: dict[str, YearStep] = {f"calendar:{step}": step for step in YearStep}


def days_awaited(step: YearStep) -> str:
    return next(name for name, meant in DAYS.items() if meant is step)
