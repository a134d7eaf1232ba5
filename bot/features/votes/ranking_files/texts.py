"""Words of the ranking's files, and of handing them over."""

from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from bot.domain.ballot import Stage
from bot.domain.breakdown import NOT_APART
from bot.domain.refusals import Refusal, VoteStillOpen
from bot.domain.secrecy import FEWEST
from bot.features.votes import ranking_texts as cards, tie_texts
from bot.features.votes.ranking_files.report import Report
from bot.features.votes.vote_queries import Vote
from bot.i18n import _, day_and_time, fill, named, ngettext, number, percent


def caption(vote: Vote) -> str:
    return cards.title(vote)


def choose(vote: Vote) -> Markup:
    words = (
        _(
            "📊 <b>{title}</b>\n\n"
            "Choose what you need. The pictures are for the telephone, the report is for printing, "
            "the spreadsheet has everything, also the votes of each group for a recount."
        )
        if vote.stage is Stage.SCREENING
        else _(
            "📊 <b>{title}</b>\n\n"
            "Choose what you need. The pictures are for the telephone, the report is for printing, "
            "the spreadsheet has everything, also the ballots without names for a recount."
        )
    )
    return fill(words, title=cards.title(vote))


def in_pictures() -> str:
    return _("📊 Pictures")


def as_report() -> str:
    return _("📄 Report to print")


def as_spreadsheet() -> str:
    return _("📄 Spreadsheet (XLSX)")


def as_csv() -> str:
    return "📄 CSV"


def as_json() -> str:
    return "📄 JSON"


def to_vote() -> str:
    return _("‹ To the vote")


def being_made(vote: Vote, bar: str) -> Markup:
    return fill(_("📊 <b>{title}</b>\n\nIt is being made.\n{bar}"), title=cards.title(vote), bar=bar)


def sheet_summary() -> str:
    return _("Summary")


def sheet_ranking() -> str:
    return _("Ranking")


def sheet_villages() -> str:
    return _("By village")


def sheet_sexes() -> str:
    return _("Women and men")


def sheet_ages() -> str:
    return _("Young and old")


def sheet_ways() -> str:
    return _("Bot and paper")


def sheet_gatherings() -> str:
    return _("Gatherings")


def sheet_ballots() -> str:
    return _("Ballots")


def sheet_tallies() -> str:
    return _("Votes by group")


def sheet_groups() -> str:
    return _("Groups of voters")


def sheet_recount() -> str:
    return _("For the recount")


def sheet_method() -> str:
    return _("How it was counted")


def chart_title(report: Report) -> str:
    return _("Share of voters") if report.ranking.is_estimated else _("Votes for each problem")


def column_place() -> str:
    return _("Place")


def column_first() -> str:
    return _("Place from")


def column_last() -> str:
    return _("Place to")


def column_number() -> str:
    return _("No.")


def column_problem() -> str:
    return _("Problem")


def column_village() -> str:
    return _("Village")


def column_topic() -> str:
    return _("Topic")


def column_votes() -> str:
    return _("Votes")


def column_share() -> str:
    return _("Share of voters")


def column_low() -> str:
    return _("Share at least")


def column_high() -> str:
    return _("Share at most")


def column_bot() -> str:
    return _("In the bot")


def column_paper() -> str:
    return _("On paper")


def column_shown() -> str:
    return _("Voters who saw it")


def column_share_of(part: str) -> str:
    return _("{part}: share").format(part=part)


def column_together() -> str:
    return _("Bot and paper together")


def column_least() -> str:
    return _("Without those who voted twice, at least")


def column_most() -> str:
    return _("Without those who voted twice, at most")


def column_group() -> str:
    return _("Group")


def column_choice(place: int) -> str:
    return _("Choice {number}").format(number=place)


def column_voters() -> str:
    return _("Voters")


def column_weight() -> str:
    return _("Share in the result")


def gathering_columns() -> list[str]:
    return [
        _("Village"),
        _("Day"),
        _("Place of the gathering"),
        _("Who was called"),
        _("How they voted"),
        _("Women present"),
        _("Men present"),
        _("Voted"),
        _("Voted in the bot before"),
        _("Signed by"),
        _("State"),
    ]


def is_counted() -> str:
    return _("counted")


def taken_back(reason: str) -> str:
    return _("taken back: {reason}").format(reason=reason)


def village_column(name: str, voters: int) -> str:
    return _("{village} (voted: {voters})").format(village=name, voters=number(voters))


def sex(code: int) -> str:
    if code == NOT_APART:
        return _("women and men together")
    return (_("not told"), _("women"), _("men"))[code]


def age(code: int) -> str:
    if code == NOT_APART:
        return _("all ages together")
    return (_("not told"), _("younger than 35"), _("35 and older"))[code]


def group(village: str, sex_code: int, age_code: int, *, is_paper: bool) -> str:
    """A stratum in words."""
    words = [cards.village(village, is_paper=is_paper)]
    if sex_code:
        words.append(sex(sex_code))
    if age_code:
        words.append(age(age_code))
    return ", ".join(words)


def small_villages() -> str:
    return _("small villages together")


def why_together() -> str:
    return _(
        "Groups with fewer than {number} votes in the bot are counted together, so that nobody's vote shows."
    ).format(number=FEWEST)


def why_villages_together(report: Report) -> str:
    apart = any(part.is_paper_alone for part in report.villages)
    return f"{why_together()} {cards.why_paper_alone()}" if apart else why_together()


def about_ballots() -> str:
    return _(
        "Each line is a ballot from the bot, without a name and without a code, in random order. "
        "The monitoring group can recount the vote with this file. Please do not pass it on: "
        "somebody could be made to show how they voted."
    )


def about_tallies() -> str:
    return _(
        "Of each group: how many of its voters in the bot saw a problem, and how many of them chose it. "
        "There are no single ballots of a first vote: from the problems that a voter saw, others could tell "
        "whose ballot it is."
    )


def about_recount() -> str:
    return _("Numbers for the program that recounts the vote. Please change nothing here.")


def about_ways() -> str:
    return _(
        "Some people said at a gathering that they had voted in the bot before. The last two columns show "
        "the least and the most that would be left without their second votes."
    )


def counted(moment: datetime) -> str:
    return _("Counted: {moment}").format(moment=day_and_time(moment))


def facts(report: Report) -> list[tuple[str, str]]:
    """What was voted on, when, by whom: labels and values."""
    vote, ranking = report.material.vote, report.ranking
    period = _("from {opened} to {closed}").format(
        opened=day_and_time(vote.opened_at), closed=day_and_time(vote.ended_at)
    )
    gatherings = [each for each in report.material.gatherings if each.counts]
    rows = [
        (_("Municipality"), named(vote.municipality)),
        (_("Which vote"), _("first, for the short list") if vote.stage is Stage.SCREENING else _("deciding")),
        (_("Open"), period),
        (_("Problems on the list"), number(len(vote.problems))),
        (_("Each could choose up to"), number(vote.picks)),
        (_("Voted"), number(ranking.turnout)),
        (_("In the bot"), number(ranking.turnout_in_bot)),
        (_("On paper"), number(ranking.paper_voters)),
        (_("Gatherings"), number(len(gatherings))),
    ]
    rows += [
        (
            _("The gathering decided"),
            f"{tie_texts.order(vote, each.problem_ids)} — {each.decided_by}: {each.reason}",
        )
        for each in report.material.decisions
    ]
    if ranking.weighted and ranking.is_estimated:
        rows.append((_("Live in villages that took part"), percent(ranking.represented)))
    return rows


def method(report: Report) -> list[str]:
    """The method in plain words, a sentence or two a line."""
    ranking, picks = report.ranking, report.material.vote.picks
    return [
        cards.voted(ranking),
        *cards.left_out(ranking),
        ngettext(
            "Everybody could choose up to {picks} problem, in the bot or on paper at a gathering.",
            "Everybody could choose up to {picks} problems, in the bot or on paper at a gathering.",
            picks,
        ).format(picks=number(picks)),
        _("In the bot every voter saw the problems in an order of their own."),
        *([_unseen()] if report.is_screening else []),
        *_weighing(report),
        cards.whose_opinion(ranking),
        why_together(),
        cards.advice(),
        counted(report.made_at),
    ]


def _unseen() -> str:
    return _(
        "No figures are shown of a problem that fewer than {least} people saw. It stands last, but its true "
        "place may be any."
    ).format(least=FEWEST)


def _weighing(report: Report) -> Sequence[str]:
    if not report.ranking.is_estimated:
        return [_("Problems with equal votes share their places.")]
    weights = (
        _("The votes of each group weigh as many people as live there, by the population table.")
        if report.ranking.weighted
        else _("The number of people in the villages is not known to the bot, so every vote counts the same.")
    )
    return [
        _(
            "Voters are put into groups by village, sex and age. "
            "A group with fewer than {number} votes in the bot joins the nearest one."
        ).format(number=FEWEST),
        weights,
        _("The share of a problem is that of the voters who saw it and chose it, group by group."),
        _("Between “at least” and “at most” the share lies with a certainty of 95 %."),
        _("“Place from” and “place to” are the places that a problem may have, with the same certainty."),
        cards.same_places(),
        _(
            "Inside equal places the order is: the share, then in how many villages a problem is among the "
            "first five, then how many people support it, then a lot drawn from the closed count."
        ),
    ]


def signatures() -> list[str]:
    return [_("Facilitator"), _("Head of the monitoring group"), _("Chair of the gathering")]


def still_open(refusal: VoteStillOpen) -> str:
    return _("The vote is open until {closes_at}. Until then the counts are hidden from everyone.").format(
        closes_at=day_and_time(refusal.closes_at)
    )


REFUSALS: dict[type[Refusal], Callable[..., str]] = {VoteStillOpen: still_open}
