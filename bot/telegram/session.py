"""The way to Telegram: how long an answer is waited for, and how many calls may be on the way at once."""

from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramNotFound, TelegramServerError
from aiogram.methods import GetFile, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientError, ClientResponseError

# So many that calls which hang never keep others waiting, and below the 1,024 files that a process may open
# on most machines.
CONNECTIONS = 900
CALL_SECONDS = 30
UPLOAD_SECONDS = 90
_BROKEN = 500
# The fields of an album and of a changed picture, whose files lie deeper.
_MEDIA = "media"
# What a failed download is reported as: its address holds the token.
_DOWNLOAD = GetFile(file_id="")


class Session(AiohttpSession):
    """One that gives up on a hanging call sooner, and knows the answers of what stands before Telegram."""

    def __init__(self, api: TelegramAPIServer) -> None:
        super().__init__(api=api, limit=CONNECTIONS)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> TelegramType:
        if timeout is None:
            timeout = UPLOAD_SECONDS if _has_upload(method) else CALL_SECONDS
        return await super().make_request(bot, method, timeout)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            # A page of HTML from the gateway: Telegram behind it cannot be reached.
            if status_code >= _BROKEN:
                raise TelegramServerError(method=method, message=f"status {status_code}") from None
            raise

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        """A file's content; trouble is raised as that of any other call."""
        try:
            async for chunk in super().stream_content(*args, **kwargs):
                yield chunk
        except ClientResponseError as error:
            kind = TelegramServerError if error.status >= _BROKEN else TelegramNotFound
            raise kind(method=_DOWNLOAD, message=f"status {error.status}") from None
        except (ClientError, TimeoutError) as error:
            raise TelegramNetworkError(method=_DOWNLOAD, message=type(error).__name__) from None


def _has_upload(method: TelegramMethod[Any]) -> bool:
    return any(isinstance(value, InputFile) or (value and name == _MEDIA) for name, value in method)
