"""The real bot, in whose hands the reading of a population form never ends. It says so in its folder."""

from functools import partial
from pathlib import Path

from bot.__main__ import main
from bot.features.votes.population import handlers
from tests.prints.readers import never_ends

BEGUN = "reading"

if __name__ == "__main__":
    vars(handlers)["read_population_form"] = partial(never_ends, Path(BEGUN))
    main()
