"""Buttons stay clickable for years: a class that was shipped packs to the same string for ever.

To change a button, add a new class and leave the old one; then add its line here.
"""

import inspect
import pkgutil
from importlib import import_module

from aiogram.filters.callback_data import CallbackData

import bot.features
from bot.domain.problem import DeclineReason, Step
from bot.features.moderation import callbacks as moderation
from bot.features.preferences import callbacks as preferences
from bot.features.problems import callbacks as problems
from bot.features.ranking import callbacks as ranking
from bot.features.start import callbacks as start
from bot.features.voting import callbacks as voting

SHIPPED: dict[str, CallbackData] = {
    "home": start.GoHome(),
    "lang:ky": start.ChooseLanguage(code="ky"),
    "obls": start.ListOblasts(),
    "dists:Ош": start.ListDistricts(oblast="Ош"),
    "muns:Өзгөн": start.ListMunicipalities(district="Өзгөн"),
    "mun:9": start.ChooseMunicipality(municipality_id=9),
    "move:9": start.MoveToMunicipality(municipality_id=9),
    "vils:1": start.ListVillages(page=1),
    "vil:48": start.ChooseVillage(village_id=48),
    "agree": start.Agree(),
    "set": preferences.OpenSettings(),
    "rep": problems.StartReport(),
    "step:village": problems.GoToStep(step=Step.VILLAGE),
    "edit:text": problems.EditLine(step=Step.TEXT),
    "skip:media": problems.SkipStep(step=Step.MEDIA),
    "dvils:0": problems.ListDraftVillages(page=0),
    "dvil:48": problems.SetDraftVillage(village_id=48),
    "dtops:1": problems.ListDraftTopics(page=1),
    "dtop:0": problems.SetDraftTopic(topic_id=0),
    "dwho:children": problems.SetDraftWho(group="children"),
    "dnomedia:7": problems.ClearAttachments(draft_id=7),
    "send:7": problems.SendReport(draft_id=7),
    "leave": problems.LeaveReport(),
    "drop:7": problems.DropReport(draft_id=7),
    "offer:7": problems.FileOffered(draft_id=7),
    "nooffer:7": problems.DeclineOffered(draft_id=7),
    "mine:0": problems.ListMyProblems(page=0),
    "my:12:0": problems.ShowMyProblem(problem_id=12, page=0),
    "all:48:4:0": problems.BrowseProblems(village_id=48, topic_id=4, page=0),
    "allvil:4:0": problems.ListBrowseVillages(topic_id=4, page=0),
    "alltop:48:0": problems.ListBrowseTopics(village_id=48, page=0),
    "find": problems.SearchProblems(),
    "prob:12:48:4:0": problems.ShowProblem(problem_id=12, village_id=48, topic_id=4, page=0),
    "media:12": problems.ShowAttachments(problem_id=12),
    "desk": moderation.OpenDesk(),
    "deskm:9": moderation.OpenDeskOf(municipality_id=9),
    "queue:9:12": moderation.ShowNextReport(municipality_id=9, after=12),
    "pub:12": moderation.PublishProblem(problem_id=12),
    "decl:12": moderation.AskReason(problem_id=12),
    "declr:12:unclear": moderation.DeclineProblem(problem_id=12, reason=DeclineReason.UNCLEAR),
    "declo:12": moderation.AskOwnReason(problem_id=12),
    "report:12": moderation.ShowReport(problem_id=12),
    "qmedia:12": moderation.ShowReportMedia(problem_id=12),
    "vote:3": voting.OpenBallot(round_id=3),
    "vpage:3:1": voting.TurnBallot(round_id=3, page=1),
    "cast:3:12:1:1": voting.CastVote(round_id=3, problem_id=12, page=1, on=True),
    "vdone:3": voting.FinishBallot(round_id=3),
    "vplan:9": voting.PlanVote(municipality_id=9),
    "vday:9:20261225": voting.SetClosingDay(municipality_id=9, day=20261225),
    "vopen:9:20261225": voting.OpenVote(municipality_id=9, day=20261225),
    "turnout:3": voting.ShowTurnout(round_id=3),
    "vask:3": voting.AskToClose(round_id=3),
    "vclose:3": voting.CloseVote(round_id=3),
    "export:3": ranking.ExportRanking(round_id=3),
}


def callback_classes() -> set[type[CallbackData]]:
    """Every button class of every feature."""
    found = set()
    for feature in pkgutil.iter_modules(bot.features.__path__):
        try:
            module = import_module(f"bot.features.{feature.name}.callbacks")
        except ModuleNotFoundError:
            continue
        found |= {
            member
            for _name, member in inspect.getmembers(module, inspect.isclass)
            if issubclass(member, CallbackData) and member is not CallbackData
        }
    return found


def test_every_button_packs_to_the_string_it_was_shipped_with() -> None:
    assert {packed: callback.pack() for packed, callback in SHIPPED.items()} == {
        packed: packed for packed in SHIPPED
    }


def test_every_button_class_is_pinned() -> None:
    assert {type(callback) for callback in SHIPPED.values()} == callback_classes()


def test_no_two_buttons_share_a_prefix() -> None:
    prefixes = [callback.__prefix__ for callback in callback_classes()]
    assert len(prefixes) == len(set(prefixes))


def test_every_shipped_string_is_understood_again() -> None:
    for packed, callback in SHIPPED.items():
        assert type(callback).unpack(packed) == callback
