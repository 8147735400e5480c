"""Request ids: one id in the answer's header and in every log line that a request leads to.

The id follows asyncio's tasks by itself; whoever hands work to a thread takes the context along.
"""

import re
import secrets
from contextvars import ContextVar

HEADER = "X-Request-Id"
ID_BYTES = 12
NONE = "-"
"""What stands in a log line that belongs to no request."""

_VALID = re.compile("[0-9A-Za-z_-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default=NONE)


def current_request_id() -> str:
    """Return the id of the request that is being worked on, "-" when there is none."""
    return _current.get()


def begin_request(given: str | None = None) -> str:
    """Take the given id if it is well-formed, else a new one, as that of all that follows in this task; return it."""
    made = given if given is not None and _VALID.fullmatch(given) else secrets.token_hex(ID_BYTES)
    _current.set(made)
    return made


def ensure_request() -> str:
    """Return the id of the request that is being worked on, a new one where there is none."""
    current = _current.get()
    return begin_request() if current == NONE else current


def end_request() -> None:
    """Let what follows in this task, the next request on the connection say, have nothing to do with this one."""
    _current.set(NONE)
