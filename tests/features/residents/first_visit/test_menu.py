"""The menu of commands: in the language chosen in the bot, with what one's roles allow."""

from bot.domain.roles import COMMAND_OF, Role
from bot.features.residents.settings.callbacks import ChooseLanguage
from bot.sandbox.methods import menu_of
from bot.telegram import role_texts, texts
from bot.telegram.commands import register_commands
from tests.features.wording import worded
from tests.stage import Stage, Visitor


def menu(stage: Stage, visitor: Visitor) -> dict[str, str]:
    found = menu_of(stage.world, stage.world.people[visitor.id])
    return {each["command"]: each["description"] for each in found}


def described(language: str, *held: Role) -> dict[str, str]:
    everybodys = {command: worded(language, describe) for command, describe in texts.COMMANDS.items()}
    return everybodys | {COMMAND_OF[role]: worded(language, role_texts.command, role) for role in held}


async def test_the_menu_is_in_the_chosen_language_not_in_that_of_the_telephone(stage: Stage) -> None:
    await register_commands(stage.bot)
    resident = stage.visitor("ru")
    assert menu(stage, resident) == described("ru")
    await resident.start()
    await resident.tap("lang:ky")
    assert menu(stage, resident) == described("ky")


async def test_only_the_staff_are_offered_their_rooms(stage: Stage) -> None:
    facilitator, resident = await stage.facilitator(), await stage.resident()
    assert menu(stage, await stage.officer()) == described("ru", Role.OFFICER)
    assert menu(stage, facilitator) == described("ru", Role.FACILITATOR)
    assert menu(stage, resident) == described("ru")

    await facilitator.press(ChooseLanguage(code="ky"))
    assert menu(stage, facilitator) == described("ky", Role.FACILITATOR)


async def test_a_facilitator_finds_the_desk_on_the_home_screen(stage: Stage) -> None:
    facilitator, resident = await stage.facilitator(), await stage.resident()
    assert menu(stage, await stage.officer()) == described("ru", Role.OFFICER)
    await facilitator.start()
    assert "desk" in facilitator.data
    assert "desk" not in resident.data
