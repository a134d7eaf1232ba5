"""The live progress bar in the chat of the officer who announced. All of its state is in the database."""

from datetime import datetime, timedelta

import structlog
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError

from bot.features.hearings.delivery_report import screens
from bot.features.hearings.delivery_report.progress_queries import (
    Progress,
    Watched,
    find_progress,
    list_watched,
    save_progress_ended,
    save_progress_message,
    save_shown,
)
from bot.i18n import speaking
from bot.telegram.feature import Parts
from bot.telegram.screen import Screen, send
from bot.telegram.traffic import delivering

log = structlog.get_logger()
# After a stop, what is on the wire may still arrive; then the numbers are final.
SETTLED_AFTER = timedelta(seconds=5)
# Two machines' clocks are never quite even: a change so long before the last look is shown again.
MARGIN = timedelta(seconds=5)
# Telegram's answer is waited for so long, in seconds: less than nobody else may send the same bar.
PATIENCE = 20
_UNCHANGED = "message is not modified"


async def show_progress(parts: Parts, now: datetime) -> int:
    """Show every bar whose turn it is; return how many this process has shown."""
    async with parts.database.read() as db:
        due = await list_watched(db, now)
    shown = 0
    for watched in due:
        async with parts.database.act() as db:
            mine = await save_shown(db, watched.broadcast_id, now)
        if mine:
            shown += 1
            await _Bar(parts, watched).show(now)
    return shown


class _Bar:
    def __init__(self, parts: Parts, watched: Watched) -> None:
        self._bot = parts.bot
        self._database = parts.database
        self._rhythm = parts.rhythm
        self._traffic = parts.traffic
        self._watched = watched

    async def show(self, now: datetime) -> None:
        async with self._database.read() as db:
            progress = await find_progress(db, self._watched.broadcast_id, now)
        ended = not progress.counts.waiting and self._is_settled(now)
        if not ended and not self._has_moved(progress):
            return
        if self._traffic.held_for(self._watched.telegram_id):
            return
        try:
            await self._talk(self._screen(progress, now, ended=ended))
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            if _UNCHANGED not in str(error):
                # The officer deleted the message or blocked the bot: nobody looks any more.
                log.info("a progress bar is no longer wanted", broadcast=self._watched.broadcast_id)
                ended = True
        except TelegramAPIError as error:
            log.info("a progress bar waits", trouble=type(error).__name__)
            return
        if ended:
            async with self._database.act() as db:
                await save_progress_ended(db, self._watched.broadcast_id, now)

    def _is_settled(self, now: datetime) -> bool:
        stopped_at = self._watched.stopped_at
        return stopped_at is None or abs(now - stopped_at) > SETTLED_AFTER

    def _has_moved(self, progress: Progress) -> bool:
        watched = self._watched
        if watched.message_id is None or watched.shown_at is None:
            return True
        return progress.moved_at is not None and progress.moved_at > watched.shown_at - MARGIN

    def _screen(self, progress: Progress, now: datetime, *, ended: bool) -> Screen:
        with speaking(self._watched.language):
            if ended:
                return screens.progress_ended(self._watched, progress.counts)
            if self._watched.stopped_at:
                return screens.progress_stopped(self._watched, progress.counts)
            return screens.progress(self._watched, progress, is_quiet=self._rhythm.is_quiet(now))

    async def _talk(self, screen: Screen) -> None:
        """One call, in its turn among all others to this person."""
        watched = self._watched
        await self._traffic.clear()
        await self._traffic.turn(watched.telegram_id, self._rhythm.gaps.person.total_seconds())
        with delivering():
            if watched.message_id is None:
                message = await send(self._bot, watched.telegram_id, screen, PATIENCE)
                async with self._database.act() as db:
                    await save_progress_message(db, watched.broadcast_id, message.message_id)
            else:
                await self._bot.edit_message_text(
                    str(screen.text),
                    chat_id=watched.telegram_id,
                    message_id=watched.message_id,
                    reply_markup=screen.keyboard,
                    request_timeout=PATIENCE,
                )
