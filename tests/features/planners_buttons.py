"""Every button of those who publish the plan, and of those who check it, on all it could be pressed for."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.plan import DocumentKind, MeasureStatus, Part
from bot.features.plan.documents import callbacks as documents
from bot.features.plan.drafting import callbacks as planning
from bot.features.plan.guide import callbacks as learning
from bot.features.plan.problem_links import callbacks as answers
from bot.features.plan.progress import callbacks as progress
from bot.features.residents.invitations import callbacks as roles
from tests.features.plan.drafting.plans import JAZY

# Of the town: the plan in force with its first measure and its item, and a draft with the first of its own.
IN_FORCE, DRAFT, MEASURE, ITEM, ITEM_OF_DRAFT = 1, 2, 1, 1, 4


def of_the_planners(problem_id: int) -> list[CallbackData]:
    """`problem_id` is one that was published."""
    return [
        planning.OpenPlanning(municipality_id=JAZY),
        planning.GetPlanForm(municipality_id=JAZY),
        planning.AwaitPlanFile(municipality_id=JAZY),
        planning.OpenPlanDraft(version_id=DRAFT),
        planning.AskToDropPlanDraft(version_id=DRAFT),
        planning.DropPlanDraft(version_id=DRAFT),
        planning.ShowForDiscussion(version_id=DRAFT, on=True),
        planning.ListComments(version_id=DRAFT, page=0),
        planning.ListComments(version_id=IN_FORCE, page=0),
        planning.StartAdopting(version_id=DRAFT),
        planning.SkipScan(version_id=DRAFT),
        planning.AdoptPlan(version_id=DRAFT),
        planning.EditMeasure(item_id=ITEM),
        planning.EditMeasure(item_id=ITEM_OF_DRAFT),
        planning.AskPart(item_id=ITEM_OF_DRAFT, part=Part.TERM),
        planning.AddOrRemove(item_id=ITEM_OF_DRAFT),
        planning.AskNewMeasure(item_id=ITEM_OF_DRAFT),
        planning.AskToRemoveMeasure(item_id=ITEM_OF_DRAFT),
        planning.RemoveMeasure(item_id=ITEM_OF_DRAFT),
        *(
            button
            for grant_id in (1, 2)
            for button in (
                roles.AskToWithdraw(grant_id=grant_id),
                roles.WithdrawRole(grant_id=grant_id),
            )
        ),
        roles.ListHolders(municipality_id=JAZY, page=0),
        answers.ListUnansweredProblems(municipality_id=JAZY, page=0),
        answers.OpenAnswer(problem_id=problem_id),
        answers.ChooseMeasure(problem_id=problem_id, page=0),
        answers.LinkMeasure(problem_id=problem_id, measure_id=MEASURE),
        answers.WriteWhyNot(problem_id=problem_id),
        progress.AskProgress(municipality_id=JAZY, after=0),
        progress.OpenProgress(measure_id=MEASURE),
        progress.SayProgress(measure_id=MEASURE, status=MeasureStatus.DOING),
        progress.AddToReport(measure_id=MEASURE),
        documents.OpenDocumentDesk(municipality_id=JAZY),
        documents.AskDocument(municipality_id=JAZY, kind=DocumentKind.BUDGET),
        learning.EditCalendar(municipality_id=JAZY),
        learning.AskDays(municipality_id=JAZY, step=0),
        learning.ResetDays(municipality_id=JAZY, step=0),
    ]


def of_the_monitors() -> list[CallbackData]:
    return [
        progress.ListUnchecked(municipality_id=JAZY, page=0),
        progress.OpenCheck(measure_id=MEASURE),
        progress.SayCheck(measure_id=MEASURE, agrees=False),
    ]
