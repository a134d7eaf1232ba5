"""The door to the sandbox's Bot API: one call in, Telegram's envelope out. No HTTP."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox import rules
from bot.sandbox.limits import Limits, Pace
from bot.sandbox.people import Group, Message, Person
from bot.sandbox.pictures import size_of
from bot.sandbox.refused import ApiError, BadRequest, Forbidden, NotFound, Unauthorized
from bot.sandbox.rules import as_json
from bot.sandbox.state import BOT, StoredFile
from bot.sandbox.world import World

Params = dict[str, Any]
Files = dict[str, StoredFile]
Method = Callable[["BotApi", Params, Files], Awaitable[Any]]
METHODS: dict[str, Method] = {}
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
PACED = ("send", "edit", "copy", "forward")


def method(name: str) -> Callable[[Method], Method]:
    """Register a method under its Bot API name; names are compared without regard to case."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register


NOT_A_MEMBER = "bot is not a member of the group chat"


class BotApi:
    """Answers calls as Telegram would: the same results, the same refusals."""

    def __init__(self, world: World, limits: Limits | None = None) -> None:
        self.world = world
        self.pace = Pace(limits)
        # The number of the newest getUpdates call: an older one that still waits gives way to it.
        self.newest_poll = 0

    async def call(self, token: str, name: str, params: Params, files: Files | None = None) -> dict[str, Any]:
        """The Bot API's envelope: ``{"ok": true, "result": ...}`` or an error with its description."""
        name = name.lower()
        try:
            _check_token(token)
            if name not in METHODS:
                raise NotFound("")
            self._spend(name, params)
            result = await METHODS[name](self, params, files or {})
        except ApiError as error:
            return error.envelope()
        # Whoever only asks changes nothing that would have to be shown or saved.
        if not name.startswith("get"):
            self.world.changed()
        return {"ok": True, "result": result}

    def _spend(self, name: str, params: Params) -> None:
        """Judge the pace before anything else, as Telegram does: what it will refuse anyway counts, too."""
        if not name.startswith(PACED) or name == "sendchataction":
            return
        count = len(as_json(params.get("media")) or [""]) if name == "sendmediagroup" else 1
        chat_id, is_edit = number(params, "chat_id"), name.startswith("edit")
        self.pace.spend(chat_id, time.monotonic(), count=count, is_edit=is_edit)

    def chat(self, params: Params, field: str = "chat_id") -> Person | Group:
        """The chat a message is for; refuses strangers and those who have blocked the bot."""
        try:
            chat = self.world.chat(number(params, field))
        except KeyError:
            raise BadRequest("chat not found") from None
        if isinstance(chat, Person) and chat.gone:
            raise Forbidden("user is deactivated")
        if chat.blocked:
            away = "bot was blocked by the user" if isinstance(chat, Person) else NOT_A_MEMBER
            raise Forbidden(away)
        if not chat.started:
            raise Forbidden("bot can't initiate conversation with a user")
        return chat

    def message(self, params: Params, purpose: str, chat_field: str = "chat_id") -> Message:
        chat = self.chat(params, chat_field)
        found = self.world.chats[chat.id].get(number(params, "message_id"))
        if found is None:
            raise BadRequest(f"message to {purpose} not found")
        return found

    def file(self, given: Any, files: Files, fallback: str, mime: str) -> dict[str, Any]:
        """A file of a call: uploaded with it, or one that was sent before."""
        name = str(given or "").removeprefix("attach://")
        if name in files:
            upload = files[name]
            kind = upload.mime or mime
            kept = self.world.keep_file(upload.name or fallback, kind, upload.content)
            return {**kept, "file_name": upload.name or fallback, "mime_type": kind}
        if name in self.world.files:
            stored = self.world.files[name]
            numbers = {"file_id": name, "file_unique_id": f"u{name[-12:]}", "file_size": len(stored.content)}
            return {**numbers, "file_name": stored.name, "mime_type": stored.mime}
        raise BadRequest("wrong file identifier/HTTP URL specified")

    def photo(self, given: Any, files: Files) -> list[dict[str, Any]]:
        """The sizes of a photo; refuses an upload that is no picture."""
        name = str(given or "").removeprefix("attach://")
        if name in files:
            if size_of(files[name].content) is None:
                raise BadRequest("IMAGE_PROCESS_FAILED")
            return self.world.keep_photo(files[name].name, "image/jpeg", files[name].content)
        found = self.file(given, files, "photo.jpg", "image/jpeg")
        width, height = size_of(self.world.files[name].content) or (800, 600)
        numbers = {key: found[key] for key in ("file_id", "file_unique_id", "file_size")}
        return [{**numbers, "width": width, "height": height}]

    def said(self, chat: Person | Group, params: Params, **content: Any) -> dict[str, Any]:
        """A new message of the bot."""
        markup = rules.checked_markup(params.get("reply_markup"))
        reply_to = self._replied(chat, params)
        message = self.world.new_message(chat.id, from_bot=True, markup=markup, reply_to=reply_to, **content)
        return self.world.as_api(message)

    def _replied(self, chat: Person | Group, params: Params) -> int | None:
        reply = as_json(params.get("reply_parameters")) or {}
        wanted = reply.get("message_id") or number(params, "reply_to_message_id")
        if not wanted:
            return None
        if int(wanted) in self.world.chats[chat.id]:
            return int(wanted)
        if truth(reply.get("allow_sending_without_reply") or params.get("allow_sending_without_reply")):
            return None
        raise BadRequest("message to be replied not found")

    def edited(self, message: Message, params: Params, **content: Any) -> dict[str, Any]:
        """A message of the bot with new content; refused unless something really changes."""
        if not message.from_bot or (message.markup and "inline_keyboard" not in message.markup):
            raise BadRequest("message can't be edited")
        markup = rules.checked_markup(params.get("reply_markup"))
        if markup and "inline_keyboard" not in markup:
            raise BadRequest("inline keyboard expected")
        before = message.content()
        for field, value in {**content, "markup": markup}.items():
            setattr(message, field, value)
        if message.content() == before:
            raise BadRequest(UNCHANGED)
        message.edited = int(time.time())
        return self.world.as_api(message)


def number(params: Params, field: str) -> int:
    """A whole number of a call; 0 where it is missing or no number."""
    try:
        return int(params.get(field) or 0)
    except (TypeError, ValueError):
        return 0


def decimal(params: Params, field: str) -> float:
    try:
        return float(params[field])
    except (KeyError, TypeError, ValueError):
        raise BadRequest(f"{field} is empty") from None


def truth(value: Any) -> bool:
    """A yes or no, which forms spell in several ways."""
    return str(value).lower() in {"true", "1", "yes", "t"}


def _check_token(token: str) -> None:
    """Anybody may make up the secret, which here guards nothing; but only one bot lives here."""
    bot_id, _, secret = token.partition(":")
    if bot_id != str(BOT["id"]) or not secret:
        raise Unauthorized("")
