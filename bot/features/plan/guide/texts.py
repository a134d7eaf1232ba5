"""Words of the five cards and of the calendar. What is only usual is said to be so."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.domain.planning_calendar import YearStep
from bot.domain.refusals import DaysNotUnderstood, Refusal
from bot.features.plan.guide.queries import Entry
from bot.i18n import _, fill


def three_papers() -> Markup:
    return fill(
        _(
            "📖 <b>1. Strategy, programme, plan: what is the difference?</b>\n\n"
            "<b>Strategy</b>: where do we want to be in many years? One direction for all.\n\n"
            "<b>Programme</b>: what must be reached in the next years, in the economy and in people's lives? "
            "It speaks of results and numbers.\n\n"
            "<b>Joint action plan</b>: what exactly will be done about our problems, by whom, by when, "
            "from what money? It is made together with residents. This is what the bot shows.\n\n"
            "<b>Budget</b>: how much money is there this year, and what is it spent on? "
            "What is in no budget will not be done."
        )
    )


def how_to_word() -> Markup:
    return fill(
        _(
            "📖 <b>2. How do I word a problem?</b>\n\n"
            "Say what is bad for people. Do not say what should be built.\n\n"
            "Not so: <i>“There is no sports hall.”</i>\n"
            "So: <i>“In winter our children have nowhere to do sport. "
            "There is no trainer and no club.”</i>\n\n"
            "Why? For a hall the money may be lacking for years. A trainer and a room in the school "
            "may be found this autumn.\n\n"
            "Four questions help: What happens? Where? Who suffers from it? Since when?"
        )
    )


def how_hearings_work() -> Markup:
    return fill(
        _(
            "📖 <b>3. What happens at a hearing, and what can I do there?</b>\n\n"
            "1. You are told the day, the place and the questions beforehand. Read the draft.\n"
            "2. At the hearing it is explained. Ask whatever is not clear.\n"
            "3. Say what you propose, or write it in the bot before. Every proposal gets a decision "
            "and its reason.\n"
            "4. Those present decide about the list of problems.\n"
            "5. Afterwards the record is in the bot: who was there, what was asked, what was decided.\n\n"
            "You cannot come? Send your question here. It will be read and answered."
        )
    )


def where_money_comes_from() -> Markup:
    return fill(
        _(
            "📖 <b>4. Where does the money come from?</b>\n\n"
            "• <b>Local budget</b>: the municipality's own money.\n"
            "• <b>Incentive grant</b>: a share from the state, if the municipality adds its own share.\n"
            "• <b>Regional development fund</b>: money of the region for larger works.\n"
            "• <b>State social order</b>: the state pays an organisation for help to people, "
            "for example to old people.\n"
            "• <b>Outside investment</b>: projects and donors.\n"
            "• <b>Local service providers</b>: for example those who run the water supply.\n"
            "• <b>Own contribution</b>: money, work and material of the residents.\n\n"
            "Conditions change from year to year. Ask the municipality which of them are open now."
        )
    )


def the_year(entries: Sequence[Entry]) -> Markup:
    lines = [
        fill("• <b>{days}</b>: {step}{own}", days=days(each), step=step(each.step), own=_own() * each.is_own)
        for each in entries
    ]
    parts = [
        fill(_("📖 <b>5. The year of planning and budget</b>")),
        Markup("\n").join(lines),
        fill(_("<i>These days are usual practice, not law. Your municipality may set others.</i>")),
    ]
    if any(each.is_own for each in entries):
        parts.append(fill(_("* set by your municipality")))
    return Markup("\n\n").join(parts)


def _own() -> str:
    return " *"


def days(entry: Entry) -> str:
    first, last = _day(entry.first_day), _day(entry.last_day)
    return first if first == last else f"{first}–{last}"


def _day(month_and_day: int) -> str:
    return f"{month_and_day % 100:02}.{month_and_day // 100:02}"


def step(which: YearStep) -> str:
    return {
        YearStep.NEEDS: lambda: _("residents name their problems"),
        YearStep.VOTE: lambda: _("residents vote on what comes first"),
        YearStep.GATHERING: lambda: _("the gathering discusses the list and the draft plan"),
        YearStep.PLAN: lambda: _("the council adopts the plan"),
        YearStep.DRAFT_BUDGET: lambda: _("hearing on the draft budget"),
        YearStep.BUDGET: lambda: _("the council adopts the budget"),
        YearStep.GRANTS: lambda: _("applications for incentive grants"),
        YearStep.REPORT: lambda: _("hearing on how last year's budget was spent"),
    }[which]()


def short_step(which: YearStep) -> str:
    return {
        YearStep.NEEDS: lambda: _("Problems"),
        YearStep.VOTE: lambda: _("Vote"),
        YearStep.GATHERING: lambda: _("Gathering"),
        YearStep.PLAN: lambda: _("Plan"),
        YearStep.DRAFT_BUDGET: lambda: _("Draft budget"),
        YearStep.BUDGET: lambda: _("Budget"),
        YearStep.GRANTS: lambda: _("Grants"),
        YearStep.REPORT: lambda: _("Report"),
    }[which]()


def our_plan() -> str:
    return _("📘 Our plan")


def documents() -> str:
    return _("📄 Documents")


def report_problem() -> str:
    return _("📝 Report a problem")


def hearings() -> str:
    return _("🗣 Public hearings")


def calendar(entries: Sequence[Entry]) -> Markup:
    lines = [
        fill("• <b>{days}</b>: {step}{own}", days=days(each), step=step(each.step), own=_own() * each.is_own)
        for each in entries
    ]
    return Markup("\n\n").join(
        [
            fill(_("📅 <b>The year's calendar</b>\nWhich days does your municipality do otherwise?")),
            Markup("\n").join(lines),
            fill(_("* set by your municipality")),
        ]
    )


def ask_days(entry: Entry) -> Markup:
    return fill(
        _(
            "📅 <b>{step}</b>\nNow: {days}\n\n"
            "Write the first and the last day, for example: <code>15.10 - 30.11</code>"
        ),
        step=step(entry.step),
        days=days(entry),
    )


def usual() -> str:
    return _("The usual days")


def saved_toast() -> str:
    return _("It is saved.")


def days_not_understood(_refusal: Refusal) -> str:
    return _("Please write the first and the last day, for example: 15.10 - 30.11")


REFUSALS: dict[type[Refusal], Callable[..., str]] = {DaysNotUnderstood: days_not_understood}
