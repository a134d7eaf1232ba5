"""How the notices of a hearing went out; the progress bar; stopping."""

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from bot.domain.dispatch import Counts
from bot.features.hearings.delivery_report import progress_texts, texts
from bot.features.hearings.delivery_report.callbacks import (
    AskToStop,
    ExportDispatch,
    Form,
    ShowDispatch,
    StopBroadcast,
)
from bot.features.hearings.delivery_report.progress_queries import Progress, Watched
from bot.features.hearings.delivery_report.queries import BroadcastFacts, Dispatch, Told
from bot.features.hearings.officer_home.callbacks import OpenOfficeHearing
from bot.telegram.navigation import GoHome, home_button
from bot.telegram.screen import Row, Screen, button

# Of so many running broadcasts at once each has a button.
MOST_STOPS = 3


def dispatch(found: Dispatch) -> Screen:
    hearing_id = found.hearing.id
    return Screen(
        texts.dispatch(found, found.told[-texts.MOST_TOLD :]),
        [
            [button(texts.refresh(), ShowDispatch(hearing_id=hearing_id))],
            *_stops([each for each in found.told if each.counts.waiting or each.posts.waiting]),
            [
                button(texts.pdf(), ExportDispatch(hearing_id=hearing_id, form=Form.PDF)),
                button(texts.xlsx(), ExportDispatch(hearing_id=hearing_id, form=Form.XLSX)),
            ],
            [
                home_button(),
                button(texts.to_hearing(), OpenOfficeHearing(hearing_id=hearing_id)),
            ],
        ],
    )


def _stops(running: list[Told]) -> list[Row]:
    if len(running) == 1:
        return [[button(progress_texts.stop(), AskToStop(broadcast_id=running[0].broadcast_id))]]
    return [
        [button(progress_texts.stop_this(each.kind), AskToStop(broadcast_id=each.broadcast_id))]
        for each in running[-MOST_STOPS:]
    ]


def sure_to_stop(broadcast: BroadcastFacts) -> Screen:
    return Screen(
        progress_texts.sure_to_stop(broadcast.kind, broadcast.counts),
        [
            [button(progress_texts.no_go_on(), _way(broadcast.hearing_id))],
            [button(progress_texts.yes_stop(), StopBroadcast(broadcast_id=broadcast.id))],
        ],
    )


def stopped(broadcast: BroadcastFacts) -> Screen:
    return Screen(progress_texts.stopped(broadcast.kind, broadcast.counts), _ways(broadcast.hearing_id))


def nothing_to_stop(broadcast: BroadcastFacts) -> Screen:
    return Screen(
        progress_texts.nothing_to_stop(broadcast.kind, broadcast.counts), _ways(broadcast.hearing_id)
    )


def progress(watched: Watched, now: Progress, *, is_quiet: bool) -> Screen:
    """The bar while something waits. It is edited again and again, so no button of it may edit it."""
    text = progress_texts.progress(watched.kind, watched.facts, now.counts)
    if is_quiet:
        text += Markup("\n") + progress_texts.at_night()
    elif now.a_second:
        minutes = int(now.counts.waiting / now.a_second / 60)
        text += Markup("\n") + progress_texts.minutes_left(minutes)
    return Screen(text, [[button(progress_texts.stop(), AskToStop(broadcast_id=watched.broadcast_id))]])


def progress_stopped(watched: Watched, counts: Counts) -> Screen:
    """Some messages may still be on the wire, so it is edited once more."""
    return Screen(progress_texts.progress_stopped(watched.kind, watched.facts, counts))


def progress_ended(watched: Watched, counts: Counts) -> Screen:
    words = progress_texts.progress_stopped if watched.stopped_at else progress_texts.progress_done
    return Screen(words(watched.kind, watched.facts, counts), _ways(watched.hearing_id))


def _way(hearing_id: int | None) -> CallbackData:
    return GoHome() if hearing_id is None else ShowDispatch(hearing_id=hearing_id)


def _ways(hearing_id: int | None) -> list[Row]:
    home = [home_button()]
    return [home] if hearing_id is None else [[button(texts.to_report(), _way(hearing_id))], home]
