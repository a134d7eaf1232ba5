"""Words of entering a sheet."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from bot.domain.gathering import Flaw, Tally, TypedVotes
from bot.domain.text import shortened
from bot.features.problems.public import line_text
from bot.features.votes import gathering_texts as cards
from bot.features.votes.paper_votes.callbacks import Step
from bot.features.votes.paper_votes.form_texts import flaw_words
from bot.features.votes.vote_queries import Vote
from bot.i18n import _, fill, full_day, named, number

SHOWN_TEXT = 60


def short_day(day: date) -> str:
    return f"{day:%d.%m}"


def held_on(told: Mapping[str, Any]) -> Markup:
    return fill("📅 <b>{day}</b>", day=full_day(date.fromisoformat(told["held_on"])))


def question(vote: Vote, step: Step) -> Markup:
    if step is Step.VOTES:
        return _which_votes(vote)
    return {
        Step.BATCH: lambda: fill(
            _(
                "👥 <b>The sheet of a gathering</b>\nWrite the number of the sheet. It stands at its top.\n\n"
                "By its number each sheet is counted only once."
            )
        ),
        Step.VILLAGE: lambda: fill(_("👥 <b>The sheet of a gathering</b>\nIn which village was it?")),
        Step.DAY: lambda: fill(
            _("📅 <b>On which day was the gathering?</b>\nPress a day or write it, for example 20.11.")
        ),
        Step.PEOPLE: lambda: fill(_("👥 <b>Who was called to the gathering?</b>")),
        Step.METHOD: lambda: fill(_("🗳 <b>How did people vote?</b>")),
        Step.NUMBERS: lambda: fill(
            _(
                "👥 <b>How many people?</b>\nWrite four numbers:\n"
                "women present, men present, how many voted, how many of them had voted in the bot "
                "before.\n\n"
                "For example: <code>34 21 50 6</code>"
            )
        ),
        Step.SIGNED: lambda: fill(
            _(
                "✏️ <b>Where, and who signed?</b>\nWrite three lines:\n"
                "the place,\nthe first who signed,\nthe second who signed."
            )
        ),
        Step.PHOTO: lambda: fill(
            _("📎 <b>Photo of the sheet</b>\nSend a photo of the signed sheet, so that it can be checked.")
        ),
    }[step]()


def _which_votes(vote: Vote) -> Markup:
    problems = [
        fill("<b>{number}</b> {text}", number=each.number, text=shortened(line_text(each), SHOWN_TEXT))
        for each in vote.problems.values()
    ]
    how = fill(
        _(
            "🗳 <b>How many votes did each problem get?</b>\n"
            "Write a line for each: the number of the problem, then the votes. "
            "Leave out problems without votes.\n\nFor example:\n<code>12 - 30\n7 - 22</code>"
        )
    )
    return Markup("\n").join([how, Markup(""), *problems])


def not_understood(typed: TypedVotes) -> Markup:
    """Everything that was not understood, at once; nothing was taken."""
    parts = [fill(_("⚠️ <b>Please write it once more, all of it.</b>"))]
    if typed.not_understood:
        words = "; ".join(shortened(each, 40) for each in typed.not_understood[:8])
        parts.append(fill(_("Not understood: {words}"), words=words))
    if typed.not_listed:
        parts.append(fill(_("Not on the list of this vote: {numbers}"), numbers=_joined(typed.not_listed)))
    if typed.repeated:
        parts.append(fill(_("Written twice: {numbers}"), numbers=_joined(typed.repeated)))
    return Markup("\n").join(parts)


def _joined(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:20]))


def without_photo() -> str:
    return _("Without a photo")


def without_number() -> str:
    return _("Without a number")


def is_it_the_same(counted: str) -> Markup:
    return fill(
        _(
            "⚠️ <b>Is it the same sheet?</b>\n"
            "Sheet №{number} is counted already. Its village, day and votes are the same.\n\n"
            "If it is the same sheet, it must not be counted twice."
        ),
        number=counted,
    )


def it_is_the_same() -> str:
    return _("🗑 The same: delete this one")


def it_is_another() -> str:
    return _("✅ Another gathering: count it")


def later() -> str:
    return _("⬅️ Go on later")


def drop() -> str:
    return _("🗑 Delete this sheet")


def save() -> str:
    return _("✅ It is right: count it")


def change() -> str:
    return _("✏️ Change")


def what_to_change() -> Markup:
    return fill(_("✏️ <b>What do you want to change?</b>"))


def edit(step: Step) -> str:
    return {
        Step.BATCH: lambda: _("✏️ Number"),
        Step.VILLAGE: lambda: _("✏️ Village"),
        Step.DAY: lambda: _("✏️ Day"),
        Step.PEOPLE: lambda: _("✏️ Who came"),
        Step.METHOD: lambda: _("✏️ How"),
        Step.NUMBERS: lambda: _("✏️ How many"),
        Step.VOTES: lambda: _("✏️ Votes"),
        Step.SIGNED: lambda: _("✏️ Signatures"),
        Step.PHOTO: lambda: _("✏️ Photo"),
    }[step]()


def flaw(vote: Vote, of: Flaw) -> Markup:
    """For a screen; `flaw_words` are the same for a cell."""
    return fill("⚠️ {words}", words=flaw_words(vote, of))


def sheet(vote: Vote, tally: Tally, batch: str, *, has_photo: bool) -> Markup:
    """Everything on it, to be compared with the paper."""
    lines = [
        fill(_("👥 <b>The sheet of a gathering №{number}</b>"), number=batch),
        fill(
            "{village}, {place}, {day}",
            village=named(vote.villages[tally.village_id]),
            place=tally.place,
            day=full_day(tally.held_on),
        ),
        fill(
            _("Who was called: {people}. They voted {method}."),
            people=cards.people(tally.people),
            method=cards.method(tally.method),
        ),
        fill(_("Present: women {women}, men {men}."), women=number(tally.women), men=number(tally.men)),
        fill(
            _("Voted: <b>{voted}</b>. Had voted in the bot before: {already}."),
            voted=number(tally.voted),
            already=number(tally.already_voted),
        ),
        fill(
            _("Signed by: {first}, {second}."),
            first=tally.first_signatory,
            second=tally.second_signatory,
        ),
        fill(_("There is a photo.")) if has_photo else fill(_("There is no photo.")),
        Markup(""),
        *_votes(vote, tally),
    ]
    return Markup("\n").join(lines)


def _votes(vote: Vote, tally: Tally) -> list[Markup]:
    counted = sorted(tally.votes.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [
        fill(
            "№{number} {text}: <b>{votes}</b>",
            number=vote.problems[problem_id].number,
            text=shortened(line_text(vote.problems[problem_id]), SHOWN_TEXT),
            votes=number(votes),
        )
        for problem_id, votes in counted
        if votes
    ]
    total = fill(_("All votes together: {total}"), total=number(sum(tally.votes.values())))
    return [*lines, total]
