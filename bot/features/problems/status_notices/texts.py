"""Words of the word back: to the author of "your problem", to the others of the one they support."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.domain import bands
from bot.domain.problem import LONGEST_REASON, DeclineReason, Hidden, HideReason, Word, Wording
from bot.domain.text import shortened
from bot.features.problems import card_texts as cards, hidden_texts
from bot.i18n import _, current_language, fill, ngettext, number

# How much of a wording a message about several problems shows, in characters.
SHOWN = 110


def heard(facts: Mapping[str, Any]) -> Markup:
    """The whole message on one step."""
    parts = [_title(facts)]
    if words := _wording(facts):
        parts.append(cards.text(words))
    parts += _more(facts, LONGEST_REASON)
    if facts["word"] == Word.DONE and facts["is_author"]:
        parts.append(fill(_("<b>Is it really solved?</b>")))
    return Markup("\n").join(parts)


def heard_many(items: Sequence[Mapping[str, Any]], total: int) -> Markup:
    title = fill(
        ngettext("💬 <b>News of {count} problem</b>", "💬 <b>News of your problems: {count}</b>", total),
        count=number(total),
    )
    return Markup("\n\n").join([title, *(_line(each) for each in items)])


def _line(facts: Mapping[str, Any]) -> Markup:
    words = shortened(_wording(facts), SHOWN)
    parts = [_title(facts), fill("<i>{words}</i>", words=words) if words else Markup("")]
    return Markup("\n").join(part for part in [*parts, *_more(facts, SHOWN)] if part)


def is_readable(facts: Mapping[str, Any]) -> bool:
    """Whether this listener may read the problem; older deliveries do not say, so their word decides."""
    if facts["is_author"]:
        return True
    return bool(facts.get("is_read", facts["word"] not in _NOT_READ))


def is_joined_to_public(facts: Mapping[str, Any]) -> bool:
    return facts["word"] == Word.MERGED and bool(facts.get("is_into_public"))


def _titles(facts: Mapping[str, Any]) -> Mapping[Word, Callable[[], str]]:
    if facts["is_author"]:
        return _TO_AUTHOR
    if is_readable(facts):
        return _TO_SUPPORTER
    if is_joined_to_public(facts):
        return _TO_SUPPORTER | {Word.MERGED: joined_to_public}
    return _TO_SUPPORTER | _NOT_READ


def _title(facts: Mapping[str, Any]) -> Markup:
    titles = _titles(facts)
    first, last = facts.get("place", (0, 0))
    return fill(
        titles[Word(facts["word"])](),
        number=facts["number"],
        into=facts.get("into", ""),
        place=bands.places((first, last)),
        of=facts.get("of", ""),
    )


def _wording(facts: Mapping[str, Any]) -> str:
    if not is_readable(facts):
        return ""
    text, language, translation = facts["wording"]
    return Wording(text, language, translation).read_in(current_language())


def _more(facts: Mapping[str, Any], width: int) -> list[Markup]:
    """The reason, and what somebody said of it, in so many characters at most."""
    words = shortened(facts.get("words") or "", width)
    if why := facts.get("hide_reason"):
        hidden = Hidden(HideReason(why), words or None)
        return [hidden_texts.to_author(hidden) if facts["is_author"] else hidden_texts.reason(hidden)]
    if not is_readable(facts):
        own = shortened(facts.get("own_words") or "", width)
        return [fill(_("You wrote: <i>{text}</i>"), text=own)] if own else []
    if facts.get("measure"):
        return [fill(_("What will be done: <b>{measure}</b>"), measure=shortened(_measure(facts), width))]
    if reason := facts.get("reason"):
        return [cards.reason(DeclineReason(reason), words)]
    return [fill(_("💬 {words}"), words=words)] if words else []


def _measure(facts: Mapping[str, Any]) -> str:
    title, language, other = facts["measure"]
    return str(other if other and language != current_language() else title)


_TO_AUTHOR: dict[Word, Callable[[], str]] = {
    Word.PUBLISHED: lambda: _("🟢 <b>Your problem {number} is published.</b> Everyone can read it now."),
    Word.DECLINED: lambda: _("🔴 <b>Your problem {number} was not published.</b>"),
    Word.MERGED: lambda: _(
        "🔗 <b>Your problem {number} was joined to problem {into}.</b> "
        "They are about the same. You will hear what becomes of it."
    ),
    Word.SPLIT: lambda: _("🔗 <b>Your problem {number} stands alone again.</b>"),
    Word.SHORTLISTED: lambda: _("⭐ <b>Your problem {number} is on the short list.</b>"),
    Word.RANKED: lambda: _(
        "📊 <b>The votes are counted. Place of your problem {number}: {place}.</b> "
        "Problems in the vote: {of}."
    ),
    Word.PLANNED: lambda: _("📘 <b>Your problem {number} is in the plan.</b>"),
    Word.LEFT_OUT: lambda: _("⚪ <b>Your problem {number} is not in the plan this time.</b>"),
    Word.DOING: lambda: _("🚧 <b>Your problem {number} is being solved.</b>"),
    Word.DONE: lambda: _("🏁 <b>Your problem {number} is solved, they say.</b>"),
    Word.REOPENED: lambda: _("🔁 <b>Your problem {number} is not solved yet. Work on it goes on.</b>"),
    Word.HIDDEN: lambda: _(
        "⚫ <b>Your problem {number} is hidden for now.</b> Other residents cannot read it."
    ),
    Word.SHOWN: lambda: _("🟢 <b>Your problem {number} can be read by everyone again.</b>"),
    Word.WAITING: lambda: _(
        "⏳ <b>Your problem {number} waits again.</b> The facilitator is looking at it once more. "
        "We will tell you what they decide."
    ),
}
_TO_SUPPORTER: dict[Word, Callable[[], str]] = {
    Word.PUBLISHED: lambda: _("🟢 <b>Problem {number} is published.</b> You said: mine too."),
    Word.DECLINED: lambda: _("🔴 <b>Problem {number} was not published.</b> You said: mine too."),
    Word.MERGED: lambda: _(
        "🔗 <b>Problem {number} was joined to problem {into}.</b> "
        "They are about the same. You will hear what becomes of it."
    ),
    Word.SPLIT: lambda: _("🔗 <b>Problem {number} stands alone again.</b> You said: mine too."),
    Word.SHORTLISTED: lambda: _("⭐ <b>Problem {number} is on the short list.</b> You said: mine too."),
    Word.RANKED: lambda: _(
        "📊 <b>The votes are counted. Place of problem {number}: {place}.</b> You said: mine too."
    ),
    Word.PLANNED: lambda: _("📘 <b>Problem {number} is in the plan.</b> You said: mine too."),
    Word.LEFT_OUT: lambda: _("⚪ <b>Problem {number} is not in the plan this time.</b> You said: mine too."),
    Word.DOING: lambda: _("🚧 <b>Problem {number} is being solved.</b> You said: mine too."),
    Word.DONE: lambda: _("🏁 <b>Problem {number} is solved, they say.</b> You said: mine too."),
    Word.REOPENED: lambda: _("🔁 <b>Problem {number} is not solved yet. Work on it goes on.</b>"),
    Word.HIDDEN: lambda: _("⚫ <b>Problem {number} is hidden for now.</b> You said: mine too."),
    Word.SHOWN: lambda: _("🟢 <b>Problem {number} can be read by everyone again.</b> You said: mine too."),
    Word.WAITING: lambda: _(
        "⏳ <b>Problem {number} waits for the facilitator again.</b> You said: mine too."
    ),
}


def joined_to_public() -> str:
    return _(
        "🔗 <b>A report that you stand behind was joined to problem {into}.</b> "
        "They are about the same. You will hear what becomes of it."
    )


# To a supporter of what was not public: what became of it, and nothing of what stands in it.
_NOT_READ: dict[Word, Callable[[], str]] = {
    Word.DECLINED: lambda: _(
        "🔴 <b>A report that you stood behind was not published.</b> "
        "If the problem is yours too, please report it in your own words."
    ),
    Word.MERGED: lambda: _(
        "🔗 <b>A report that you stand behind was joined to another one like it.</b> "
        "It waits for the facilitator. You will hear what becomes of it."
    ),
    Word.SPLIT: lambda: _(
        "🔗 <b>A report that you stand behind stands alone again.</b> It waits for the facilitator."
    ),
}


def really_solved() -> str:
    return _("Yes, solved")


def not_solved() -> str:
    return _("No, it is not")


def see_problem() -> str:
    return _("📋 See the problem")


def see_measure() -> str:
    return _("📘 See the measure")


def my_problems() -> str:
    return _("📋 My problems")


def report_again() -> str:
    return _("📝 Report a problem")
