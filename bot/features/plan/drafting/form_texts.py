"""Words of the spreadsheet of a plan, and of what may be wrong in it."""

from bot.i18n import _


def plan_sheet() -> str:
    return _("Plan")


def table_sheet() -> str:
    return _("Measures")


def plan_title() -> str:
    return _("The plan as a whole")


def plan_note() -> str:
    return _("One row. The measures stand on the second sheet.")


def table_title() -> str:
    return _("Problems and measures")


def table_note() -> str:
    return _(
        "A row for each measure. Write the problem, its causes, goal and the rest once; where a row leaves "
        "them empty, it belongs to the problem above. Do not change the numbers; a new measure has none yet."
    )


def column_title() -> str:
    return _("Title of the plan")


def column_first_year() -> str:
    return _("First year")


def column_last_year() -> str:
    return _("Last year")


def column_language() -> str:
    return _("Language")


def no_direction(found: str) -> str:
    return _("There is no direction “{found}”. Choose from the list.").format(found=found)


def no_villages(found: str) -> str:
    return _("The municipality has no village “{found}”.").format(found=found)


def no_term(found: str) -> str:
    return _("“{found}” is no term. Write it as 30.06.2027, or June 2027, or 2027.").format(found=found)


def term_outside(found: str, first: int, last: int) -> str:
    return _("The term “{found}” is not within the years of the plan, {first} to {last}.").format(
        found=found, first=first, last=last
    )


def no_sum(found: str) -> str:
    return _("“{found}” is no sum. Write it in som, as 350000.").format(found=found)


def no_year(found: str) -> str:
    return _("“{found}” is no year. Write it as 2027.").format(found=found)


def years_turned() -> str:
    return _("The last year comes before the first.")


def too_many_years() -> str:
    return _("A plan is for ten years at most.")


def no_language(found: str) -> str:
    return _("“{found}” is no language of the bot. Choose from the list.").format(found=found)


def no_problem_yet() -> str:
    return _("Which problem is this for? Write the problem in this row or in one above.")


def measure_missing() -> str:
    return _("What will be done? The measure is missing.")


def unknown_number(found: str) -> str:
    return _("The plan has no measure with the number {found}. Leave the number of a new one empty.").format(
        found=found
    )


def unknown_problem_number(found: str) -> str:
    return _("The plan has no problem with the number {found}. Leave the number of a new one empty.").format(
        found=found
    )


def repeated_number(row: int) -> str:
    return _("This number stands already in row {row}.").format(row=row)


def no_reported(found: str) -> str:
    return _("The bot has no published problem with the number {found}.").format(found=found)


def no_measures() -> str:
    return _("There is no measure in the table.")


def no_years_above() -> str:
    return _("The years of the plan are not found. Write them above the table, as 2027–2028.")
