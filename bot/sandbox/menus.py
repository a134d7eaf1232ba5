"""What the bot says of itself and asks of chats: commands, names, descriptions, members."""

from typing import Any

from bot.sandbox import rules
from bot.sandbox.api import BotApi, Files, Method, Params, method, number
from bot.sandbox.people import Person
from bot.sandbox.refused import BadRequest
from bot.sandbox.rules import as_json
from bot.sandbox.world import BOT, World, as_member

SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120


@method("getMe")
async def get_me(_api: BotApi, _params: Params, _files: Files) -> Any:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**BOT, **abilities}


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
    language = str(params.get("language_code") or "")
    if scope.get("type") not in SCOPES:
        raise BadRequest("can't parse BotCommandScope: Unsupported type specified")
    if language and not (language.isalpha() and language.islower() and len(language) == len("ky")):
        raise BadRequest("invalid language code specified")
    return f"{scope['type']}:{scope.get('chat_id', '')}:{language}"


def menu_of(world: World, person: Person) -> list[dict[str, str]]:
    """The commands a person is offered: the narrowest scope wins, and in it their own language."""
    for scope in (f"chat:{person.id}", "all_private_chats:", "default:"):
        for language in (person.language_code[:2].lower(), ""):
            if found := world.commands.get(f"{scope}:{language}"):
                return found
    return []


@method("getChat")
async def get_chat(api: BotApi, params: Params, _files: Files) -> Any:
    chat = api.chat(params)
    pinned = api.world.chats[chat.id].get(api.world.pinned.get(chat.id, 0))
    facts = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": NO_GIFTS}
    more = {"pinned_message": api.world.as_api(pinned)} if pinned else {}
    return {**chat.as_chat(), **facts, **more}


GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
NO_GIFTS = dict.fromkeys(GIFTS, False)


@method("getChatMember")
async def get_chat_member(api: BotApi, params: Params, _files: Files) -> Any:
    chat, user_id = api.chat(params), number(params, "user_id")
    if user_id == BOT["id"]:
        return as_member("member")
    person = api.world.people.get(user_id)
    if person is None or (isinstance(chat, Person) and chat.id != user_id):
        raise BadRequest("PARTICIPANT_ID_INVALID")
    return {"user": person.as_user(), "status": "member"}


@method("leaveChat")
async def leave_chat(api: BotApi, params: Params, _files: Files) -> Any:
    chat = api.chat(params)
    if isinstance(chat, Person):
        raise BadRequest("chat member status can't be changed in private chats")
    api.world.leave(chat)
    return True


@method("setChatMenuButton")
async def set_chat_menu_button(api: BotApi, params: Params, _files: Files) -> Any:
    button = as_json(params.get("menu_button")) or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise BadRequest("can't parse MenuButton: Unsupported type specified")
    api.world.profile[f"menu_button:{params.get('chat_id') or ''}"] = button
    return True


@method("getChatMenuButton")
async def get_chat_menu_button(api: BotApi, params: Params, _files: Files) -> Any:
    own, common = (f"menu_button:{params.get('chat_id') or ''}", "menu_button:")
    return api.world.profile.get(own) or api.world.profile.get(common) or {"type": "default"}


def _about(name: str, field: str, longest: int) -> None:
    """Register the pair of methods that set and give one line about the bot, in each language."""

    async def put(api: BotApi, params: Params, _files: Files) -> Any:
        words = str(params.get(field) or "")
        if len(words) > longest:
            raise BadRequest(f"{field} is too long")
        api.world.profile[f"{field}:{params.get('language_code') or ''}"] = words
        return True

    async def give(api: BotApi, params: Params, _files: Files) -> Any:
        profile = api.world.profile
        own = profile.get(f"{field}:{params.get('language_code') or ''}")
        return {field: own or profile.get(f"{field}:", BOT["first_name"] if field == "name" else "")}

    method(f"setMy{name}")(put)
    method(f"getMy{name}")(give)


_about("Name", "name", LONGEST_NAME)
_about("Description", "description", LONGEST_DESCRIPTION)
_about("ShortDescription", "short_description", LONGEST_SHORT_DESCRIPTION)


async def _goodbye(_api: BotApi, _params: Params, _files: Files) -> Any:
    return True


_LEAVING: tuple[tuple[str, Method], ...] = (("logOut", _goodbye), ("close", _goodbye))
for _name, _function in _LEAVING:
    method(_name)(_function)
