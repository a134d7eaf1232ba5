"""Every button that only an officer of the municipality may press, on all it could be pressed for."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.hearing import Decision, HearingKind, Rule
from bot.domain.hearing_draft import Step
from bot.domain.question import QuestionHideReason, QuestionState
from bot.features.hearings.announcing import callbacks as announcing
from bot.features.hearings.delivery_report import callbacks as dispatch
from bot.features.hearings.minutes import callbacks as minutes_buttons
from bot.features.hearings.officer_home import callbacks as office
from bot.features.hearings.questions import callbacks as questions
from tests.features.forgers import ANNOUNCED, DRAFT, REVISION, Town
from tests.features.hearings.announcing.officers import JAZY, in_days


def of_the_officers(town: Town, village_id: int) -> list[CallbackData]:
    return [
        *of_the_office(),
        *of_the_announcing(village_id),
        *of_the_answers(ANNOUNCED, town.question_id, town.corrected_at),
        *of_the_dispatch(),
    ]


def of_the_office() -> list[CallbackData]:
    return [
        office.OpenOffice(),
        office.OpenOfficeOf(municipality_id=JAZY),
        office.OpenOfficeHearing(hearing_id=1),
        office.ListPastHearings(municipality_id=JAZY, page=0),
        office.OpenRules(municipality_id=JAZY),
        office.AskRule(municipality_id=JAZY, rule=Rule.NOTICE_DAYS),
        office.SetRule(municipality_id=JAZY, rule=Rule.NOTICE_DAYS, value=3),
        office.SetRule(municipality_id=JAZY, rule=Rule.QUESTIONS, value=1),
        office.ListChats(municipality_id=JAZY),
        office.MakeChatCode(municipality_id=JAZY),
        office.OpenChat(chat_id=1),
        office.UnlinkChat(chat_id=1),
    ]


def of_the_dispatch() -> list[CallbackData]:
    return [
        dispatch.ShowDispatch(hearing_id=ANNOUNCED),
        dispatch.MakePoster(hearing_id=ANNOUNCED),
        dispatch.ExportDispatch(hearing_id=ANNOUNCED, form=dispatch.Form.PDF),
        dispatch.AskToStop(broadcast_id=1),
        dispatch.StopBroadcast(broadcast_id=1),
    ]


def of_a_draft(hearing_id: int, village_id: int) -> list[CallbackData]:
    day = int(f"{in_days(5):%Y%m%d}")
    return [
        announcing.ContinueAnnouncement(hearing_id=hearing_id),
        announcing.GoToLine(hearing_id=hearing_id, step=Step.TOPIC),
        announcing.SkipLine(hearing_id=hearing_id, step=Step.TOPIC),
        announcing.SetHearingKind(hearing_id=hearing_id, kind=HearingKind.OTHER),
        announcing.TurnMonth(hearing_id=hearing_id, month=day // 100),
        announcing.SetHearingDay(hearing_id=hearing_id, day=day),
        announcing.SetHearingTime(hearing_id=hearing_id, at=840),
        announcing.UseLast(hearing_id=hearing_id, step=Step.PLACE),
        announcing.DropDocuments(hearing_id=hearing_id),
        announcing.ListInvited(hearing_id=hearing_id, page=0),
        announcing.InviteVillage(hearing_id=hearing_id, village_id=village_id, page=0, on=True),
        announcing.InviteAll(hearing_id=hearing_id),
        announcing.PreviewIn(hearing_id=hearing_id, language="ky"),
        announcing.ListLines(hearing_id=hearing_id, page=0),
        announcing.AnnounceHearing(hearing_id=hearing_id),
        announcing.AskToDiscard(hearing_id=hearing_id),
        announcing.DiscardDraft(hearing_id=hearing_id),
    ]


def of_the_announcing(village_id: int) -> list[CallbackData]:
    """Every button that only an officer of the municipality may press, on all it could be pressed for."""
    return [
        announcing.StartAnnouncement(municipality_id=JAZY),
        *of_a_draft(DRAFT, village_id),
        *of_a_draft(REVISION, village_id),
        *of_a_draft(ANNOUNCED, village_id),
        announcing.ChangeHearing(hearing_id=ANNOUNCED),
        announcing.ConfirmChanges(hearing_id=ANNOUNCED, tell=True),
        announcing.AskToCancelHearing(hearing_id=ANNOUNCED),
        announcing.SkipReason(hearing_id=ANNOUNCED),
        announcing.CancelHearing(hearing_id=ANNOUNCED),
    ]


def of_the_answers(hearing_id: int, question_id: int, at: int) -> list[CallbackData]:
    """One button of every class that only an officer of the municipality may press."""
    return [
        questions.ListUnanswered(hearing_id=hearing_id, page=0),
        questions.OpenQuestion(question_id=question_id),
        questions.ShowNextQuestion(hearing_id=hearing_id, after=0),
        questions.AnswerQuestion(question_id=question_id, anew=False),
        questions.DecideAnew(question_id=question_id),
        questions.DecideProposal(question_id=question_id, decision=Decision.ACCEPTED, anew=False),
        questions.AcceptWithoutWords(question_id=question_id, anew=False),
        questions.AcceptWithoutWords(question_id=question_id, anew=True),
        questions.TellCorrection(question_id=question_id, at=at),
        questions.HideQuestion(question_id=question_id, on=False),
        questions.ShowNextWaiting(hearing_id=hearing_id, after=0),
        *(
            questions.SetQuestionState(question_id=question_id, state=state, was=state, version=1)
            for state in QuestionState
        ),
        questions.TellWhyHidden(question_id=question_id, reason=QuestionHideReason.PERSONAL, version=1),
        questions.PrintQuestions(hearing_id=hearing_id),
        minutes_buttons.EditRecord(hearing_id=hearing_id),
        minutes_buttons.AskPresentWomen(hearing_id=hearing_id),
        minutes_buttons.AskPresentMen(hearing_id=hearing_id),
        minutes_buttons.AskMinutes(hearing_id=hearing_id),
        minutes_buttons.AddFromHall(hearing_id=hearing_id),
        minutes_buttons.AskToSendRecord(hearing_id=hearing_id),
        minutes_buttons.SendRecord(hearing_id=hearing_id),
        minutes_buttons.TellRecordCorrection(hearing_id=hearing_id, at=at),
    ]
