"""The questions of a report, its preview, and what follows."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.paging import page_of
from bot.domain.places import Name, Topic, Village
from bot.domain.problem import QUESTIONS, Step, Sufferers, Wording
from bot.domain.text import LONGEST_TEXT, shortened
from bot.features.problems import card_texts as cards
from bot.features.problems.reporting import texts
from bot.features.problems.reporting.callbacks import (
    ClearAttachments,
    DeclineOffered,
    DropAttachment,
    DropPersonal,
    DropPlace,
    DropReport,
    EditLine,
    FileOffered,
    GoToStep,
    KeepPersonal,
    KeepPlace,
    LeaveReport,
    ListDraftTopics,
    ListDraftVillages,
    ListMyProblems,
    SendReport,
    SetDraftTopic,
    SetDraftVillage,
    SetDraftWho,
    SetVoicePublic,
    SkipStep,
    StartReport,
)
from bot.features.problems.reporting.draft_queries import DraftReport
from bot.i18n import current_language, named
from bot.telegram import texts as common
from bot.telegram.navigation import GoHome, home_button
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

MOST_CHOICES = 8


def question_text(draft: DraftReport) -> Screen:
    parts, rows = [texts.what_happens(), texts.what_is_public()], []
    if draft.text:
        parts.append(texts.now_it_says(draft.text))
        rows = [[button(texts.leave_as_is(), SkipStep(step=Step.TEXT))]]
    elif draft.is_told:
        parts = [texts.few_words(len(draft.attachments)), texts.what_is_public()]
        rows = [[button(texts.without_words(), SkipStep(step=Step.TEXT))]]
    elif draft.attachments:
        # A place alone tells nobody what the problem is, but it was taken.
        parts.append(cards.attachments(len(draft.attachments)))
    return _asked(draft, Step.TEXT, parts, rows)


def hint_need(draft: DraftReport) -> Screen:
    return Screen(
        Markup("\n\n").join([texts.now_it_says(draft.text or ""), texts.hint_need()]),
        [
            [button(texts.say_more(), GoToStep(step=Step.TEXT))],
            [button(texts.leave_as_is(), SkipStep(step=Step.TEXT))],
        ],
    )


def question_village(draft: DraftReport, villages: Sequence[Village], wanted: int = 0) -> Screen:
    shown, page = page_of(villages, wanted, MOST_CHOICES)
    choices = [button(named(village.name), SetDraftVillage(village_id=village.id)) for village in shown]
    turn = pager(page, lambda number: ListDraftVillages(page=number))
    return _asked(draft, Step.VILLAGE, [texts.which_village()], [*stacked(choices, 2), turn])


def question_topic(draft: DraftReport, topics: Sequence[Topic], wanted: int = 0) -> Screen:
    shown, page = page_of(topics, wanted, MOST_CHOICES)
    choices = [button(cards.topic_words(topic), SetDraftTopic(topic_id=topic.id)) for topic in shown]
    turn = pager(page, lambda number: ListDraftTopics(page=number))
    unknown = [button(texts.unknown_topic(), SetDraftTopic(topic_id=0))]
    return _asked(draft, Step.TOPIC, [texts.which_topic()], [*stacked(choices, 2), turn, unknown])


def question_who(draft: DraftReport) -> Screen:
    choices = [button(cards.who_words(group), SetDraftWho(group=group)) for group in Sufferers]
    skip = [button(texts.skip(), SkipStep(step=Step.WHO))]
    return _asked(draft, Step.WHO, [texts.who_suffers()], [*stacked(choices, 2), skip])


def question_media(draft: DraftReport) -> Screen:
    attached = len(draft.attachments)
    rows = [[button(common.go_on() if attached else texts.skip(), SkipStep(step=Step.MEDIA))]]
    rows += stacked(_drop_buttons(draft), 3)
    if attached > 1:
        rows.append([button(texts.remove_attachments(), ClearAttachments(draft_id=draft.id))])
    return _asked(draft, Step.MEDIA, [texts.any_media(attached)], rows)


def _drop_buttons(draft: DraftReport) -> list[InlineKeyboardButton]:
    """One for each attachment; of several photos, the first sent is the first."""
    kinds = [each.kind for each in draft.attachments]
    return [
        button(
            texts.drop_attachment(each.kind, kinds[: place + 1].count(each.kind), kinds.count(each.kind)),
            DropAttachment(draft_id=draft.id, source=each.source),
        )
        for place, each in enumerate(draft.attachments)
    ]


def far_place(draft_id: int, municipality: Name) -> Screen:
    return Screen(
        texts.far_place(municipality),
        [
            [button(texts.place_is_right(), KeepPlace(draft_id=draft_id))],
            [button(texts.another_place(), DropPlace(draft_id=draft_id))],
            [button(common.cancel(), LeaveReport())],
        ],
    )


def preview(draft: DraftReport) -> Screen:
    edits = [button(texts.edit_line(step), EditLine(step=step)) for step in list(Step)[:QUESTIONS]]
    return Screen(
        Markup("\n").join(_preview_lines(draft)),
        [
            [button(texts.send(), SendReport(draft_id=draft.id))],
            _personal_row(draft),
            _voice_row(draft),
            *stacked(edits, 3),
            [button(common.cancel(), LeaveReport())],
        ],
    )


def _personal_row(draft: DraftReport) -> Row:
    if not draft.personal:
        return []
    return [
        button(texts.leave_out(), DropPersonal(draft_id=draft.id)),
        button(texts.let_stay(), KeepPersonal(draft_id=draft.id)),
    ]


def _voice_row(draft: DraftReport) -> Row:
    if not draft.voices:
        return []
    wanted = not draft.is_voice_public
    return [button(texts.set_voice_public(wanted), SetVoicePublic(draft_id=draft.id, on=wanted))]


def _preview_lines(draft: DraftReport) -> list[Markup]:
    lines = [texts.preview(), cards.wording(Wording(draft.text or "", current_language()))]
    if draft.village:
        lines.append(cards.village(draft.village.name))
    lines.append(cards.topic(draft.topic))
    if draft.who:
        lines.append(cards.who(draft.who))
    if draft.attachments:
        lines.append(cards.attachments(len(draft.attachments)))
    lines += [Markup(""), texts.everybody_sees()]
    if draft.attachments:
        lines.append(texts.how_to_take_off())
    if draft.voices:
        lines.append(texts.who_hears(draft.is_voice_public))
    return [*lines, *texts.personal(draft.personal)]


def _asked(
    draft: DraftReport, step: Step, parts: Sequence[Markup], rows: Sequence[Sequence[InlineKeyboardButton]]
) -> Screen:
    """One question: how far we are, the question, its answers, and the way back or out."""
    up = Step.PREVIEW if draft.is_editing else step.previous
    way = [button(common.back(), GoToStep(step=up))] if up else []
    way.append(button(common.cancel(), LeaveReport()))
    return Screen(Markup("\n\n").join([texts.progress(step), *parts]), [*rows, way])


def noted(note: Markup | None, screen: Screen) -> Screen:
    """The screen, and above it what must be said first."""
    return Screen(note + Markup("\n\n") + screen.text, screen.rows) if note else screen


def leaving(draft: DraftReport) -> Screen:
    return Screen(
        texts.leaving(),
        [
            [button(texts.keep_for_later(), GoHome())],
            [button(texts.delete_draft(), DropReport(draft_id=draft.id))],
            [button(common.back(), StartReport())],
        ],
    )


def dropped() -> Screen:
    return Screen(texts.dropped(), [[home_button()]])


def sent(number: int) -> Screen:
    return Screen(
        texts.sent(number),
        [
            [button(texts.my_problems(), ListMyProblems(page=0))],
            [button(texts.another_report(), StartReport())],
            [home_button()],
        ],
    )


def offer(draft: DraftReport, *, is_cut: bool = False) -> Screen:
    """Free text out of the blue is never lost: is it a problem, or more of the one being told?"""
    words = [texts.offer_media()]
    if draft.offered:
        quoted = shortened(draft.offered, LONGEST_TEXT)
        words = [texts.offer(quoted) if draft.step is None else texts.offer_more(quoted)]
    if is_cut:
        words.append(texts.offer_is_full())
    yes = texts.offer_yes() if draft.step is None else texts.offer_add()
    return Screen(
        Markup("\n\n").join(words),
        [
            [button(yes, FileOffered(draft_id=draft.id))],
            [button(texts.offer_no(), DeclineOffered(draft_id=draft.id))],
        ],
    )
