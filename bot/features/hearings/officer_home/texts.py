"""Words of the office."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.hearing import HearingStatus, Rule
from bot.domain.text import shortened
from bot.features.hearings import hearing_texts as cards
from bot.features.hearings.hearing_queries import HearingCard
from bot.features.hearings.officer_home.queries import HearingNumbers, Office, Rules
from bot.i18n import _, current_language, fill, named, ngettext, number, short_day_and_time

LABEL = 31


def which_office() -> Markup:
    return fill(_("🏢 <b>The office</b>\nOf which municipality?"))


def office(found: Office) -> Markup:
    parts = [fill(_("🏢 <b>The office</b>\n{municipality}"), municipality=named(found.municipality))]
    if not found.coming:
        parts.append(fill(_("No hearing is announced now.")))
    if found.drafts:
        parts.append(fill(_("Drafts wait for you: go on where you stopped.")))
    return Markup("\n\n").join(parts)


def announce() -> str:
    return _("🗣 Announce a hearing")


def plan() -> str:
    return _("📘 The plan")


def hearing_label(hearing: HearingCard) -> str:
    """The day and the hour, and as much of the topic as fits a button."""
    when = short_day_and_time(hearing.starts_at) if hearing.starts_at else ""
    sign = "🚫" if hearing.status is HearingStatus.CANCELLED else "📅"
    return shortened(f"{sign} {when} {_topic(hearing)}", LABEL)


def draft_label(hearing: HearingCard) -> str:
    return shortened(f"✏️ {_topic(hearing) or nameless()}", LABEL)


def nameless() -> str:
    return _("A draft")


def _topic(hearing: HearingCard) -> str:
    return hearing.topic.read_in(current_language())


def past_hearings(count: int) -> str:
    return _("Past hearings ({count})").format(count=number(count))


def no_past() -> Markup:
    return fill(_("There are no past hearings yet."))


def past() -> Markup:
    return fill(_("<b>Past hearings</b>"))


def holders() -> str:
    return _("🔑 Who holds a role")


def our_rules() -> str:
    return _("⚙️ Our rules")


def to_office() -> str:
    return _("🏢 The office")


# One hearing -----------------------------------------------------------------------------------------------


def card(hearing: HearingCard, numbers: HearingNumbers, *, is_over: bool) -> Markup:
    told = hearing.announcement
    return Markup("\n\n").join(
        [_state(hearing, is_over=is_over), cards.title(told), cards.facts(told), _numbers(numbers)]
    )


def _state(hearing: HearingCard, *, is_over: bool) -> Markup:
    if hearing.status is HearingStatus.CANCELLED:
        return fill(_("🚫 <b>Called off</b>"))
    if hearing.recorded_at:
        return fill(_("<b>Held, the record is sent</b>"))
    return fill(_("<b>Begun or held</b>") if is_over else _("<b>Announced</b>"))


def _numbers(numbers: HearingNumbers) -> Markup:
    waiting = [_waiting(numbers.waiting)] if numbers.waiting else []
    return Markup("\n").join(
        [
            fill(_("Dispatched to: {count}"), count=number(numbers.told)),
            fill(_("👀 Pressed “I have read it”: {count}"), count=number(numbers.read)),
            fill(_("🙋 Will come: {count}"), count=number(numbers.coming)),
            fill(
                _("❓ Questions and proposals without an answer: {count}"), count=number(numbers.unanswered)
            ),
            *waiting,
        ]
    )


def _waiting(count: int) -> Markup:
    return fill(_("⏳ Questions and proposals that wait for you: {count}"), count=number(count))


def dispatch() -> str:
    return _("The dispatch")


def questions() -> str:
    return _("❓ Questions")


def waiting(count: int) -> str:
    return _("Waiting for you ({count})").format(count=number(count))


def poster() -> str:
    return _("📄 For the board")


def change() -> str:
    return _("✏️ Change")


def call_off() -> str:
    return _("🚫 Call it off")


def record() -> str:
    return _("The record")


# Rules -----------------------------------------------------------------------------------------------------


def rules(now: Rules) -> Markup:
    return Markup("\n\n").join(
        [
            fill(_("⚙️ <b>Our rules for hearings</b>\nYour own habit, not the law.")),
            Markup("\n").join(fill("{rule}", rule=rule_line(rule, value_of(now, rule))) for rule in Rule),
        ]
    )


def value_of(now: Rules, rule: Rule) -> int:
    return {
        Rule.NOTICE_DAYS: now.notice_days,
        Rule.FIRST_REMINDER: now.first_reminder_hours,
        Rule.SECOND_REMINDER: now.second_reminder_hours,
        Rule.QUESTIONS: int(now.questions_at_once),
    }[rule]


def rule_line(rule: Rule, value: int) -> str:
    return f"{rule_name(rule)}: {rule_value(rule, value)}"


def rule_name(rule: Rule) -> str:
    return _RULES[rule]()


_RULES: dict[Rule, Callable[[], str]] = {
    Rule.NOTICE_DAYS: lambda: _("Announce before"),
    Rule.FIRST_REMINDER: lambda: _("🔔 First reminder"),
    Rule.SECOND_REMINDER: lambda: _("🔔 Second reminder"),
    Rule.QUESTIONS: lambda: _("❓ Residents' questions"),
}


def rule_value(rule: Rule, value: int) -> str:
    if rule is Rule.NOTICE_DAYS:
        return ngettext("{count} day", "{count} days", value).format(count=value)
    if rule is Rule.QUESTIONS:
        return _("shown at once") if value else _("officers see them first")
    if value == 0:
        return _("none")
    return ngettext("{count} hour before", "{count} hours before", value).format(count=value)


def which_value(rule: Rule) -> Markup:
    return fill("<b>{rule}</b>\n{explained}", rule=rule_name(rule), explained=_EXPLAINED[rule]())


_EXPLAINED: dict[Rule, Callable[[], str]] = {
    Rule.NOTICE_DAYS: lambda: _("With fewer days left, the bot warns you and does not stop you."),
    Rule.FIRST_REMINDER: lambda: _("It goes to those who did not say that they cannot come."),
    Rule.SECOND_REMINDER: lambda: _("It goes to those who did not say that they cannot come."),
    Rule.QUESTIONS: lambda: _(
        "Officers first: nobody else reads a question or a proposal until an officer shows it.\n"
        "At once: everybody reads it as soon as it is sent, and an officer can hide it.\n"
        "What waits now keeps waiting."
    ),
}


def rule_saved() -> str:
    return _("Saved")
