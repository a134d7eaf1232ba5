"""Screens of the first visit and the home screen."""

from collections.abc import Iterable, Sequence

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.paging import page_of
from bot.domain.places import Municipality, Name, Village
from bot.domain.roles import Role
from bot.features.hearings.notices.callbacks import ListHearings, OpenHearing
from bot.features.plan.guide.callbacks import OpenLesson
from bot.features.plan.reading.callbacks import OpenPlan
from bot.features.problems.reporting.callbacks import BrowseProblems, ListMyProblems, ShowOffered, StartReport
from bot.features.residents.first_visit import texts
from bot.features.residents.first_visit.callbacks import (
    Agree,
    ChooseMunicipality,
    ChooseVillage,
    ListDistricts,
    ListMunicipalities,
    ListOblasts,
    ListVillages,
    MoveToMunicipality,
)
from bot.features.residents.first_visit.queries import Home
from bot.features.residents.settings.callbacks import ChooseLanguage, OpenSettings
from bot.features.residents.workplaces import to_work
from bot.features.votes.ballot.callbacks import OpenBallot
from bot.i18n import LANGUAGES, named, speaking
from bot.telegram import texts as common
from bot.telegram.navigation import GoHome
from bot.telegram.paging import pager
from bot.telegram.screen import Row, Screen, button, stacked

MOST_CHOICES = 8


def languages() -> Screen:
    """Each language greets and names itself in its own words, whatever is spoken now."""
    lines, buttons = [], []
    for language in LANGUAGES:
        with speaking(language):
            lines.append(texts.greeting())
            buttons.append(button(common.own_language(), ChooseLanguage(code=language)))
    return Screen(Markup("\n").join(lines), [buttons])


def oblasts(municipalities: Sequence[Municipality]) -> Screen:
    names = _distinct(municipality.oblast for municipality in municipalities)
    return Screen(
        texts.which_oblast(),
        stacked([button(named(name), ListDistricts(oblast=name.ky)) for name in names]),
    )


def districts(municipalities: Sequence[Municipality], oblast: str) -> Screen:
    inside = [municipality for municipality in municipalities if municipality.oblast.ky == oblast]
    names = _distinct(municipality.district for municipality in inside)
    return Screen(
        texts.which_district(),
        [
            *stacked([button(named(name), ListMunicipalities(district=name.ky)) for name in names], 2),
            [button(common.back(), ListOblasts())],
        ],
    )


def municipalities_of(municipalities: Sequence[Municipality], district: str) -> Screen:
    inside = [municipality for municipality in municipalities if municipality.district.ky == district]
    up = ListDistricts(oblast=inside[0].oblast.ky) if inside else ListOblasts()
    return Screen(texts.which_municipality(), [*_choices(inside), [button(common.back(), up)]])


def search_results(found: Sequence[Municipality], typed: str) -> Screen:
    text = texts.municipalities_like(typed) if found else texts.no_municipality_like(typed)
    return Screen(text, [*_choices(found[:MOST_CHOICES]), [button(common.back(), ListOblasts())]])


def _choices(municipalities: Sequence[Municipality]) -> list[list[InlineKeyboardButton]]:
    return stacked(
        [
            button(texts.municipality_in_district(each), ChooseMunicipality(municipality_id=each.id))
            for each in municipalities
        ]
    )


def villages(municipality: Municipality, all_villages: Sequence[Village], wanted: int = 0) -> Screen:
    shown, page = page_of(all_villages, wanted, MOST_CHOICES)
    choices = [button(named(village.name), ChooseVillage(village_id=village.id)) for village in shown]
    turn = pager(page, lambda number: ListVillages(page=number))
    return Screen(
        texts.which_village(municipality.name),
        [*stacked(choices, 2), turn, [button(texts.change_municipality(), ListOblasts())]],
    )


def consent(municipality: Name, village: Name) -> Screen:
    return Screen(
        texts.consent(municipality, village),
        [
            [button(texts.agree(), Agree())],
            [button(texts.change_village(), ListVillages(page=0))],
        ],
    )


def moving(current: Municipality, new: Municipality) -> Screen:
    return Screen(
        texts.moving(current.name, new.name),
        [
            [button(texts.stay(), GoHome())],
            [button(texts.move(), MoveToMunicipality(municipality_id=new.id))],
        ],
    )


def home(found: Home, roles: frozenset[Role]) -> Screen:
    rows: list[Row] = []
    if found.round:
        rows.append([button(texts.vote(), OpenBallot(round_id=found.round.id))])
    if found.hearing:
        rows.append([button(texts.next_hearing(), OpenHearing(hearing_id=found.hearing.id))])
    if found.has_offer:
        rows.append([button(texts.see_offer(), ShowOffered())])
    rows.append(
        [button(texts.continue_report() if found.has_draft else texts.report_problem(), StartReport())]
    )
    mine = button(texts.my_problems(), ListMyProblems(page=0))
    everybodys = button(texts.browse_problems(), BrowseProblems(village_id=0, topic_id=0, page=0))
    plan, lessons = button(texts.plan(), OpenPlan()), button(texts.lessons(), OpenLesson(card=0))
    rows += [*stacked([mine, everybodys], 2), *stacked([plan, lessons], 2)]
    if not found.hearing:
        rows.append([button(texts.hearings(), ListHearings(page=0))])
    rows += [to_work(role) for role in Role if role in roles]
    rows.append([button(texts.settings(), OpenSettings())])
    return Screen(_home_text(found), rows)


def _home_text(found: Home) -> Markup:
    parts = [texts.home(found.municipality, found.village)]
    parts.append(texts.vote_is_open(found.round, found.picked) if found.round else texts.nothing_open())
    if found.hearing:
        parts.append(texts.hearing_comes(found.hearing))
    if found.has_draft:
        parts.append(texts.draft_waits())
    if found.has_offer:
        parts.append(texts.offer_waits())
    if found.published:
        parts.append(texts.problems_published(found.published))
    return Markup("\n\n").join(parts)


def _distinct(names: Iterable[Name]) -> list[Name]:
    """Each name once, in the alphabetical order of the language spoken."""
    return sorted(set(names), key=named)
