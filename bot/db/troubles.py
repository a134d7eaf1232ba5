"""Which failures of a database pass by themselves, told by the engines' codes: words differ by language.

PostgreSQL's SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html
SQLite's result codes: https://www.sqlite.org/rescode.html
"""

import errno
import sqlite3
from collections.abc import Iterator
from socket import gaierror

from sqlalchemy.exc import DBAPIError, TimeoutError as PoolTimeout

# Connection lost or refused; out of connections, memory or disk; shut down or starting up.
_PASSING_CLASSES = ("08", "53", "57P")
_SERIALIZATION_FAILURE, _DEADLOCK, _LOCK_NOT_AVAILABLE = "40001", "40P01", "55P03"
_PASSING_STATES = {_SERIALIZATION_FAILURE, _DEADLOCK, _LOCK_NOT_AVAILABLE}
# A number that no column holds; the driver, which looks first, says only "data exception".
_BEYOND_NUMBERS = {"22003", "22000"}
_PASSING_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
# An extended code holds the primary one in its lowest byte.
_PRIMARY = 0xFF
_PASSING_ERRNOS = {
    errno.EHOSTUNREACH,
    errno.ENETUNREACH,
    errno.ENETDOWN,
    errno.EHOSTDOWN,
    errno.ENOSPC,
    errno.EMFILE,
    errno.ENFILE,
    None,  # several addresses of one host, each refused in its own way
}


def is_passing(error: BaseException) -> bool:
    """Whether the database, or the way to it, may be well again a moment later."""
    if isinstance(error, (PoolTimeout, ConnectionError, TimeoutError, gaierror)):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if any(_is_passing_state(each) for each in _causes(error)):
        return True
    return isinstance(error, OSError) and error.errno in _PASSING_ERRNOS


def is_beyond_numbers(error: BaseException) -> bool:
    """Whether a number was given that no row can have."""
    if isinstance(error, OverflowError):
        return True
    return isinstance(error, DBAPIError) and any(_state(each) in _BEYOND_NUMBERS for each in _causes(error))


def _is_passing_state(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code & _PRIMARY in _PASSING_SQLITE
    state = _state(error)
    return state in _PASSING_STATES or state.startswith(_PASSING_CLASSES)


def _state(error: BaseException) -> str:
    return str(getattr(error, "sqlstate", None) or "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and the driver's own that SQLAlchemy has wrapped."""
    yield error
    if isinstance(error, DBAPIError) and error.orig is not None:
        yield error.orig
