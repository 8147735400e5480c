"""The routes of the web channel, one method each."""

import json
import secrets
from collections.abc import Generator, Mapping
from dataclasses import dataclass

from bot.terminal.cleaning import clean_line
from bot.terminal.errors import BrokenAnswerError, NoServerError, RefusedError
from bot.terminal.messages import (
    CoachMessage,
    Done,
    PersonMessage,
    Session,
    read_event,
    read_history,
    read_object,
    read_session,
)
from bot.terminal.transport import Address, Exchange, broken_off, exchange

ROUTES = "/webhooks/web"
HOME = "PMO-Coach-Home"
"""The header in which a server tells whose coach it is."""
MAX_CHARACTERS = 1000
"""How long a message may be; the server refuses longer ones too."""


class CoachClient:
    """Talks to one server; every call raises a TerminalError when it does not succeed."""

    def __init__(self, address: Address, timeout: float) -> None:
        """Give each call `timeout` seconds."""
        self.address = address
        self.timeout = timeout
        self._unanswered: tuple[str, bytes] | None = None
        self._key = ""

    def open_session(self) -> Session:
        """Begin a new conversation."""
        return read_session(self._call("POST", "/session", body=b"{}"))

    def send(self, session: Session, body: Mapping[str, str]) -> Generator[CoachMessage | Done, None, None]:
        """Send a text or a payload; yield the messages as they arrive and at last Done.

        Who sends again what was not answered to the end sends it under the same key: the server answers it once.
        """
        data = json.dumps(body).encode()
        said = (session.conversation, data)
        if said != self._unanswered:
            self._unanswered, self._key = said, secrets.token_hex(16)
        with exchange(self.address, "POST", f"{ROUTES}/message", body=data, token=session.token, key=self._key,
                      timeout=self.timeout) as answer:  # fmt: skip
            if answer.status != 200:
                raise _refusal(answer, self.address)
            for line in answer.lines():
                event = read_event(line)
                if isinstance(event, Done):
                    self._unanswered = None
                if event is not None:
                    yield event
                if isinstance(event, Done):
                    return
        raise broken_off()

    def history(self, session: Session) -> list[CoachMessage | PersonMessage]:
        """Return what was said in the conversation so far."""
        return read_history(self._call("GET", "/history", session=session))

    def forget(self, session: Session) -> None:
        """Erase everything that the server knows about this person."""
        self._call("DELETE", "/history", session=session)

    def export(self, session: Session, form: str) -> bytes:
        """Return the person's profile and plan as a file: md, json or ics."""
        return self._call("GET", f"/export?format={form}", session=session)

    def import_plans(self, session: Session, exported: Mapping[str, object]) -> int:
        """Bring exported plans back and return how many were taken."""
        body = json.dumps(exported, ensure_ascii=False, separators=(",", ":")).encode()
        count = read_object(self._call("POST", "/import", body=body, session=session)).get("plans")
        return count if isinstance(count, int) else 0

    def _call(self, method: str, route: str, *, body: bytes | None = None, session: Session | None = None) -> bytes:
        token = session.token if session else ""
        with exchange(self.address, method, ROUTES + route, body=body, token=token, timeout=self.timeout) as answer:
            if not 200 <= answer.status < 300:
                raise _refusal(answer, self.address)
            return answer.read()


@dataclass(frozen=True)
class Probe:
    """What GET /health or /ready gave; `home` tells coaches of different folders apart, and is empty of any other."""

    status: int
    reasons: str
    home: str


def probe(address: Address, path: str, timeout: float) -> Probe | None:
    """Return what GET /health or /ready gives, None when nobody answers."""
    try:
        with exchange(address, "GET", path, timeout=timeout) as answer:
            return Probe(answer.status, "" if answer.status == 200 else _reasons(answer), answer.header(HOME))
    except NoServerError:
        return None


def _reasons(answer: Exchange) -> str:
    try:
        value = read_object(answer.read())
    except BrokenAnswerError:
        return ""
    error = value.get("error")
    reasons = error.get("text") if isinstance(error, dict) else value.get("reasons")
    if isinstance(reasons, dict):
        reasons = [f"{key}: {reason}" for key, reason in reasons.items()]
    return clean_line("; ".join(map(str, reasons)) if isinstance(reasons, list) else str(reasons or ""))


def _refusal(answer: Exchange, address: Address) -> RefusedError:
    status = answer.status
    if 300 <= status < 400:
        target = clean_line(answer.header("Location")) or "elsewhere"
        return RefusedError(f"{address.url} sends us on to {target}; give that address to --server.", status=status)
    try:
        error = read_object(answer.read()).get("error")
    except BrokenAnswerError:
        error = None
    if not isinstance(error, dict) or not error.get("text"):
        return RefusedError(f"{address.url} answered with HTTP status {status}; is it a PMO Coach?", status=status)
    text, wait = clean_line(str(error["text"])), answer.header("Retry-After")
    if wait.isdigit() and f" {wait} second" not in text:
        text += f" Try again in {wait} {'second' if wait == '1' else 'seconds'}."
    return RefusedError(text, status=status, code=str(error.get("code", "")))
