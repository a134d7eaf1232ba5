"""The methods that change, delete, pin or answer what is already there."""

from typing import Any

from bot.sandbox import rules
from bot.sandbox.api import BotApi, Files, Params, method, number, truth
from bot.sandbox.refused import BadRequest
from bot.sandbox.rules import as_json
from bot.sandbox.sending import WITH_CAPTION, input_media

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


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
    if message.kind not in WITH_CAPTION:
        raise BadRequest("there is no caption in the message to edit")
    caption, entities = rules.checked_caption(params)
    return api.edited(message, params, caption=caption or None, caption_entities=entities)


@method("editMessageMedia")
async def edit_message_media(api: BotApi, params: Params, files: Files) -> Any:
    message = api.message(params, "edit")
    content = input_media(api, as_json(params.get("media")) or {}, files)
    # Words become a picture's caption: since Bot API 7.11 a text message may be given a medium.
    return api.edited(message, params, text=None, entities=[], **content)


@method("editMessageReplyMarkup")
async def edit_message_reply_markup(api: BotApi, params: Params, _files: Files) -> Any:
    return api.edited(api.message(params, "edit"), params)


@method("deleteMessage")
async def delete_message(api: BotApi, params: Params, _files: Files) -> Any:
    message = api.message(params, "delete")
    del api.world.chats[message.chat_id][message.message_id]
    return True


@method("deleteMessages")
async def delete_messages(api: BotApi, params: Params, _files: Files) -> Any:
    chat = api.chat(params)
    for message_id in as_json(params.get("message_ids")) or []:
        # Those that are gone already are passed over.
        api.world.chats[chat.id].pop(int(message_id), None)
    return True


@method("answerCallbackQuery")
async def answer_callback_query(api: BotApi, params: Params, _files: Files) -> Any:
    callback = api.world.callbacks.get(str(params.get("callback_query_id")))
    if callback is None or callback.answered is not None:
        raise BadRequest(TOO_OLD)
    text = str(params.get("text") or "")
    if len(text) > rules.LONGEST_ANSWER:
        raise BadRequest("MESSAGE_TOO_LONG")
    callback.answered = {"text": text, "show_alert": truth(params.get("show_alert"))}
    return True


@method("setMessageReaction")
async def set_message_reaction(api: BotApi, params: Params, _files: Files) -> Any:
    message = api.message(params, "react")
    reactions = as_json(params.get("reaction")) or []
    if any(each.get("type") != "emoji" for each in reactions):
        raise BadRequest("REACTION_INVALID")
    message.reactions = [str(each["emoji"]) for each in reactions][:1]
    return True


@method("pinChatMessage")
async def pin_chat_message(api: BotApi, params: Params, _files: Files) -> Any:
    message = api.message(params, "pin")
    api.world.pinned[message.chat_id] = message.message_id
    return True


@method("unpinChatMessage")
async def unpin_chat_message(api: BotApi, params: Params, _files: Files) -> Any:
    chat, wanted = api.chat(params), number(params, "message_id")
    if wanted and api.world.pinned.get(chat.id) != wanted:
        raise BadRequest("message to unpin not found")
    api.world.pinned.pop(chat.id, None)
    return True


@method("unpinAllChatMessages")
async def unpin_all_chat_messages(api: BotApi, params: Params, _files: Files) -> Any:
    api.world.pinned.pop(api.chat(params).id, None)
    return True
