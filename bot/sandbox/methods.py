"""The methods of the Bot API that the sandbox speaks, without HTTP."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox import rules
from bot.sandbox.limits import Limits, Pace
from bot.sandbox.people import Message, Person
from bot.sandbox.refused import ApiError, BadRequest, Conflict, Forbidden, NotFound, Unauthorized
from bot.sandbox.rules import as_json
from bot.sandbox.world import BOT, StoredFile, World

Params = dict[str, Any]
Files = dict[str, StoredFile]
Method = Callable[["BotApi", Params, Files], Awaitable[Any]]
MOST_UPDATES = 100
LONGEST_POLL = 50
METHODS: dict[str, Method] = {}
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def method(name: str) -> Callable[[Method], Method]:
    """Register a method under its Bot API name; names are compared without regard to case."""

    def register(function: Method) -> Method:
        METHODS[name.lower()] = function
        return function

    return register


class BotApi:
    """Answers calls as Telegram would: the same results, the same refusals."""

    def __init__(self, world: World, limits: Limits | None = None) -> None:
        self.world = world
        self._pace = Pace(limits) if limits else None

    async def call(self, token: str, name: str, params: Params, files: Files | None = None) -> dict[str, Any]:
        """The Bot API's envelope: ``{"ok": true, "result": ...}`` or an error with its description."""
        try:
            _check_token(token)
            if name.lower() not in METHODS:
                raise NotFound("method not found")
            if self._pace and name.lower().startswith(("send", "edit", "copy", "forward")):
                self._pace.spend(str(params.get("chat_id", "")), time.monotonic())
            result = await METHODS[name.lower()](self, params, files or {})
        except ApiError as error:
            return error.envelope()
        self.world.changed()
        return {"ok": True, "result": result}

    def person(self, params: Params) -> Person:
        """The person a message is for; refuses strangers and those who have blocked the bot."""
        try:
            person = self.world.people[int(params.get("chat_id", 0))]
        except (KeyError, ValueError):
            raise BadRequest("chat not found") from None
        if person.blocked:
            raise Forbidden("bot was blocked by the user")
        if not person.started:
            raise Forbidden("bot can't initiate conversation with a user")
        return person

    def message(self, params: Params, purpose: str) -> Message:
        person = self.person(params)
        found = self.world.chats[person.id].get(int(params.get("message_id") or 0))
        if found is None:
            raise BadRequest(f"message to {purpose} not found")
        return found

    def file(self, given: Any, files: Files, fallback: str, mime: str) -> dict[str, Any]:
        """A file of a call: uploaded with it, or one that was sent before."""
        name = str(given or "").removeprefix("attach://")
        if name in files:
            upload = files[name]
            return {
                **self.world.keep_file(upload.name or fallback, upload.mime or mime, upload.content),
                "file_name": upload.name or fallback,
            }
        if name in self.world.files:
            kept = self.world.files[name]
            numbers = {"file_id": name, "file_unique_id": f"u{name}", "file_size": len(kept.content)}
            return {**numbers, "file_name": kept.name}
        raise BadRequest("wrong file identifier/HTTP URL specified")

    def said(self, person: Person, params: Params, **content: Any) -> dict[str, Any]:
        """A new message of the bot."""
        markup = rules.checked_markup(params.get("reply_markup"))
        message = self.world.new_message(person.id, from_bot=True, markup=markup, **content)
        return self.world.as_api(message)

    def edited(self, message: Message, params: Params, **content: Any) -> dict[str, Any]:
        before = message.content()
        if not message.from_bot:
            raise BadRequest("message can't be edited")
        for field, value in content.items():
            setattr(message, field, value)
        message.markup = rules.checked_markup(params.get("reply_markup"))
        if message.content() == before:
            raise BadRequest(UNCHANGED)
        message.edited = int(time.time())
        return self.world.as_api(message)


def _check_token(token: str) -> None:
    number, _, secret = token.partition(":")
    if not number.isdigit() or not secret:
        raise Unauthorized("")


@method("getMe")
async def get_me(_api: BotApi, _params: Params, _files: Files) -> Any:
    return {
        **BOT,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
    }


@method("getUpdates")
async def get_updates(api: BotApi, params: Params, _files: Files) -> Any:
    if api.world.webhook.get("url"):
        raise Conflict("can't use getUpdates method while webhook is active; use deleteWebhook first")
    world, offset = api.world, int(params.get("offset") or 0)
    limit = min(max(int(params.get("limit") or MOST_UPDATES), 1), MOST_UPDATES)
    if offset:
        world.confirm(offset)
    seconds = min(int(params.get("timeout") or 0), LONGEST_POLL)
    if seconds:
        await world.wait(lambda: bool(_allowed(world, params)), seconds)
    return _allowed(world, params)[:limit]


def _allowed(world: World, params: Params) -> list[dict[str, Any]]:
    kinds = set(as_json(params.get("allowed_updates")) or ())
    offset = int(params.get("offset") or 0)
    return [
        update
        for update in world.updates
        if update["update_id"] >= offset and (not kinds or kinds & update.keys())
    ]


@method("setWebhook")
async def set_webhook(api: BotApi, params: Params, _files: Files) -> Any:
    url = str(params.get("url") or "")
    api.world.webhook = {"url": url, "secret_token": params.get("secret_token")} if url else {}
    return True


@method("deleteWebhook")
async def delete_webhook(api: BotApi, _params: Params, _files: Files) -> Any:
    api.world.webhook = {}
    return True


@method("getWebhookInfo")
async def get_webhook_info(api: BotApi, _params: Params, _files: Files) -> Any:
    waiting = len(api.world.updates)
    url = api.world.webhook.get("url", "")
    return {"url": url, "has_custom_certificate": False, "pending_update_count": waiting}


@method("sendMessage")
async def send_message(api: BotApi, params: Params, _files: Files) -> Any:
    person = api.person(params)
    text, entities = rules.checked_text(params)
    return api.said(person, params, text=text, entities=entities)


@method("editMessageText")
async def edit_message_text(api: BotApi, params: Params, _files: Files) -> Any:
    message = api.message(params, "edit")
    if message.text is None:
        raise BadRequest("there is no text in the message to edit")
    text, entities = rules.checked_text(params)
    return api.edited(message, params, text=text, entities=entities)


@method("editMessageCaption")
async def edit_message_caption(api: BotApi, params: Params, _files: Files) -> Any:
    message = api.message(params, "edit")
    if message.kind is None or message.kind == "location":
        raise BadRequest("there is no caption in the message to edit")
    caption, entities = rules.checked_caption(params)
    return api.edited(message, params, caption=caption, caption_entities=entities)


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(api: BotApi, params: Params, _files: Files) -> Any:
    return api.edited(api.message(params, "edit"), params)


@method("deleteMessage")
async def delete_message(api: BotApi, params: Params, _files: Files) -> Any:
    message = api.message(params, "delete")
    del api.world.chats[message.chat_id][message.message_id]
    return True


@method("answerCallbackQuery")
async def answer_callback_query(api: BotApi, params: Params, _files: Files) -> Any:
    callback = api.world.callbacks.get(str(params.get("callback_query_id")))
    if callback is None or callback.answered is not None:
        raise BadRequest(TOO_OLD)
    text = str(params.get("text") or "")
    if len(text) > rules.LONGEST_ANSWER:
        raise BadRequest("MESSAGE_TOO_LONG")
    alert = str(params.get("show_alert", "")).lower() in {"true", "1"}
    callback.answered = {"text": text, "show_alert": alert}
    return True


@method("sendPhoto")
async def send_photo(api: BotApi, params: Params, files: Files) -> Any:
    person = api.person(params)
    size = {**api.file(params.get("photo"), files, "photo.jpg", "image/jpeg"), "width": 800, "height": 600}
    return _captioned(api, person, params, "photo", [size])


@method("sendVoice")
async def send_voice(api: BotApi, params: Params, files: Files) -> Any:
    person = api.person(params)
    voice = {**api.file(params.get("voice"), files, "voice.ogg", "audio/ogg"), "duration": 3}
    return _captioned(api, person, params, "voice", voice)


@method("sendDocument")
async def send_document(api: BotApi, params: Params, files: Files) -> Any:
    person = api.person(params)
    document = api.file(params.get("document"), files, "document", "application/octet-stream")
    return _captioned(api, person, params, "document", document)


def _captioned(api: BotApi, person: Person, params: Params, kind: str, media: Any) -> Any:
    caption, entities = rules.checked_caption(params)
    return api.said(
        person, params, kind=kind, media=media, caption=caption or None, caption_entities=entities
    )


@method("sendLocation")
async def send_location(api: BotApi, params: Params, _files: Files) -> Any:
    person = api.person(params)
    place = {"latitude": float(params["latitude"]), "longitude": float(params["longitude"])}
    return api.said(person, params, kind="location", media=place)


@method("sendChatAction")
async def send_chat_action(api: BotApi, params: Params, _files: Files) -> Any:
    api.person(params)
    return True


@method("getFile")
async def get_file(api: BotApi, params: Params, _files: Files) -> Any:
    file_id = str(params.get("file_id"))
    if file_id not in api.world.files:
        raise BadRequest("wrong file_id or the file is temporarily unavailable")
    kept = api.world.files[file_id]
    return {
        "file_id": file_id,
        "file_unique_id": f"u{file_id}",
        "file_size": len(kept.content),
        "file_path": file_id,
    }


@method("setMyCommands")
async def set_my_commands(api: BotApi, params: Params, _files: Files) -> Any:
    api.world.commands[_menu_key(params)] = rules.checked_commands(params.get("commands"))
    return True


@method("getMyCommands")
async def get_my_commands(api: BotApi, params: Params, _files: Files) -> Any:
    return api.world.commands.get(_menu_key(params), [])


@method("deleteMyCommands")
async def delete_my_commands(api: BotApi, params: Params, _files: Files) -> Any:
    api.world.commands.pop(_menu_key(params), None)
    return True


def _menu_key(params: Params) -> str:
    scope = as_json(params.get("scope")) or {"type": "default"}
    return f"{scope['type']}:{scope.get('chat_id', '')}:{params.get('language_code') or ''}"


def menu_of(world: World, person: Person) -> list[dict[str, str]]:
    """The commands a person is offered: the narrowest scope wins, and in it their own language."""
    for scope in (f"chat:{person.id}", "all_private_chats:", "default:"):
        for language in (person.language_code, ""):
            if found := world.commands.get(f"{scope}:{language}"):
                return found
    return []


@method("getChat")
async def get_chat(api: BotApi, params: Params, _files: Files) -> Any:
    return {**api.person(params).as_chat(), "accent_color_id": 0, "max_reaction_count": 11}


async def _nothing_to_see(_api: BotApi, _params: Params, _files: Files) -> Any:
    return True


for _name in (
    "logOut",
    "close",
    "setChatMenuButton",
    "setMyDescription",
    "setMyShortDescription",
    "setMyName",
):
    METHODS[_name.lower()] = _nothing_to_see
