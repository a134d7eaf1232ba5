"""The methods of the Bot API that the sandbox speaks: importing this module registers all of them."""

from bot.sandbox import editing, fetching, inline, menus, sending
from bot.sandbox.api import METHODS, BotApi
from bot.sandbox.menus import menu_of

__all__ = ["METHODS", "BotApi", "editing", "fetching", "inline", "menu_of", "menus", "sending"]
