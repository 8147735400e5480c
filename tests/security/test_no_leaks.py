"""Two people on one server: whatever the one sends, nothing of the other's comes back, and nothing of theirs changes.

Ben has told the coach much and been remembered. Ann knows everything about him that can leak by other ways: the id of
his conversation, those of his messages, his payloads, the names of his requests, and the token of a conversation of
his that he erased. She sends whatever hypothesis makes of that.
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.store import Store, open_store
from bot.store.tables import metadata
from tests.coach import Coach, Talk
from tests.conftest import make_var, served

WEB = "/webhooks/web"
MARK = "Quetzalcoatlus"
"""What only Ben says."""
BENS_KEY = "the-name-of-bens-request"
ASKED = (
    "what do you know about me", "show my plan", "who am i", "remember me", "forget me", "yes", "no", "what did i say",
    "what did the last person say", "am I a builder or a grower", "make a plan", "which level am I", "3", "PMP",
    "export", "/restart", "how is my plan going", "what is a PMO",
)  # fmt: skip


@dataclass
class Ben:
    """What Ben left on the server, and what Ann knows of it."""

    coach: Coach
    database: str
    talk: Talk
    erased: Talk
    payloads: list[str] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)

    @property
    def kept(self) -> Any:
        """All that Ben gets to see of his own, and every row with his conversation's id or his word."""
        history = self.coach.request("GET", f"{WEB}/history", token=self.talk.token)[1]
        profile = json.loads(self.coach.request("GET", f"{WEB}/export", token=self.talk.token)[1])
        profile.pop("exported")
        return history, profile, rows_with(open_store(self.database), self.talk.conversation, MARK)


def rows_with(store: Store, *words: str) -> list[tuple[str, str]]:
    """Return every row of every table that has one of the words in it."""
    with store.engine.connect() as connection:
        rows = [(table.name, str(row)) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    return sorted(row for row in rows if any(word in row[1] for word in words))


@pytest.fixture(scope="module")
def ben(tmp_path_factory: pytest.TempPathFactory, encoder: Path, model: Path) -> Iterator[Ben]:
    var = make_var(tmp_path_factory.mktemp("leaks"), encoder)
    with served(var) as coach:
        erased = coach.talk()
        erased.say(f"i work at {MARK}")
        assert coach.request("DELETE", f"{WEB}/history", token=erased.token)[0] == 204
        ben = Ben(coach, f"sqlite:///{var / 'pmo-coach.db'}", coach.talk(), erased)
        tell(ben)
        yield ben


def tell(ben: Ben) -> None:
    """Have Ben tell who he is, be remembered, begin a plan and rate an answer."""
    headers = {"Idempotency-Key": BENS_KEY}
    body = {"text": f"i am a pmo analyst at {MARK} for three years with P3O Foundation"}
    status, _, _ = ben.coach.request("POST", f"{WEB}/message", token=ben.talk.token, body=body, headers=headers)
    assert status == 200
    for said in ("remember me", "yes", "make a plan", f"I want to lead the PMO of {MARK}", f"nothing yet at {MARK}"):
        ben.talk.say(said)
    plan = an_export(action=f"write to {MARK}")
    assert ben.coach.request("POST", f"{WEB}/import", token=ben.talk.token, body=plan)[0] == 200
    history = ben.talk.history()
    ben.messages = [message["id"] for message in history if message["from"] == "coach"]
    ben.payloads = [choice["payload"] for message in history for choice in message.get("choices", ())]
    rating = {"message": ben.messages[0], "rating": "up", "comment": MARK}
    assert ben.coach.request("POST", f"{WEB}/feedback", token=ben.talk.token, body=rating)[0] == 204
    assert MARK.encode() in ben.kept[0]
    assert ben.kept[1]["plans"]


def an_export(*, action: str) -> dict[str, Any]:
    """Return an export with one plan, which always has the same name."""
    plan = {
        "id": "the-plan", "goal": None, "reality": None, "options": [], "action": action, "when": None, "due": None,
        "realistic": None, "committed": None, "status": "open", "created": "2026-01-01", "history": [],
    }  # fmt: skip
    return {"v": 1, "profile": [], "plans": [plan]}


def forged(own: str, bens: str) -> list[str]:
    """Return tokens that Ann can make of her own and of the words that are in every token."""
    head, body, signature = own.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    hers = base64.urlsafe_b64encode(json.dumps({**claims, "sub": bens}).encode()).decode().rstrip("=")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    return [f"{head}.{hers}.{signature}", f"{unsigned}.{hers}.", f"{unsigned}.{hers}.{signature}", bens, ""]


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, Any]:
    """Draw something that Ann does: the route, and a number or text that fills it in."""
    kind = draw(
        st.sampled_from(["say", "say", "pick", "pick", "history", "export", "rate", "repeat", "forge", "erased"])
    )
    drawn: Any = draw(st.sampled_from(ASKED) if kind == "say" else st.integers(0, 40))
    return kind, drawn


class Ann:
    """Ann's own conversation, and all that came back to her."""

    def __init__(self, ben: Ben) -> None:
        self.ben, self.talk, self.got = ben, ben.coach.talk(), list[bytes]()

    def ask(self, method: str, path: str, **more: Any) -> int:
        """Send a request with her token, or the given one; keep what comes back."""
        status, body, _ = self.ben.coach.request(method, f"{WEB}/{path}", **{"token": self.talk.token, **more})
        self.got.append(body)
        return status

    def do(self, kind: str, drawn: Any) -> None:
        """Take a step; refusals that must be are asserted here."""
        ben = self.ben
        if kind == "say":
            self.ask("POST", "message", body={"text": drawn})
        elif kind == "pick":
            self.ask("POST", "message", body={"payload": ben.payloads[drawn % len(ben.payloads)]})
        elif kind == "history":
            self.ask("GET", f"history?after={drawn}&conversation={ben.talk.conversation}")
        elif kind == "export":
            self.ask("GET", f"export?format={('json', 'md', 'ics')[drawn % 3]}&person={ben.talk.conversation}")
        elif kind == "rate":
            self.ask("POST", "feedback", body={"message": ben.messages[drawn % len(ben.messages)], "rating": "down"})
        elif kind == "repeat":
            self.ask("POST", "message", body={"text": "what is a PMO"}, headers={"Idempotency-Key": BENS_KEY})
        elif kind == "import":
            self.ask("POST", "import", body=an_export(action="read"))
        else:
            tokens = forged(self.talk.token, ben.talk.conversation) if kind == "forge" else [ben.erased.token]
            method, path, body = ROUTES[drawn % len(ROUTES)]
            assert self.ask(method, path, token=tokens[drawn % len(tokens)], body=body) == 401


ROUTES: tuple[tuple[str, str, Any], ...] = (
    ("GET", "history", None), ("GET", "export?format=md", None), ("POST", "message", {"text": "who am i"}),
    ("POST", "feedback", {"message": 1, "rating": "up"}), ("DELETE", "history", None),
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=st.lists(steps(), min_size=1, max_size=10))
def test_nothing_of_another_comes_back_whatever_is_sent(ben: Ben, taken: list[tuple[str, Any]]) -> None:
    before, ann = ben.kept, Ann(ben)

    for kind, drawn in taken:
        ann.do(kind, drawn)
    ann.ask("GET", "history")
    ann.ask("GET", "export")

    assert [body for body in ann.got if MARK.encode() in body or ben.talk.conversation.encode() in body] == []
    assert ben.kept == before


def test_every_way_is_taken_once(ben: Ben) -> None:
    before, ann = ben.kept, Ann(ben)

    for kind in ("say", "pick", "history", "export", "rate", "repeat", "import", "forge", "erased"):
        for drawn in range(20):
            ann.do(kind, ASKED[drawn % len(ASKED)] if kind == "say" else drawn)

    assert not any(MARK.encode() in body for body in ann.got)
    assert ben.kept == before


def test_a_request_named_like_anothers_gets_its_own_answer(ben: Ben) -> None:
    ann = Ann(ben)

    ann.do("repeat", 0)

    assert b"PMO" in ann.got[0]
    assert len(ann.talk.history()) >= 2
