"""`make imports`: who imports whom in the bot, counted; `ARGS=folder` counts another checkout.

A *room* is a folder of the bot, or one inside a capability; what lies between two rooms is one *arrow*,
however many modules it stands for. A room's *floor* is one above the highest room it uses. The buttons
(`callbacks`) of a room are no part of that, for they lead to and fro: the arrows that stand for buttons alone
may *run back*, to a room that is not below.
"""

import ast
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

BOT = Path(__file__).parents[1] / "bot"
FEATURES = "bot.features."
COUNTED = ("db", "domain", "features", "prints", "sandbox", "telegram")


@dataclass(frozen=True, slots=True)
class Project:
    """The modules of the bot, the modules of the bot that each imports, and how long each is."""

    imports: Mapping[str, set[str]]
    lines: Mapping[str, int]
    packages: frozenset[str]

    @classmethod
    def read(cls, root: Path = BOT.parent) -> Self:
        imports, lines = {}, {}
        for file in sorted((root / "bot").rglob("*.py")):
            source = file.read_text(encoding="utf-8")
            module = module_of(file, root)
            imports[module], lines[module] = imports_of(source, root), source.count("\n")
        packages = {module_of(each, root) for each in (root / "bot").rglob("*") if each.is_dir()}
        return cls(imports, lines, frozenset(packages))

    def arrows(self, place_of: Callable[[str], str], *, buttons: bool = False) -> dict[str, set[str]]:
        """From each place to those it uses."""
        found: dict[str, set[str]] = {}
        for module, used in self.imports.items():
            places = {place_of(each) for each in used if buttons or not each.endswith(".callbacks")}
            found.setdefault(place_of(module), set()).update(places - {place_of(module)})
        return found

    def room_of(self, module: str) -> str:
        """`bot.features.plan.reading`; the root of a capability is a room, and each of its faces is one."""
        parts = module.split(".")
        if not module.startswith(FEATURES):
            return ".".join(parts[:2])
        inner = ".".join(parts[:4])
        return inner if inner in self.packages or parts[-1] in ("public", "feature") else ".".join(parts[:3])


def module_of(file: Path, root: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(source: str, root: Path) -> set[str]:
    """The modules of the bot that a source imports, `from package import module` resolved."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if exists(name, root) else node.module for name in inner}
    return {name for name in found if within(name, "bot")}


def exists(module: str, root: Path) -> bool:
    path = root.joinpath(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def within(module: str, part: str) -> bool:
    return module == part or module.startswith((part + ".", part + "_"))


def capability_of(module: str) -> str:
    """`bot.features.plan` of any module of the plan; of others the folder."""
    parts = module.split(".")
    return ".".join(parts[:3] if module.startswith(FEATURES) else parts[:2])


def floors_of(arrows: Mapping[str, set[str]]) -> dict[str, int]:
    """The floor of each place, the lowest being 0; the arrows must make no circle."""

    @cache
    def floor(place: str) -> int:
        return 1 + max((floor(each) for each in arrows.get(place, ())), default=-1)

    return {place: floor(place) for place in arrows}


def count(project: Project, place_of: Callable[[str], str]) -> str:
    floors = floors_of(project.arrows(place_of))
    arrows = [(start, end) for start, ends in project.arrows(place_of, buttons=True).items() for end in ends]
    back = sum(floors[start] <= floors.get(end, 0) for start, end in arrows)
    return (
        f"{len(floors)} on {1 + max(floors.values())} floors, {len(arrows)} arrows, {back} of them run back"
    )


def crossings(project: Project) -> dict[tuple[str, str], int]:
    """How many imports lead from one capability to another, but for buttons."""
    found: dict[tuple[str, str], int] = {}
    for module, uses in project.imports.items():
        for used in uses:
            pair = capability_of(module), capability_of(used)
            is_inside = module.startswith(FEATURES) and used.startswith(FEATURES)
            if is_inside and pair[0] != pair[1] and not used.endswith(".callbacks"):
                found[pair] = found.get(pair, 0) + 1
    return found


def main() -> None:
    project = Project.read(Path(sys.argv[1]) if len(sys.argv) > 1 else BOT.parent)
    print("rooms:", count(project, project.room_of))
    print("capabilities and folders:", count(project, capability_of))
    for (user, used), many in sorted(crossings(project).items()):
        print(f"  {user.removeprefix(FEATURES)} -> {used.removeprefix(FEATURES)}: {many} imports")
    for folder in COUNTED:
        modules = [each for each in project.lines if within(each, f"bot.{folder}")]
        print(f"{folder}: {len(modules)} modules, {sum(project.lines[each] for each in modules)} lines")


if __name__ == "__main__":
    main()
