"""Words of the two questions about the voter."""

from markupsafe import Markup

from bot.domain.voter import AgeGroup, Sex
from bot.i18n import _, fill


def which_sex() -> Markup:
    return fill(
        _(
            "🗳 <b>Two questions, asked once</b>\n"
            "Often some vote more than others: one village, only men, only the old. "
            "By your answers we give everybody the same weight. "
            "They are only counted. Nobody is shown what you said of yourself.\n\n"
            "<b>You are:</b>"
        )
    )


def which_age() -> Markup:
    return fill(_("🗳 <b>How old are you?</b>"))


def sex(which: Sex) -> str:
    return {Sex.WOMAN: _("A woman"), Sex.MAN: _("A man")}[which]


def age_group(which: AgeGroup) -> str:
    return {AgeGroup.UNDER_35: _("Under 35"), AgeGroup.FROM_35: _("35 or older")}[which]


def rather_not() -> str:
    return _("Rather not say")


def saved() -> Markup:
    return fill(_("🗳 Thank you. It is kept for your votes from now on."))
