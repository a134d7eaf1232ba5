"""A day as people write it, in five ways and more."""

from datetime import date

from babel.dates import get_day_names, get_month_names


def written(day: date, *, today: date) -> list[str]:
    """Without a time of day; the last ones tell it from `today`."""
    russian, kyrgyz = (
        get_month_names("wide", context="format", locale=language)[day.month] for language in ("ru", "ky")
    )
    weekday = get_day_names("wide", context="format", locale="ky")[day.weekday()]
    away = (day - today).days
    told = f"через {away} дней" if away > 0 else f"{-away} күн мурун"
    return [
        f"{day:%d.%m}",
        f"{day:%d.%m.%Y} г.",
        f"{day:%Y-%m-%d}",
        f"{day:%d/%m/%y}",
        f"{day.day} {russian}",
        f"{day.day}-{kyrgyz}",
        f"{day.day}-{kyrgyz}, {weekday}",
        told,
    ]
