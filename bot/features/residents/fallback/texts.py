"""Words for what nobody asked for."""

from markupsafe import Markup

from bot.i18n import _, fill


def old_button() -> str:
    return _("This button is old. Here is what there is now.")


def did_not_understand() -> Markup:
    return fill(_("Sorry, we cannot read this. Please write in words, or choose a button."))


def edited() -> Markup:
    return fill(
        _(
            "You have changed an old message. We keep what you sent first. "
            "To correct a report, use its buttons."
        )
    )


def help_() -> Markup:
    return fill(
        _(
            "<b>What can you do here?</b>\n\n"
            "📝 Report a problem of your village.\n"
            "🗳 Choose which problems should be solved first.\n"
            "📋 See what became of your problem.\n"
            "🔎 Read the problems of your municipality.\n"
            "🗣 Hear of public hearings, ask and propose.\n"
            "📘 Read our plan and see how far it is: /plan\n"
            "📖 Learn how it all works: /learn\n\n"
            "You can simply write to us: every message can become a report."
        )
    )
