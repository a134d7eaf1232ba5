"""The method that answers what somebody types after the bot's name, with what Telegram enforces of it."""

import re
from typing import Any

from bot.sandbox import rules
from bot.sandbox.api import BotApi, Files, Params, method, number, truth
from bot.sandbox.editing import TOO_OLD
from bot.sandbox.refused import BadRequest
from bot.sandbox.rules import as_json

MOST_RESULTS = 50
LONGEST_ID_BYTES = 64
LONGEST_OFFSET_BYTES = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


@method("answerInlineQuery")
async def answer_inline_query(api: BotApi, params: Params, _files: Files) -> Any:
    asked = api.world.inline_queries.get(str(params.get("inline_query_id") or ""))
    # Telegram forgets a question as soon as it was answered.
    if asked is None or asked.answered is not None:
        raise BadRequest(TOO_OLD)
    if params.get("results") is None:
        raise BadRequest('parameter "results" is required')
    if len(str(params.get("next_offset") or "").encode()) > LONGEST_OFFSET_BYTES:
        raise BadRequest("NEXT_OFFSET_INVALID")
    asked.answered = {
        "results": _results(as_json(params["results"])),
        "button": _button(as_json(params.get("button"))),
        "cache_time": number(params, "cache_time"),
        "is_personal": truth(params.get("is_personal")),
    }
    return True


def _results(given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise BadRequest("can't parse inline query results JSON object")
    if len(given) > MOST_RESULTS:
        raise BadRequest("RESULTS_TOO_MUCH")
    ids = [str(each.get("id") or "") for each in given]
    if not all(1 <= len(each.encode()) <= LONGEST_ID_BYTES for each in ids):
        raise BadRequest("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise BadRequest("RESULT_ID_DUPLICATE")
    return [_article(each) for each in given]


def _article(given: dict[str, Any]) -> dict[str, Any]:
    """What the page lists, and the message that comes of it. The bot offers articles only."""
    if given.get("type") != "article":
        raise BadRequest("can't parse inline query result: unsupported inline query result type")
    if not str(given.get("title") or "").strip():
        raise BadRequest("ARTICLE_TITLE_EMPTY")
    words = given.get("input_message_content")
    if not isinstance(words, dict) or "message_text" not in words:
        raise BadRequest("can't parse inline query result: input message content is not specified")
    text, entities = rules.checked_text({**words, "text": words["message_text"]})
    markup = rules.checked_markup(given.get("reply_markup"))
    return {
        "id": str(given["id"]),
        "title": str(given["title"]),
        "description": str(given.get("description") or ""),
        "content": {"text": text, "entities": entities, "markup": markup},
    }


def _button(given: Any) -> dict[str, str] | None:
    """The one above the results, which leads into the chat with the bot."""
    if not given:
        return None
    if not str(given.get("text") or "").strip():
        raise BadRequest("can't parse inline query results button: text must be non-empty")
    parameter = str(given.get("start_parameter") or "")
    if not START_PARAMETER.fullmatch(parameter):
        raise BadRequest("START_PARAM_INVALID")
    return {"text": str(given["text"]), "start_parameter": parameter}
