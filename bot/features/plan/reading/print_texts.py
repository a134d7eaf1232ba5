"""Words of the pictures and of the paper of a plan."""

from bot.i18n import _, number


def done_of(done: int, measures: int) -> str:
    return _("{done} of {count}").format(done=number(done), count=number(measures))


def late(count: int) -> str:
    return _("Late: {count}").format(count=number(count))


def late_word() -> str:
    return _("late")


def done_share(share: str, measures: int) -> str:
    return _("Done: {share}. Measures: {count}").format(share=share, count=number(measures))


def how_to_read_progress() -> str:
    return _("Dark: done. Lighter: in progress. The numbers say how many measures are done, of how many.")


def the_year(year: int) -> str:
    return _("What is to be done by when: {year}").format(year=year)


def how_to_read_year() -> str:
    return _("Each number is a measure of the plan, in the month by whose end it is to be done.")


def state(which: str) -> str:
    return {
        "done": lambda: _("done"),
        "doing": lambda: _("in progress"),
        "planned": lambda: _("planned"),
        "late": lambda: _("late"),
        "not_done": lambda: _("not done"),
    }[which]()


def and_more(count: int) -> str:
    return _("and {count} more").format(count=number(count))


def draft() -> str:
    return _("DRAFT, not adopted")


def as_of(day: str) -> str:
    return _("How far it is on this day: {day}").format(day=day)


def money(total: str) -> str:
    return _("Money in all: {sum}").format(sum=total)


def how_far() -> str:
    return _("How far")
