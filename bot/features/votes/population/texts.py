"""Words of the population table."""

from markupsafe import Markup

from bot.domain.places import Name
from bot.domain.voter import AgeGroup, Sex
from bot.i18n import _, fill, named, number


def population(place: Name, people: int) -> Markup:
    words = (
        fill(_("The table is there. People who may vote: <b>{people}</b>."), people=number(people))
        if people
        else fill(_("There is no table yet, so every vote counts the same."))
    )
    return Markup("\n\n").join(
        [
            fill(_("👥 <b>Population: {municipality}</b>"), municipality=named(place)),
            words,
            fill(
                _(
                    "With the table, each village, women and men, young and old count in the result as "
                    "much as there are people. Get the spreadsheet, fill it in and send it back here."
                )
            ),
        ]
    )


def get_form() -> str:
    return _("📄 Spreadsheet to fill in")


def to_papers() -> str:
    return _("🖨 Print and lists")


def form_caption() -> str:
    return _("Fill in how many people who may vote live in each village, and send the file back here.")


def sheet() -> str:
    return _("Population")


def title(place: Name) -> str:
    return _("Population: {municipality}").format(municipality=named(place))


def note() -> str:
    return _(
        "People old enough to vote, from the official numbers. A row for each village; "
        "where nobody lives, write 0."
    )


def column_village() -> str:
    return _("Village")


def column(sex: Sex, age_group: AgeGroup) -> str:
    return {
        (Sex.WOMAN, AgeGroup.UNDER_35): lambda: _("Women younger than 35"),
        (Sex.WOMAN, AgeGroup.FROM_35): lambda: _("Women 35 and older"),
        (Sex.MAN, AgeGroup.UNDER_35): lambda: _("Men younger than 35"),
        (Sex.MAN, AgeGroup.FROM_35): lambda: _("Men 35 and older"),
    }[sex, age_group]()


def repeated(row: int) -> str:
    return _("This village stands already in row {row}.").format(row=row)


def saved(changed: int) -> Markup:
    if not changed:
        return fill(_("The table was the same already: nothing changed."))
    return fill(_("✅ <b>The table is saved.</b>\nIt holds for votes whose result is not public yet."))


def nothing_filled_in() -> Markup:
    return fill(_("The spreadsheet is empty. Fill it in and send it again."))
