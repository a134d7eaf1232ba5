"""One line for each thing worth knowing: JSON in production, readable at a terminal."""

import logging
import sys
from collections.abc import Callable, Sequence
from typing import Any

import structlog

from bot.settings import Settings

Event = dict[str, Any]


def set_up_logs(settings: Settings) -> None:
    """Send everything, the libraries' lines too, to standard error in one form, without secrets."""
    secrets = [each.get_secret_value() for each in (settings.token, settings.webhook_secret) if each]
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _without(secrets),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=_rendered(settings), foreign_pre_chain=shared)
    )
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for chatty in ("aiogram.event", "aiogram.dispatcher", "aiohttp.access", "alembic", "aiosqlite"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _rendered(settings: Settings) -> list[Any]:
    as_json = settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty())
    drop = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if as_json:
        return [drop, structlog.processors.JSONRenderer(ensure_ascii=False)]
    plain = structlog.dev.plain_traceback
    return [drop, structlog.dev.ConsoleRenderer(exception_formatter=plain, colors=sys.stderr.isatty())]


def _without(secrets: Sequence[str]) -> Callable[[Any, str, Event], Event]:
    """A processor that blots secrets out, wherever a library may have put them."""

    def blot(_logger: Any, _method: str, event: Event) -> Event:
        for key, value in event.items():
            if isinstance(value, str):
                for secret in secrets:
                    value = value.replace(secret, "***")
                event[key] = value
        return event

    return blot
