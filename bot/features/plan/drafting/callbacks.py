"""Buttons of those who publish the plan."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.plan import Part


class OpenPlanning(CallbackData, prefix="planng"):
    municipality_id: int


class GetPlanForm(CallbackData, prefix="plform"):
    municipality_id: int


class AwaitPlanFile(CallbackData, prefix="plfile"):
    municipality_id: int


class OpenPlanDraft(CallbackData, prefix="pldraft"):
    version_id: int


class AskToDropPlanDraft(CallbackData, prefix="pldropq"):
    version_id: int


class DropPlanDraft(CallbackData, prefix="pldrop"):
    version_id: int


class ShowForDiscussion(CallbackData, prefix="plshow"):
    version_id: int
    on: bool


class ListComments(CallbackData, prefix="plcoms"):
    version_id: int
    page: int


class StartAdopting(CallbackData, prefix="pladopt"):
    version_id: int


class SkipScan(CallbackData, prefix="plnoscan"):
    version_id: int


class AdoptPlan(CallbackData, prefix="pladone"):
    version_id: int


class EditMeasure(CallbackData, prefix="pledit"):
    """A measure of the draft, or of the plan in force: then a draft is begun."""

    item_id: int


class AskPart(CallbackData, prefix="plpart"):
    item_id: int
    part: Part


class AddOrRemove(CallbackData, prefix="plmany"):
    """One measure more for the problem of this one, or this one less."""

    item_id: int


class AskNewMeasure(CallbackData, prefix="pladd"):
    """One more for the problem of this one."""

    item_id: int


class AskToRemoveMeasure(CallbackData, prefix="plremq"):
    item_id: int


class RemoveMeasure(CallbackData, prefix="plrem"):
    item_id: int
