"""A workspace with the coach in it: the channel for Slack on a real server, a fake Slack, and a brain of paper."""

import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from rasa.core.channels.channel import register
from sanic import Sanic

from bot.channels.slack import SlackChannel
from bot.channels.slack_backing import Backing
from bot.channels.slack_events import Request
from bot.channels.slack_home import HomeFacts
from bot.channels.slack_log import OpenRequest
from bot.channels.web import configure_limits, install_error_handlers, root_blueprint
from bot.errors import StoreError
from bot.records import Questionnaire, QuestionnaireItem
from bot.runtime.settings import Settings, read_settings
from tests.channels.web_server import MANY, FakeConversations, WebServer
from tests.coach import free_port
from tests.fakes.slack import MANIFEST, FakeSlack

PING_SECONDS = 0.25
LIKERT = ("strongly disagree", "disagree", "neither", "agree", "strongly agree")
SHEET = Questionnaire(
    "builder_or_grower", "Two questions.", "An aid.",
    (QuestionnaireItem("BG1", "likert", True, "A blank page appeals to me.", None, None, ()),
     QuestionnaireItem("BG5", "forced_choice", True, "Which job?", "A new PMO", "A fair PMO", ())),
    {"likert": LIKERT, "forced_choice": ("definitely A", "rather A", "rather B", "definitely B")}, (), {},
)  # fmt: skip


@dataclass
class FakeLog:
    """Remembers requests in memory; `broken` makes it fail. What a process leaves behind, another one finds."""

    known: dict[str, tuple[Request, float] | None] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    broken: bool = False

    async def claim(self, request: Request) -> bool:
        self._reach()
        if request.id in self.known:
            return False
        self.known[request.id] = (request, time.time()) if request.kind.is_answered else None
        self.held.add(request.id)
        return True

    async def finish(self, request_id: str) -> None:
        self._reach()
        self.known[request_id] = None

    async def hold(self, request_ids: list[str]) -> None:
        self._reach()

    async def take_over(self, *, starting: bool) -> list[OpenRequest]:
        self._reach()
        left = {key: each for key, each in self.known.items() if each and (starting or key not in self.held)}
        self.held |= set(left)
        return [OpenRequest(*each) for each in left.values()]

    def _reach(self) -> None:
        if self.broken:
            raise StoreError("the paper log is broken")


@dataclass
class FakeReader:
    """Reads by words: "my" and "I" make a message personal."""

    read_texts: list[str] = field(default_factory=list)

    async def read(self, text: str) -> Mapping[str, Any]:
        self.read_texts.append(text)
        personal = re.search(r"\b(I|my|me)\b", text) is not None
        return {"intent": {"name": "assess_level" if personal else "ask_topic"}, "entities": []}


@dataclass
class FakePeople:
    """Knows what it is told."""

    facts: dict[str, HomeFacts] = field(default_factory=dict)
    broken: bool = False

    async def home(self, person: str) -> HomeFacts:
        if self.broken:
            raise StoreError("the paper people are gone")
        return self.facts.get(person, HomeFacts())


class Place:
    """A fake Slack and a coach in it; parts may be given, to be what an earlier coach left behind."""

    def __init__(
        self, slack: FakeSlack | None = None, *, log: FakeLog | None = None,
        conversations: FakeConversations | None = None, **settings: str,
    ) -> None:  # fmt: skip
        self.slack = slack or FakeSlack()
        self._owns_slack = slack is None
        self.log, self.reader = log or FakeLog(), FakeReader()
        self.people = FakePeople()
        self._conversations, self._settings = conversations, settings

    def __enter__(self) -> "Place":
        if self._owns_slack:
            self.slack.__enter__()
        settings = read_settings({**self.slack.environment, "PMO_COACH_RATE_ADDRESS": str(MANY), **self._settings})
        self.server = WebServer(make_app(settings, self))
        if self._conversations is not None:
            self.server.conversations = self._conversations
            self.server.rasa.conversations = self._conversations
            self.server.app.ctx.conversations = self._conversations
        self.server.conversations.clock = time.time
        self.server.__enter__()
        if self.slack.manifest["settings"]["socket_mode_enabled"]:
            if not self.slack.refusal:
                self.slack.wait_until_connected()
        else:
            self.slack.events_url = f"http://127.0.0.1:{self.server.port}/webhooks/slack/events"
            self.slack.wait(lambda: self.server.app.ctx.slack.health.connected)
        return self

    def __exit__(self, *details: object) -> None:
        self.server.__exit__(*details)
        if self._owns_slack:
            self.slack.__exit__(*details)

    @property
    def rasa(self) -> Any:
        return self.server.rasa

    @property
    def conversations(self) -> FakeConversations:
        return self.server.conversations

    def heard(self, conversation: str | None = None) -> list[str]:
        """Return the texts that the brain was handed."""
        return [m.text for m in self.rasa.heard if conversation in (None, m.sender_id)]

    def ready(self) -> Any:
        """Return what /ready says of Slack."""
        answer = self.server.request("GET", "/ready")
        assert answer.status == 200, answer.body
        return answer.json["slack"]


def make_app(settings: Settings, place: Place) -> Sanic:
    """Return an app with the channel for Slack, as the runner makes it."""
    app = Sanic(f"slack_{uuid.uuid4().hex}", configure_logging=False)
    configure_limits(app)
    install_error_handlers(app)

    def backing(app: Sanic) -> Backing:
        return Backing(app.ctx.conversations, place.log, place.reader, SHEET, place.people)

    app.ctx.slack = SlackChannel(settings, backing, ping_seconds=PING_SECONDS)
    register([app.ctx.slack], app, route="/webhooks/")
    app.blueprint(root_blueprint(settings))
    return app


def http_manifest(port: int | None = None) -> dict[str, Any]:
    """Return the manifest as docs/slack.md changes it for HTTP."""
    manifest: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    url = f"http://127.0.0.1:{port or free_port()}/webhooks/slack/events"
    manifest["settings"]["socket_mode_enabled"] = False
    manifest["settings"]["event_subscriptions"]["request_url"] = url
    manifest["settings"]["interactivity"]["request_url"] = url
    manifest["features"]["slash_commands"][0]["url"] = url
    return manifest
