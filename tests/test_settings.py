"""Settings: read from the environment, refused in one line that names the setting and hides its value."""

import pytest

from bot.settings import Settings, WrongSetting, read_settings

SECRET = "123456:AAH-secret-part"


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(str(tmp_path))
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BAP_{name.upper()}", raising=False)


def refused(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as caught:
        read_settings()
    return str(caught.value)


def test_without_any_setting_the_sandbox_can_start() -> None:
    settings = read_settings()

    assert settings.token is None
    assert settings.database_url.startswith("sqlite+aiosqlite:///data/")


def test_an_empty_setting_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAP_TOKEN", "")

    assert read_settings().token is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BAP_TOKEN", "not-a-token"),
        ("BAP_DATABASE_URL", "mysql://root@localhost/x"),
        ("BAP_API_URL", "ftp://example.org"),
        ("BAP_PICKS", "many"),
        ("BAP_WEBHOOK_PORT", "99999"),
        ("BAP_LOG_LEVEL", "LOUD"),
        ("BAP_TOKKEN", SECRET),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    complaint = refused(monkeypatch, **{name: value})

    assert complaint.startswith(f"{name}: ")
    assert "\n" not in complaint
    assert value not in complaint


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = refused(monkeypatch, BAP_TOKEN=SECRET, BAP_WEBHOOK_URL="https://bot.example.org")

    assert "BAP_WEBHOOK_SECRET" in complaint
    assert SECRET not in complaint


def test_a_secret_never_shows_in_the_settings_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAP_TOKEN", SECRET)

    assert SECRET not in repr(read_settings())


def test_the_env_file_is_read(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("env")
    (folder / ".env").write_text("BAP_PICKS=5\n")
    monkeypatch.chdir(folder)

    assert read_settings().picks == 5
