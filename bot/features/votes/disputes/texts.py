"""Words of a disputed result."""

from datetime import datetime

from markupsafe import Markup

from bot.domain.dispute import Dispute, DisputeReason
from bot.i18n import _, day, fill, ngettext, number


def undisputed(kept_days: int) -> Markup:
    return Markup("\n\n").join(
        [
            fill(_("<b>Is the result disputed?</b>")),
            fill(
                ngettext(
                    "{days} day after the result is published, the bot takes the voters' numbers off the "
                    "ballots for good. Then nobody can tell who chose what.",
                    "{days} days after the result is published, the bot takes the voters' numbers off the "
                    "ballots for good. Then nobody can tell who chose what.",
                    kept_days,
                ),
                days=number(kept_days),
            ),
            fill(
                _(
                    "While the result is disputed, the ballots stay as they are. The result itself does not "
                    "change. If it is disputed, choose why:"
                )
            ),
        ]
    )


def reason(why: DisputeReason) -> str:
    words = {
        DisputeReason.COMPLAINT: _("Somebody has complained"),
        DisputeReason.RECOUNT: _("A recount is asked for"),
        DisputeReason.AUTHORITY: _("A court or authority asks"),
    }
    return words[why]


def disputed(dispute: Dispute) -> Markup:
    return Markup("\n\n").join(
        [
            fill(
                _("<b>The result is disputed.</b>\nSince: {day}\nReason: {reason}"),
                day=day(dispute.since),
                reason=reason(dispute.reason),
            ),
            fill(_("The ballots stay as they are until the dispute is settled.")),
        ]
    )


def end_dispute() -> str:
    return _("The dispute is settled")


def sure_to_end(kept_days: int) -> Markup:
    return fill(
        ngettext(
            "<b>Is the dispute settled?</b>\n{days} day from now, the bot takes the voters' numbers off the "
            "ballots for good.",
            "<b>Is the dispute settled?</b>\n{days} days from now, the bot takes the voters' numbers off the "
            "ballots for good.",
            kept_days,
        ),
        days=number(kept_days),
    )


def not_yet() -> str:
    return _("No, not yet")


def yes_end() -> str:
    return _("Yes, it is settled")


def already_cut(cut_at: datetime) -> Markup:
    return fill(
        _(
            "The voters' numbers are no longer on the ballots. They were taken off: {day}\n\n"
            "Nobody can tell any more who chose what. The result and the codes stay."
        ),
        day=day(cut_at),
    )
