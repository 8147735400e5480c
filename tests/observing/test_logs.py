"""Log lines: as text or JSON, with the request's id; of libraries and of errors nothing that a person wrote."""

import json
import logging
import threading
from collections.abc import Iterator

import pytest
import structlog

from bot.observing import logs
from bot.observing.request_ids import begin_request, end_request

MARK = "Zanzibar and my salary"


class Captured:
    """What went to stderr."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys, self._text = capsys, ""

    def getvalue(self) -> str:
        self._text += self._capsys.readouterr().err
        return self._text


@pytest.fixture
def stream(capsys: pytest.CaptureFixture[str]) -> Iterator[Captured]:
    """Where the logs go; what was configured before is put back."""
    root, kept = logging.getLogger(), logging.getLogger().handlers[:]
    levels = {name: logging.getLogger(name).level for name in ("", *logs.OURS)}
    hook, config = threading.excepthook, structlog.get_config()
    yield Captured(capsys)
    root.handlers[:] = kept
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    threading.excepthook = hook
    structlog.configure(**config)


def lines(stream: Captured) -> list[dict[str, str]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_json_line_has_the_request_and_the_message(stream):
    logs.configure_logs(form="json", level="INFO")
    begin_request("request-0001")
    logging.getLogger("bot.channels.turns").warning("a turn of %s\ntook long", "web-1")
    end_request()
    logging.getLogger("bot.runtime").info("ready")
    logging.getLogger("bot.runtime").debug("not shown")

    first, second = lines(stream)
    assert (first["request"], first["level"], first["logger"]) == ("request-0001", "WARNING", "bot.channels.turns")
    assert first["message"] == "a turn of web-1\ntook long"
    assert first["time"].endswith("Z")
    assert (second["request"], second["message"]) == ("-", "ready")


def test_a_text_line_cannot_pass_for_two(stream):
    logs.configure_logs(form="text", level="WARNING")
    logging.getLogger("actions.base").error("one\n2026-01-01 WARNING two\rthree")

    whole = stream.getvalue()
    assert whole.count("\n") == 3
    assert all(line.startswith("    ") for line in whole.splitlines()[1:])
    assert "ERROR actions.base [-] one" in whole


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_a_library_says_is_not_shown_but_where(stream, form):
    logs.configure_logs(form=form, level="DEBUG")
    logging.getLogger("asyncio").error(f"Task exception was never retrieved: {MARK}")
    logging.getLogger("rasa.core.processor").warning("Received %s", MARK)
    logging.getLogger("sanic.error").info(MARK)

    assert MARK not in stream.getvalue()
    assert "asyncio" in stream.getvalue()
    assert "at test_logs:" in stream.getvalue()
    assert "sanic" not in stream.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_errors_message_is_not_shown_but_its_type_and_place(stream, form):
    logs.configure_logs(form=form, level="DEBUG")
    try:
        raise ValueError(MARK)
    except ValueError as exc:
        logging.getLogger("actions.base").debug("an action failed", exc_info=exc)

    assert MARK not in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert "test_logs.py" in stream.getvalue()


def test_an_error_of_a_thread_is_logged_without_its_message(stream):
    logs.configure_logs(form="json", level="WARNING")

    def fail() -> None:
        raise RuntimeError(MARK)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()

    (line,) = lines(stream)
    assert (line["error"], line["logger"]) == ("RuntimeError", "bot.thread")
    assert MARK not in stream.getvalue()


def test_rasas_own_log_goes_the_same_way_with_the_events_name_alone(stream):
    logs.configure_logs(form="json", level="WARNING")
    logs.route_structlog()
    logger = structlog.get_logger()
    logger.warning("processor.message.parse", event_info=MARK, text=MARK)
    logger.debug("not.shown")

    (line,) = lines(stream)
    assert (line["logger"], line["message"]) == ("bot.rasa", "processor.message.parse")
    assert MARK not in stream.getvalue()
