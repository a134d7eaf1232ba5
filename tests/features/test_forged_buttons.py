"""Anyone can forge callback data: every button of the desk asks for the role anew, wherever it came from."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from aiogram.filters.callback_data import CallbackData
from structlog.testing import capture_logs

from bot.domain.dispute import DisputeReason
from bot.domain.moderation import Line
from bot.domain.problem import DeclineReason, HideReason, ProblemStatus
from bot.domain.roles import PLANNERS, Role
from bot.domain.silence import SilenceReason
from bot.features.hearings.minutes import callbacks as minutes_buttons
from bot.features.hearings.notices import callbacks as hearings
from bot.features.hearings.questions import callbacks as questions
from bot.features.plan.documents import callbacks as documents
from bot.features.plan.guide import callbacks as learning
from bot.features.plan.reading import callbacks as plan
from bot.features.problems.audit_log import callbacks as history
from bot.features.problems.author_questions import callbacks as inquiries
from bot.features.problems.desk import callbacks as moderation
from bot.features.problems.editing import callbacks as wording
from bot.features.problems.merging import callbacks as merging
from bot.features.problems.outcomes import callbacks as outcomes
from bot.features.problems.printouts import callbacks as papers
from bot.features.problems.reporting import callbacks as problems
from bot.features.residents.erasure import callbacks as forgetting
from bot.features.residents.first_visit import callbacks as start
from bot.features.residents.settings import callbacks as preferences, callbacks as settings_buttons
from bot.features.votes.ballot import callbacks as voting
from bot.features.votes.disputes import callbacks as disputes
from bot.features.votes.paper_votes import callbacks as gatherings
from bot.features.votes.population import callbacks as population
from bot.features.votes.ranking_files import callbacks as ranking
from bot.features.votes.results import callbacks as results
from bot.features.votes.rounds import callbacks as round_buttons
from bot.features.votes.shortlist import callbacks as shortlist_buttons
from bot.features.votes.tie_breaks import callbacks as ties
from bot.features.votes.voter_villages import callbacks as voters
from bot.telegram import navigation, texts as common
from tests.features.forgers import SECRET, Forger, Town, a_town, forgers
from tests.features.officers_buttons import of_the_officers
from tests.features.planners_buttons import of_the_monitors, of_the_planners
from tests.features.records import everything, village_ids
from tests.features.town import vote_on
from tests.features.wording import worded
from tests.house.test_wire_format import callback_classes
from tests.stage import Stage

JAZY = 9
DAY = int(f"{datetime.now(UTC) + timedelta(days=3):%Y%m%d}")
WAITING = 3
GATHERING = BALLOT = 1
# Of the journal: the first problem was published.
ENTRY = 3


def of_the_desk(round_id: int) -> list[CallbackData]:
    """One button of every class that only a facilitator of the municipality may press."""
    return [
        moderation.OpenDesk(),
        moderation.OpenDeskOf(municipality_id=JAZY),
        moderation.ShowNextReport(municipality_id=JAZY, after=0),
        moderation.PublishProblem(problem_id=WAITING),
        moderation.AskReason(problem_id=WAITING),
        moderation.DeclineProblem(problem_id=WAITING, reason=DeclineReason.UNCLEAR),
        moderation.AskOwnReason(problem_id=WAITING),
        moderation.ShowReport(problem_id=WAITING),
        moderation.ShowReportMedia(problem_id=WAITING),
        moderation.ShowDeskProblem(problem_id=WAITING),
        moderation.TakeProblem(problem_id=WAITING),
        moderation.NarrowQueue(municipality_id=JAZY, village_id=0, topic_id=0),
        moderation.ListWaitingVillages(municipality_id=JAZY, page=0),
        moderation.ListWaitingTopics(municipality_id=JAZY, page=0),
        moderation.ListDeskProblems(municipality_id=JAZY, page=0),
        moderation.FindDeskProblem(municipality_id=JAZY),
        moderation.ShowMore(problem_id=WAITING),
        moderation.ListReopened(municipality_id=JAZY, page=0),
        moderation.UndoVerdict(problem_id=WAITING, status=ProblemStatus.PUBLISHED),
        moderation.AskWhyHide(problem_id=1),
        moderation.HideProblem(problem_id=1, reason=HideReason.INSULT),
        moderation.AskOwnWhyHide(problem_id=1),
        moderation.ShowAgain(problem_id=1),
        moderation.ListHidden(municipality_id=JAZY, page=0),
        moderation.ListMedia(problem_id=1),
        moderation.SeeMedia(problem_id=1, attachment_id=1),
        moderation.RemoveMedia(problem_id=1, attachment_id=1),
        moderation.ListToMark(municipality_id=JAZY, page=0),
        moderation.MarkReport(problem_id=WAITING, page=0, on=True),
        moderation.ClearMarks(municipality_id=JAZY),
        moderation.AskWhyMarked(municipality_id=JAZY),
        moderation.AskSureMarked(municipality_id=JAZY, reason=DeclineReason.UNCLEAR),
        moderation.DeclineMarked(municipality_id=JAZY, reason=DeclineReason.UNCLEAR, marks=0),
        moderation.AskWhyMute(problem_id=1),
        moderation.AskHowLong(problem_id=1, why=SilenceReason.SPAM),
        moderation.MuteAuthor(problem_id=1, why=SilenceReason.SPAM, days=7),
        moderation.LiftSilence(problem_id=1),
        wording.AskRedaction(problem_id=1),
        wording.RedactFound(problem_id=1),
        outcomes.OpenOutcomes(problem_id=WAITING),
        outcomes.WriteOutcome(problem_id=WAITING, status=ProblemStatus.DONE),
        outcomes.SetOutcome(problem_id=WAITING, status=ProblemStatus.DONE),
        merging.OpenMerge(problem_id=WAITING),
        merging.TypeTarget(problem_id=WAITING),
        merging.CompareProblems(problem_id=WAITING, into_id=1),
        merging.MergeProblem(problem_id=WAITING, into_id=1),
        merging.SplitProblem(problem_id=WAITING),
        merging.ListMerged(problem_id=WAITING, page=0),
        wording.EditProblem(problem_id=WAITING),
        wording.WriteLine(problem_id=WAITING, line=Line.CAUSES),
        wording.SetWordingLanguage(problem_id=WAITING, language="ky"),
        wording.ChangeVillage(problem_id=WAITING, page=0),
        wording.SetProblemVillage(problem_id=WAITING, village_id=48),
        wording.ChangeTopic(problem_id=WAITING, page=0),
        wording.SetProblemTopic(problem_id=WAITING, topic_id=4),
        wording.SetCompetence(problem_id=WAITING, outside=True),
        wording.ShowOriginal(problem_id=WAITING),
        inquiries.AskAuthor(problem_id=WAITING),
        inquiries.TakeBackInquiry(inquiry_id=1),
        inquiries.ShowAnswerMedia(problem_id=WAITING),
        round_buttons.PlanVote(municipality_id=JAZY),
        round_buttons.SetClosingDay(municipality_id=JAZY, day=DAY),
        round_buttons.OpenVote(municipality_id=JAZY, day=DAY),
        round_buttons.ShowTurnout(round_id=round_id),
        round_buttons.AskToClose(round_id=round_id),
        round_buttons.CloseVote(round_id=round_id),
        round_buttons.AskToPublish(round_id=round_id),
        round_buttons.PublishResult(round_id=round_id),
        shortlist_buttons.OpenShortlist(round_id=round_id, page=0),
        shortlist_buttons.SetShortlisted(round_id=round_id, problem_id=WAITING, page=0, on=True),
        shortlist_buttons.AskWhyLeftOut(round_id=round_id),
        shortlist_buttons.UseUsualReason(round_id=round_id),
        shortlist_buttons.PlanDeciding(round_id=round_id),
        shortlist_buttons.SetDecidingDay(round_id=round_id, day=DAY),
        shortlist_buttons.OpenDeciding(round_id=round_id, day=DAY),
        population.OpenPopulation(municipality_id=JAZY),
        population.GetPopulationForm(municipality_id=JAZY),
        ties.ListTies(round_id=round_id, page=0),
        ties.DecideTie(round_id=round_id, first=1),
        voters.ListVoterVillages(round_id=round_id),
        voters.TurnVoterVillages(round_id=round_id, page=0),
        voters.ListVoters(round_id=round_id, village_id=48, page=0),
        voters.ChangeVoterVillage(ballot_id=BALLOT, page=0),
        voters.SetVoterVillage(ballot_id=BALLOT, village_id=49),
        voters.ShowAnomalies(round_id=round_id),
        gatherings.ListGatherings(round_id=round_id),
        gatherings.TurnGatherings(round_id=round_id, page=0),
        gatherings.ShowGathering(gathering_id=GATHERING),
        gatherings.ShowSheetPhoto(gathering_id=GATHERING),
        gatherings.AskToTakeBack(gathering_id=GATHERING),
        gatherings.EnterSheet(round_id=round_id),
        gatherings.GetSheetForm(round_id=round_id),
        gatherings.SendSheetForm(round_id=round_id),
        gatherings.SendAlikeSheets(round_id=round_id),
        gatherings.PrintKit(round_id=round_id),
        history.ShowHistory(problem_id=WAITING, page=0),
        history.ShowWholeHistory(municipality_id=JAZY, page=0),
        history.ShowEntry(entry_id=ENTRY, of_problem=True, page=0),
        papers.OpenPapers(municipality_id=JAZY),
        papers.ListPosterVillages(municipality_id=JAZY, page=0),
        papers.PrintPoster(municipality_id=JAZY, village_id=0),
        papers.ExportProblems(municipality_id=JAZY),
    ]


# Open to every resident; what is whose own is asked of the database at each press.
def of_the_count(round_id: int) -> list[CallbackData]:
    """The files of a count, for the facilitators and for those who check them."""
    return [
        ranking.ExportRanking(round_id=round_id),
        disputes.OpenDispute(round_id=round_id),
        disputes.DisputeResult(round_id=round_id, reason=DisputeReason.RECOUNT),
        disputes.AskToEndDispute(round_id=round_id),
        disputes.EndDispute(round_id=round_id),
        ranking.MakeRankingFile(round_id=round_id, form=ranking.Form.CSV),
    ]


FOR_EVERYBODY: set[type[CallbackData]] = {
    plan.OpenPlan,
    plan.OpenPlanOf,
    plan.OpenPlanPapers,
    plan.ListDirections,
    plan.ListPlanVillages,
    plan.ListMeasures,
    plan.SearchPlan,
    plan.ShowPlanItem,
    plan.ShowMeasure,
    plan.FollowMeasure,
    plan.SendMeasurePhotos,
    plan.CommentItem,
    plan.SendPlanPictures,
    plan.SendPlanPaper,
    plan.SendPlanData,
    plan.SendResolution,
    plan.ListVersions,
    plan.ShowChanges,
    documents.OpenDocuments,
    documents.SendDocument,
    documents.FollowDocuments,
    learning.OpenLesson,
    navigation.GoHome,
    settings_buttons.ChooseLanguage,
    start.ListOblasts,
    start.ListDistricts,
    start.ListMunicipalities,
    start.ChooseMunicipality,
    start.MoveToMunicipality,
    start.ListVillages,
    start.ChooseVillage,
    start.Agree,
    voting.ShowCandidate,
    voting.ShowCode,
    voting.AskAboutMe,
    voting.TellSex,
    voting.TellAge,
    results.ShowResult,
    results.ListResult,
    results.SendResultPictures,
    results.ShowHowCounted,
    results.SendCodes,
    preferences.OpenSettings,
    preferences.OpenNotices,
    navigation.ChooseNotices,
    preferences.SetNotice,
    forgetting.AskToForget,
    forgetting.ConfirmForgetting,
    forgetting.ForgetMe,
    gatherings.GoToSheetStep,
    gatherings.ShowSheet,
    gatherings.EditSheet,
    gatherings.ListSheetVillages,
    gatherings.SetOnSheet,
    gatherings.SaveSheet,
    gatherings.CountAlikeSheet,
    gatherings.DropSheet,
    problems.StartReport,
    problems.GoToStep,
    problems.EditLine,
    problems.SkipStep,
    problems.ListDraftVillages,
    problems.SetDraftVillage,
    problems.ListDraftTopics,
    problems.SetDraftTopic,
    problems.SetDraftWho,
    problems.ClearAttachments,
    problems.DropAttachment,
    problems.SetVoicePublic,
    problems.DropPersonal,
    problems.KeepPersonal,
    problems.KeepPlace,
    problems.DropPlace,
    problems.SendReport,
    problems.LeaveReport,
    problems.DropReport,
    problems.FileOffered,
    problems.DeclineOffered,
    problems.ListMyProblems,
    problems.ShowMyProblem,
    problems.BrowseProblems,
    problems.ListBrowseVillages,
    problems.ListBrowseTopics,
    problems.SearchProblems,
    problems.ShowOffered,
    problems.ShowProblem,
    problems.ShowAttachments,
    problems.ListSimilar,
    problems.SeeSimilar,
    problems.SupportInstead,
    problems.SupportWaiting,
    problems.SetSupport,
    problems.ListSupported,
    outcomes.AnswerSolved,
    outcomes.ReopenProblem,
    voting.OpenBallot,
    voting.TurnBallot,
    voting.CastVote,
    voting.FinishBallot,
    hearings.OpenHearing,
    hearings.ListHearings,
    hearings.MarkRead,
    hearings.AnswerHearing,
    hearings.AddToCalendar,
    hearings.ShowOnMap,
    hearings.ShowDocuments,
    questions.AskQuestion,
    questions.SetQuestionKind,
    questions.RewriteQuestion,
    questions.AskName,
    questions.LeaveUnsigned,
    questions.TypeName,
    questions.SendQuestion,
    questions.DropQuestion,
    questions.ListQuestions,
    questions.ListMyQuestions,
    questions.ShowQuestion,
    minutes_buttons.ShowRecord,
    minutes_buttons.ShowMinutes,
    inquiries.AnswerInquiry,
}


def test_every_class_of_the_bot_is_for_residents_or_walked_below() -> None:
    """A new class is listed here, in `of_the_desk`, or among the officers' buttons."""
    town = Town(round_id=1, waiting=WAITING, question_id=1, corrected_at=1)
    of_the_plan = (*of_the_planners(1), *of_the_monitors())
    of_the_vote = (*of_the_desk(1), *of_the_count(1))
    walked = {type(each) for each in (*of_the_vote, *of_the_officers(town, 1), *of_the_plan)}
    assert walked | FOR_EVERYBODY == callback_classes()
    assert walked & FOR_EVERYBODY == set()


async def test_whatever_is_forged_is_refused_and_logged_and_changes_nothing(stage: Stage) -> None:
    town = await a_town(stage)
    assert town.waiting == WAITING
    village_id = (await village_ids(stage, "jazy"))[0]
    desk, office = of_the_desk(town.round_id), of_the_officers(town, village_id)
    walks: list[tuple[tuple[Role, ...], list[CallbackData]]] = [
        ((Role.FACILITATOR,), desk),
        ((Role.FACILITATOR, Role.MONITOR), of_the_count(town.round_id)),
        ((Role.OFFICER,), office),
        (PLANNERS, of_the_planners(WAITING)),
        ((Role.MONITOR,), of_the_monitors()),
    ]
    people = await forgers(stage)
    before = await everything(stage)
    for forger in people:
        seen = len(forger.person.messages)
        for roles, buttons in walks:
            for button in buttons:
                if not forger.may_press(button, roles):
                    await refused(forger, button, roles)
        assert len(forger.person.messages) == seen, forger.name
        assert SECRET not in forger.person.text
        assert await everything(stage) == before, forger.name


async def refused(forger: Forger, button: CallbackData, needed: Collection[Role]) -> None:
    """With the words for it, and a line in the log that names the button and not the person."""
    words = common.role_taken_away if forger.former in needed else common.not_allowed
    with capture_logs() as logged:
        await forger.person.press(button)
    assert forger.person.alert == worded("ru", words, None), (forger.name, button)
    lines = [each for each in logged if each["event"] == "not allowed"]
    assert [each["button"] for each in lines] == [button.pack()], (forger.name, button)
    assert set(lines[0]) == {"event", "log_level", "button"}
    assert str(forger.person.id) not in str(logged)


async def test_a_strangers_press_leads_to_the_first_visit(stage: Stage) -> None:
    await vote_on(stage, 2)
    stranger = stage.visitor()
    await stranger.start()

    for data in ("desk", "vote:1", "cast:1:1:0:1", "pub:1", "prob:1:0:0:0", "send:1"):
        await stranger.press(data)
        assert "lang:ky" in stranger.data


async def test_unknown_and_broken_data_shows_what_there_is_now(stage: Stage) -> None:
    resident = await stage.resident()

    for data in ("nothing", "cast:x:y", "prob:1", "cast:1:1:0:1:9", "🙂", "pub:99999999999999999999"):
        await resident.press(data)
        assert resident.alert
        assert "rep" in resident.data
