"""Every setting of the bot, in one class; nothing else reads the environment."""

import os
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "BAP_"
# The test suite has switches of its own under the same prefix; they are not settings of the bot.
TEST_PREFIX = "BAP_TEST_"
# The folder that is wholly the bot's own: all in it is kept from other accounts of the machine.
DATA = "data"
# The clock of every date that people read: Kyrgyzstan keeps one time zone, without summer time.


class WrongSetting(Exception):
    """A setting that cannot be used: one line that names the setting and never shows its value."""


class Settings(BaseSettings):
    """Read from the environment (prefix ``BAP_``) and from ``.env``; documented in docs/settings.md."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    token: SecretStr | None = None
    hash_key: SecretStr | None = Field(default=None, min_length=16)
    api_url: str = "https://api.telegram.org"
    database_url: str = f"sqlite+aiosqlite:///{DATA}/bap.sqlite3"

    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(default=8081, ge=1, le=65535)

    log_format: Literal["auto", "json", "console"] = "auto"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    sandbox_port: int = Field(default=8080, ge=0, le=65535)
    sandbox_dir: str = f"{DATA}/sandbox"

    reports_per_day: int = Field(default=5, ge=1, le=100)
    words_back_per_day: int = Field(default=3, ge=1, le=20)
    picks: int = Field(default=3, ge=1, le=10)
    screening_picks: int = Field(default=5, ge=1, le=10)
    shortlist_size: int = Field(default=25, ge=5, le=25)
    ballots_kept_days: int = Field(default=90, ge=1, le=3650)
    counting_days: int = Field(default=7, ge=1, le=60)
    declined_text_days: int = Field(default=90, ge=0, le=3650)
    closing_hour: int = Field(default=20, ge=0, le=23)
    invite_hours: int = Field(default=72, ge=1, le=720)
    messages_per_second: int = Field(default=30, ge=1, le=100_000)
    deliveries_per_second: float = Field(default=25, gt=0, le=1000)
    person_pause_seconds: float = Field(default=1, ge=0, le=60)
    group_messages_per_minute: float = Field(default=20, gt=0, le=6000)
    quiet_from: int = Field(default=21, ge=0, le=23)
    quiet_to: int = Field(default=8, ge=0, le=23)
    lease_seconds: float = Field(default=60, ge=2, le=600)

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/") if value else value

    @field_validator("database_url")
    @classmethod
    def _has_known_engine(cls, value: str) -> str:
        if not value.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
        return value

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        number, _, secret = value.get_secret_value().partition(":") if value else ("1", ":", "secret")
        if not number.isdigit() or not secret or not secret.replace("_", "").replace("-", "").isalnum():
            raise ValueError("must look like 123456789:AbC..., as @BotFather gives it")
        return value

    @property
    def rehearsal_url(self) -> str:
        """The sandbox's own database: a rehearsal never touches a municipality's."""
        return f"sqlite+aiosqlite:///{self.sandbox_dir}/rehearsal.sqlite3"

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(f"{PREFIX}WEBHOOK_SECRET is required when {PREFIX}WEBHOOK_URL is set")
        return self


def read_settings(**given: object) -> Settings:
    """Read all settings; raise `WrongSetting` with one line for the first one that cannot be used."""
    _refuse_unknown_names()
    try:
        return Settings(**given)  # type: ignore[arg-type]  # keyword values are validated, not typed
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = PREFIX + str(first["loc"][0]).upper() + ": " if first["loc"] else ""
        raise WrongSetting(name + first["msg"].removeprefix("Value error, ")) from None


def _refuse_unknown_names() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX) and name not in known:
            raise WrongSetting(f"{name}: there is no such setting; docs/settings.md lists them all")
