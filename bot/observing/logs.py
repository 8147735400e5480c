"""Logs: one line for each thing that happened, as text or JSON, with the request's id and nothing that a person wrote.

Our own lines hold names of things and ids. A library's line may hold anything, an exception's message as well, so of
those only is shown where in the library it was written and which error it is about.
"""

import json
import logging
import sys
import threading
import traceback
from collections.abc import MutableMapping
from datetime import datetime, timezone
from types import TracebackType
from typing import Any

from bot.observing.request_ids import current_request_id

OURS = ("bot", "actions", "alembic")
"""Loggers whose lines are shown as they are written: ours, and one that speaks of tables alone."""
RASA = logging.getLogger("bot.rasa")

ExceptionInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


def configure_logs(*, form: str, level: str) -> None:
    """Write all logs to stderr in that form, "text" or "json"; of libraries only warnings and errors."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(handlers=[handler], level=max(logging.WARNING, logging.getLevelName(level)), force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    threading.excepthook = _log_of_thread


def route_structlog() -> None:
    """Have Rasa's own log of events go the same way, with the event's name alone."""
    import structlog

    structlog.configure(processors=[_hand_over],
                        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
                        cache_logger_on_first_use=True)  # fmt: skip


class TextLines(logging.Formatter):
    """Lines for people: time, level, logger, request, message."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what follows a line break is indented, so that no message can pass for two."""
        text = "\n".join([_message(record), *_stack(record.exc_info)])
        told = f"{_time(record)} {record.levelname} {record.name} [{current_request_id()}] {text}"
        return "\n    ".join(told.splitlines())


class JsonLines(logging.Formatter):
    """Lines for programs: a JSON object each."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "request": current_request_id(),
            "message": _message(record),
        }
        if stack := _stack(record.exc_info):
            line["error"], line["stack"] = stack[0], "\n".join(stack[1:])
        return json.dumps(line)


def _time(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    return f"at {record.module}:{record.lineno} in {record.funcName}"


def _stack(info: ExceptionInfo | None) -> list[str]:
    """Return the error's type and where it came from, without its message, which may quote a person."""
    if not info or info[0] is None:
        return []
    return [info[0].__name__, *"".join(traceback.format_tb(info[2])).splitlines()]


def _hand_over(logger: Any, method: str, event: MutableMapping[str, Any]) -> Any:
    from structlog import DropEvent

    RASA.log(logging.getLevelName(method.upper()), "%s", event.get("event"))
    raise DropEvent


def _log_of_thread(args: threading.ExceptHookArgs) -> None:
    logging.getLogger("bot.thread").error(
        "a thread ended", exc_info=(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    )
