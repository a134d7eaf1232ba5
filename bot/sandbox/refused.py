"""The answers of a Bot API server that refuses a call."""

from typing import Any


class ApiError(Exception):
    """An error of the Bot API: its code, Telegram's own words, and its parameters."""

    code = 400
    title = "Bad Request"

    def __init__(self, why: str, **parameters: Any) -> None:
        super().__init__(why)
        self.why = why
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": f"{self.title}: {self.why}" if self.why else self.title,
        }
        return {**answer, "parameters": self.parameters} if self.parameters else answer


class BadRequest(ApiError):
    pass


class Forbidden(ApiError):
    code = 403
    title = "Forbidden"


class Unauthorized(ApiError):
    code = 401
    title = "Unauthorized"


class NotFound(ApiError):
    code = 404
    title = "Not Found"


class Conflict(ApiError):
    code = 409
    title = "Conflict"


class TooManyRequests(ApiError):
    code = 429
    title = "Too Many Requests"
