"""Actions run the same in this process and on an action server; whatever fails, the person is answered."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Action, ActionExecutionRejection
from sqlalchemy.engine import make_url

from actions import library
from bot.content import KNOWLEDGE_FOLDER
from bot.runtime.action_endpoint import APOLOGY, InProcessActions, RemoteActions, action_endpoint
from bot.runtime.settings import project_root
from bot.store import open_store, seed
from tests.coach import free_port
from tests.conftest import make_var, served


def call(action: str, intent: str, text: str, entities: list[dict] | None = None, **slots) -> dict:
    """The call that Rasa sends to an action server."""
    message = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": entities or []}
    tracker = {
        "sender_id": "someone", "slots": slots, "latest_message": message, "events": [], "paused": False,
        "latest_event_time": 0.0, "followup_action": None, "active_loop": {}, "latest_action_name": "action_listen",
    }  # fmt: skip
    return {"next_action": action, "sender_id": "someone", "tracker": tracker, "domain": {}, "version": "3.6.21"}


P3O = {"entity": "certification", "value": "p3o_foundation", "start": 6, "end": 9, "extractor": "EntityFinder"}
CALLS = {
    "certification": call("action_ask_certification", "ask_certification", "whats p3o", [P3O]),
    "next": call("action_next_qualification", "next_qualification", "what next", role="pmo_analyst"),
    "level": call("action_assess_level", "assess_level", "what level am i", role="pmo_lead"),
    "repair": call("action_repair", "nlu_fallback", "hm"),
    "broken slots": call("action_next_qualification", "next_qualification", "what next", level="not a level"),
}


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('actions') / 'coach.db'}"
    store = open_store(url)
    store.migrate()
    seed(store, [KNOWLEDGE_FOLDER])
    store.close()
    return url


@pytest.fixture
def environment(monkeypatch, database) -> None:
    monkeypatch.setenv("PMO_COACH_DATABASE_URL", database)


@pytest.fixture(scope="module")
def action_server(database, tmp_path_factory) -> Iterator[str]:
    """A separate action server, started as any Rasa developer starts one."""
    port = free_port()
    log = (tmp_path_factory.mktemp("log") / "actions.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "rasa", "run", "actions", "--port", str(port)],
        cwd=project_root(), env={"PMO_COACH_DATABASE_URL": database, "PATH": "/usr/bin:/bin"}, stdout=log, stderr=log,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/webhook"
    finally:
        process.terminate()
        process.wait(10)
        log.close()


@pytest.mark.parametrize("asked", CALLS.values(), ids=CALLS.keys())
async def test_actions_run_the_same_both_ways(environment, action_server, asked):
    here = await InProcessActions(timeout=10).request(json=json.loads(json.dumps(asked)))
    there = await RemoteActions(action_server, timeout=10).request(json=asked)
    assert here == there
    assert here["responses"]


async def test_an_action_that_fails_apologises(environment):
    result = await InProcessActions(timeout=10).request(json=CALLS["broken slots"])
    assert [response["response"] for response in result["responses"]] == ["utter_try_again_later"]
    assert result["events"] == []


async def test_actions_that_are_prepared_need_no_store_for_what_they_know(monkeypatch, database, tmp_path):
    url = f"sqlite:///{shutil.copy(make_url(database).database, tmp_path / 'coach.db')}"
    monkeypatch.setenv("PMO_COACH_DATABASE_URL", url)
    library.knowledge.cache_clear()
    endpoint = InProcessActions(timeout=10)

    await endpoint.prepare()

    for file in tmp_path.glob("coach.db*"):
        file.unlink()
    answered = await endpoint.request(json=CALLS["certification"])
    assert "P3O" in answered["responses"][0]["text"]
    library.knowledge.cache_clear()


async def test_a_server_has_read_the_knowledge_before_its_first_message(tmp_path, encoder, model):
    var = make_var(tmp_path, encoder)
    with served(var) as coach:
        with sqlite3.connect(var / "pmo-coach.db") as database:
            database.execute("ALTER TABLE certifications RENAME TO gone")
        database.close()
        answer = coach.talk().say("what is P3O Foundation?")
    assert answer[0]["kind"] == "answer"


async def test_a_dead_action_server_apologises(caplog):
    result = await RemoteActions(f"http://127.0.0.1:{free_port()}/webhook", timeout=2).request(json=CALLS["level"])
    assert result == APOLOGY
    assert "what level am i" not in caplog.text


async def test_an_unknown_action_apologises(environment):
    assert await InProcessActions(timeout=10).request(json=call("action_gone", "x", "secret words")) == APOLOGY


async def test_an_action_that_hangs_apologises_in_time():
    endpoint = InProcessActions(timeout=0.2)

    class Hanging(Action):
        def name(self) -> str:
            return "action_hanging"

        async def run(self, dispatcher, tracker, domain):
            await asyncio.Event().wait()

    endpoint._executor = ActionExecutor()
    endpoint._executor.register_action(Hanging())

    assert await endpoint.request(json=call("action_hanging", "x", "x")) == APOLOGY


async def test_a_rejection_stays_a_rejection():
    endpoint = InProcessActions(timeout=1)

    class Rejecting(Action):
        def name(self) -> str:
            return "action_rejecting"

        async def run(self, dispatcher, tracker, domain):
            raise ActionExecutionRejection(self.name(), "not now")

    endpoint._executor = ActionExecutor()
    endpoint._executor.register_action(Rejecting())
    with pytest.raises(ClientResponseError) as caught:
        await endpoint.request(json=call("action_rejecting", "x", "x"))
    assert caught.value.status == 400
    assert json.loads(caught.value.text)["action_name"] == "action_rejecting"


def test_the_setting_chooses():
    assert isinstance(action_endpoint("", timeout=1), InProcessActions)
    assert isinstance(action_endpoint("http://127.0.0.1:1/webhook", timeout=1), RemoteActions)


def test_every_action_of_the_domain_is_there():
    import yaml

    executor = ActionExecutor()
    executor.register_package("actions")
    domain = yaml.safe_load((Path(project_root()) / "domain.yml").read_text(encoding="utf-8"))
    # Other tests define actions too, and the SDK finds every subclass.
    ours = {name for name, run in executor.actions.items() if run.__self__.__module__.startswith("actions.")}
    assert ours == set(domain["actions"])
