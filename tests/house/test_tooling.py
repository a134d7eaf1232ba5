"""The files around the code keep their promises: the lock, the make targets, the shapes of deployment."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from bot.settings import PREFIX, TEST_PREFIX, Settings

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
PINS = re.split(r"\n(?=\S)", LOCK.strip())
TARGETS = re.findall(r"^([a-z]+): .*## ", MAKEFILE, re.MULTILINE)

# Put together from halves, so that this file passes its own test.
REGISTRIES = ("pypi." + "org", "python" + "hosted.org", "registry." + "npmjs", "/" + "simple/")
PROJECT_FOLDERS = (".ci", ".github", "bot", "docs", "locales", "migrations", "tests")


def project_files() -> list[Path]:
    found = [path for folder in PROJECT_FOLDERS for path in (ROOT / folder).rglob("*")]
    found += ROOT.glob("*")
    return [path for path in found if path.is_file() and path.suffix != ".pyc"]


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    # What a `make test` around this test passes down is not meant for the inner make.
    env = {name: value for name, value in os.environ.items() if name not in {"ARGS", "PYTHON", "MFLAGS"}}
    env = {name: value for name, value in env.items() if not name.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False
    )


def test_the_lock_holds_no_address_and_no_path() -> None:
    assert "/" not in LOCK


@pytest.mark.parametrize("pin", PINS, ids=lambda pin: pin.split("==")[0])
def test_every_pin_is_exact_and_has_hashes(pin: str) -> None:
    assert re.match(r"[a-z0-9.-]+==[^ ]+( ; [^\\]+)? \\\n", pin)
    assert re.search(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$", pin, re.MULTILINE)


def test_every_dependency_is_in_the_lock() -> None:
    pinned = {canonicalize_name(pin.split("==")[0]) for pin in PINS}
    asked = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]
    asked += PYPROJECT["build-system"]["requires"]
    assert {canonicalize_name(Requirement(line).name) for line in asked} <= pinned


def test_every_pin_fits_the_range_that_is_asked_for() -> None:
    pinned = [Requirement(pin.split("\\")[0]) for pin in PINS]
    asked = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
    for need in asked:
        versions = [str(pin.specifier).removeprefix("==") for pin in pinned if pin.name == need.name]
        assert versions
        assert all(version in need.specifier for version in versions), need


def lowest(need: Requirement) -> str:
    return next((each.version for each in need.specifier if each.operator == ">="), "")


def test_nothing_older_than_what_is_pinned_and_tested_is_allowed() -> None:
    """The lower bound of every range is the pinned version, to its second place at least.

    Where an older Python has an older pin, the oldest pin is the bound.
    """
    pinned = [Requirement(pin.split("\\")[0]) for pin in PINS]
    asked = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]
    asked += PYPROJECT["build-system"]["requires"]
    for need in map(Requirement, asked):
        versions = [Version(str(pin.specifier)[2:]) for pin in pinned if pin.name == need.name]
        bound = lowest(need).split(".")
        assert len(bound) >= 2, need
        assert bound == str(min(versions)).split(".")[: len(bound)], need


def test_no_project_file_names_a_package_registry() -> None:
    named = [
        (path.relative_to(ROOT), registry)
        for path in project_files()
        for registry in REGISTRIES
        if registry.encode() in path.read_bytes()
    ]
    assert not named


def test_every_make_target_is_phony_and_has_a_line_of_help() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert phony[1].split() == TARGETS
    assert set(re.findall(r"^([a-z]+):(?!=)", MAKEFILE, re.MULTILINE)) == set(TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_how_to_build_a_target(target: str) -> None:
    assert make("--dry-run", target).returncode == 0


def test_help_names_every_target() -> None:
    named = [line.split()[1] for line in make("help").stdout.splitlines()]
    assert named == TARGETS


@pytest.fixture
def bare_checkout(tmp_path: Path) -> Path:
    """The files that make reads, in a folder whose name has a space, and nothing installed."""
    folder = tmp_path / "my bot"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    return folder


def test_a_python_that_is_too_old_is_refused_in_one_plain_line(bare_checkout: Path) -> None:
    old = bare_checkout / "old-python"
    old.write_text("#!/bin/sh\n[ $1 = --version ] && echo Python 3.9.2\n", encoding="utf-8")
    old.chmod(0o755)
    answer = make("run", "PYTHON=./old-python", folder=bare_checkout)
    assert answer.returncode != 0
    assert answer.stderr.splitlines()[0] == "Python 3.11 or newer is needed; found: Python 3.9.2"
    assert not (bare_checkout / ".venv").exists()


def test_what_is_installed_is_not_installed_again_until_the_lock_changes(bare_checkout: Path) -> None:
    program = bare_checkout / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.touch()
    for stamp in re.findall(r"touch (\.venv/\S+)", make("--dry-run", "run", folder=bare_checkout).stdout):
        (bare_checkout / stamp).touch()
    (bare_checkout / "requirements.lock").touch()
    assert make("--dry-run", "run", folder=bare_checkout).stdout.split() == [".venv/bin/bap", "run"]
    with (bare_checkout / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# another\n")
    assert "--require-hashes" in make("--dry-run", "run", folder=bare_checkout).stdout


def test_an_environment_whose_python_is_gone_is_made_anew(bare_checkout: Path) -> None:
    program = bare_checkout / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.symlink_to("/a/python/since/removed")
    for stamp in re.findall(r"touch (\.venv/\S+)", make("--dry-run", "run", folder=bare_checkout).stdout):
        (bare_checkout / stamp).touch()
    assert "rm -rf .venv" in make("--dry-run", "run", folder=bare_checkout).stdout


def test_the_final_check_lints_and_tests_with_every_optional_engine_required() -> None:
    assert re.search(
        r"^export BAP_TEST_REQUIRE=postgresql,postgresql-programs,chromium,pdftotext$", CI, re.MULTILINE
    )
    assert re.findall(r"^timeout .* make (\w+)$", CI, re.MULTILINE) == ["lint", "test"]


@pytest.mark.parametrize("name", ["compose.yaml", "Dockerfile", ".ci/run", ".github/workflows/ci.yml"])
def test_deployment_files_name_only_settings_that_exist(name: str) -> None:
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+", (ROOT / name).read_text(encoding="utf-8")))
    known = {PREFIX + setting.upper() for setting in Settings.model_fields}
    assert {setting for setting in named if not setting.startswith(TEST_PREFIX)} <= known


def test_the_forge_runs_the_final_check_on_the_oldest_python_that_is_promised() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert re.findall(r"^ +- run: (.*)$", workflow, re.MULTILINE) == [".ci/run"]
    oldest = PYPROJECT["project"]["requires-python"].removeprefix(">=")
    assert re.search(rf'python: \["{re.escape(oldest)}"', workflow)


def test_hooks_before_a_commit_use_the_project_s_own_programs() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"entry: (.*)$", hooks, re.MULTILINE)
    assert entries
    assert all(entry.startswith(".venv/bin/python -m ") for entry in entries)
    tests = re.findall(r"tests/\S+", hooks)
    assert [name for name in tests if not (ROOT / name).exists()] == []
    assert re.findall(r"- repo: (.*)$", hooks, re.MULTILINE) == ["local"]


def test_the_licence_is_the_one_the_project_declares() -> None:
    assert PYPROJECT["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
