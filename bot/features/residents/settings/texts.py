"""Words of the settings."""

from collections.abc import Collection

from markupsafe import Markup

from bot.domain.notices import NoticeTopic
from bot.i18n import _, fill


def settings() -> Markup:
    return fill(_("⚙️ <b>Settings</b>"))


def change_village() -> str:
    return _("Another village")


def change_municipality() -> str:
    return _("Another municipality")


def about_me() -> str:
    return _("🗳 Sex and age")


def forget_me() -> str:
    return _("🗑 Forget me")


def what_i_hear() -> str:
    return _("🔔 What I hear")


def notices(muted: Collection[NoticeTopic]) -> Markup:
    return Markup("\n\n").join(
        [
            fill(_("🔔 <b>What I hear</b>\nPress a line below to switch it on or off.")),
            *(_topic(topic, on=topic not in muted) for topic in NoticeTopic),
            fill(
                _(
                    "When a hearing that you were told of is changed or called off, "
                    "you are told in any case: nobody should come in vain."
                )
            ),
        ]
    )


def _topic(topic: NoticeTopic, *, on: bool) -> Markup:
    return fill("<b>{switch}</b>\n{meaning}", switch=switch(topic, on=on), meaning=_meaning(topic))


def switch(topic: NoticeTopic, *, on: bool) -> str:
    return (_("🔔 {topic}: on") if on else _("🔕 {topic}: off")).format(topic=_name(topic))


def _name(topic: NoticeTopic) -> str:
    return {
        NoticeTopic.HEARINGS: _("Hearings"),
        NoticeTopic.REMINDERS: _("Reminders"),
        NoticeTopic.VOTES: _("Voting"),
        NoticeTopic.PROBLEMS: _("My problems"),
        NoticeTopic.PLAN: _("The plan"),
    }[topic]


def _meaning(topic: NoticeTopic) -> str:
    return {
        NoticeTopic.HEARINGS: _("A public hearing is announced in my municipality."),
        NoticeTopic.REMINDERS: _("A hearing begins soon, or a vote in which I have not finished ends."),
        NoticeTopic.VOTES: _("A vote begins in my municipality, ends, or is counted."),
        NoticeTopic.PROBLEMS: _("My problem was published, or why it was not."),
        NoticeTopic.PLAN: _("The plan is adopted or changed; what I follow gets on."),
    }[topic]


def set_toast(*, on: bool) -> str:
    return _("Switched on. You will be told.") if on else _("Switched off. You will not be told.")
