"""What goes over the wire: a message with a ballot, as long as a real one."""

from typing import Any

FORTY_TWO = {"id": 42, "is_bot": True, "first_name": "BAP", "username": "bap_bench_bot"}
CHOICE = "⬜ {number}. Көпүрө бузулган, балдар…"
LINE = (
    "⬜ <b>{number}.</b> Көпүрө бузулган, балдар мектепке айланып өтүшөт: үч чакырым, "
    "кышында жол тайгак болуп, жаанда суу каптап кетет."
)
TEXT = "\n\n".join(LINE.format(number=number) for number in range(1, 6))
# As a ballot of many problems has: five choices, the turn of the page, and the last button.
LABELS = (
    *[[CHOICE.format(number=number)] for number in range(1, 6)],
    ["⬅️", "1 / 4", "➡️"],
    ["Бүттү"],
)
KEYBOARD = {
    "inline_keyboard": [[{"text": label, "callback_data": "cast:1:1:0:1"} for label in row] for row in LABELS]
}
MESSAGE: dict[str, Any] = {
    "message_id": 7,
    "date": 1_700_000_000,
    "edit_date": 1_700_000_100,
    "chat": {"id": 1, "type": "private", "first_name": "Voter"},
    "from": FORTY_TWO,
    "text": TEXT,
    "reply_markup": KEYBOARD,
}
