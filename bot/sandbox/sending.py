"""The methods that write a new message."""

import secrets
import time
from typing import Any

from bot.sandbox import rules
from bot.sandbox.api import BotApi, Files, Params, decimal, method, number, truth
from bot.sandbox.people import Message
from bot.sandbox.refused import BadRequest
from bot.sandbox.rules import as_json
from bot.sandbox.state import BOT

MOST_IN_ALBUM = 10
WITH_CAPTION = ("photo", "voice", "document", "audio", "video")


@method("sendMessage")
async def send_message(api: BotApi, params: Params, _files: Files) -> Any:
    chat = api.chat(params)
    text, entities = rules.checked_text(params)
    return api.said(chat, params, text=text, entities=entities)


@method("sendPhoto")
async def send_photo(api: BotApi, params: Params, files: Files) -> Any:
    return _captioned(api, params, files, "photo")


@method("sendVoice")
async def send_voice(api: BotApi, params: Params, files: Files) -> Any:
    return _captioned(api, params, files, "voice")


@method("sendDocument")
async def send_document(api: BotApi, params: Params, files: Files) -> Any:
    return _captioned(api, params, files, "document")


def _captioned(api: BotApi, params: Params, files: Files, kind: str, **more: Any) -> Any:
    chat = api.chat(params)
    content = captioned_content(api, params, files, kind)
    return api.said(chat, params, **content, **more)


def captioned_content(api: BotApi, params: Params, files: Files, kind: str) -> dict[str, Any]:
    """What a message with a file holds; also what an edit puts in its place."""
    caption, entities = rules.checked_caption(params)
    media = medium(api, params, files, kind)
    return {"kind": kind, "media": media, "caption": caption or None, "caption_entities": entities}


def medium(api: BotApi, params: Params, files: Files, kind: str) -> Any:
    given = params.get(kind)
    if kind == "photo":
        return api.photo(given, files)
    if kind == "voice":
        kept = api.file(given, files, "voice.ogg", "audio/ogg")
        kept.pop("file_name")
        return {**kept, "duration": number(params, "duration") or 3}
    return api.file(given, files, "document", "application/octet-stream")


@method("sendSticker")
async def send_sticker(api: BotApi, params: Params, files: Files) -> Any:
    chat = api.chat(params)
    kept = api.file(params.get("sticker"), files, "sticker.webp", "image/webp")
    facts = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    emoji = str(params.get("emoji") or "🙂")
    sticker = {name: kept[name] for name in ("file_id", "file_unique_id", "file_size")}
    return api.said(chat, params, kind="sticker", media={**sticker, **facts, "emoji": emoji})


@method("sendLocation")
async def send_location(api: BotApi, params: Params, _files: Files) -> Any:
    return api.said(api.chat(params), params, kind="location", media=_place(params))


@method("sendVenue")
async def send_venue(api: BotApi, params: Params, _files: Files) -> Any:
    chat = api.chat(params)
    title, address = str(params.get("title") or ""), str(params.get("address") or "")
    if not title:
        raise BadRequest("title is empty")
    return api.said(
        chat, params, kind="venue", media={"location": _place(params), "title": title, "address": address}
    )


def _place(params: Params) -> dict[str, float]:
    place = {name: decimal(params, name) for name in ("latitude", "longitude")}
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise BadRequest("wrong latitude or longitude specified")
    return place


@method("sendMediaGroup")
async def send_media_group(api: BotApi, params: Params, files: Files) -> Any:
    chat = api.chat(params)
    items = as_json(params.get("media")) or []
    if not items:
        raise BadRequest("there are no messages to send")
    if len(items) > MOST_IN_ALBUM:
        raise BadRequest("too many messages to send as an album")
    # All are judged before the first is sent: an album arrives whole or not at all.
    contents = [input_media(api, item, files) for item in items]
    album = {"media_group_id": str(secrets.randbits(60))}
    return [api.said(chat, {**params, "reply_markup": None}, **content, more=album) for content in contents]


def input_media(api: BotApi, item: dict[str, Any], files: Files) -> dict[str, Any]:
    """The content of an InputMedia object."""
    kind = str(item.get("type"))
    if kind not in WITH_CAPTION:
        raise BadRequest(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    return captioned_content(api, {**item, kind: item.get("media")}, files, kind)


@method("sendChatAction")
async def send_chat_action(api: BotApi, params: Params, _files: Files) -> Any:
    api.world.type_in(api.chat(params).id)
    return True


@method("copyMessage")
async def copy_message(api: BotApi, params: Params, _files: Files) -> Any:
    chat, source = api.chat(params), api.message(params, "copy", "from_chat_id")
    content = _content(source)
    if params.get("caption") is not None and source.kind in WITH_CAPTION:
        caption, entities = rules.checked_caption(params)
        content |= {"caption": caption or None, "caption_entities": entities}
    return {"message_id": api.said(chat, params, **content)["message_id"]}


@method("forwardMessage")
async def forward_message(api: BotApi, params: Params, _files: Files) -> Any:
    chat, source = api.chat(params), api.message(params, "forward", "from_chat_id")
    if truth(source.more.get("has_protected_content")):
        raise BadRequest("message can't be forwarded")
    author = BOT if source.from_bot else api.world.people[source.sender_id or source.chat_id].as_user()
    origin = {"type": "user", "sender_user": author, "date": source.date}
    more = {"forward_origin": origin, "forward_date": int(time.time())}
    return api.said(chat, {**params, "reply_markup": None}, **_content(source), more=more)


def _content(source: Message) -> dict[str, Any]:
    fields = ("text", "entities", "caption", "caption_entities", "kind", "media")
    return {field: getattr(source, field) for field in fields}
