"""The clock that all municipalities live by."""

from zoneinfo import ZoneInfo

BISHKEK = ZoneInfo("Asia/Bishkek")
