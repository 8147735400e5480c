"""docs/slack.md, followed literally against the fake Slack: each of its steps is a step here."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.slack_health import REVOKED
from bot.runtime.settings import Settings, project_root
from tests.channels.slack_place import http_manifest
from tests.coach import Coach, free_port
from tests.conftest import make_var, served
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, BOT_USER, MANIFEST, SIGNING_SECRET, FakeSlack
from tests.fakes.slack_rules import SCOPES_OF_EVENTS, words_of

PAGE = (project_root() / "docs" / "slack.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^### (\d+\. .+)$", PAGE, re.MULTILINE)
TOKENS = {"xoxb-...": BOT_TOKEN, "xapp-...": APP_TOKEN, "...": SIGNING_SECRET}


def section(title: str) -> str:
    """Return a section of the page."""
    (found,) = re.findall(rf"^##+ {re.escape(title)}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def exports(text: str) -> dict[str, str]:
    """Return the variables that a section's commands set, with the tokens that an admin copied."""
    return {name: TOKENS.get(value, value) for name, value in re.findall(r"^export (\w+)=(.*)$", text, re.MULTILINE)}


class Admin:
    """Somebody who follows the page, step by step."""

    def __init__(self) -> None:
        self.slack: FakeSlack | None = None
        self.environment: dict[str, str] = {}
        self.coach: Coach | None = None

    def make_the_app(self) -> None:
        text = section(STEPS[0])
        (path,) = re.findall(r"\]\(\.\./(deploy/[\w.-]+)\)", text)
        manifest = yaml.safe_load((project_root() / path).read_text(encoding="utf-8"))
        self.slack = FakeSlack(manifest)

    def install_it(self) -> None:
        assert "`xoxb-`" in section(STEPS[1])

    def make_the_app_level_token(self) -> None:
        assert "`connections:write`" in section(STEPS[2])

    def start_the_coach(self) -> None:
        assert self.slack
        self.environment = exports(section(STEPS[3]))
        # Slack's own address is the one thing that is not as on the page.
        self.environment["PMO_COACH_SLACK_API"] = self.slack.api
        assert self.environment == self.slack.environment

    def look_whether_it_is_connected(self) -> None:
        assert self.slack
        assert self.coach
        (path,) = re.findall(r"curl -s http://localhost:5005(/\w+)", section(STEPS[4]))
        self.slack.wait_until_connected()
        state = json.loads(self.coach.request("GET", path)[1])["slack"]
        (shown,) = re.findall(r'"slack": (\{.*?\})', section(STEPS[4]))
        expected = json.loads(shown)
        assert {**state, "last_ping": "..."} == expected

    def write_to_it(self) -> None:
        assert self.slack
        self.slack.open_home("U1", tab="messages")
        prompts = self.slack.wait(lambda: self.slack and self.slack.prompts.get("D1"))
        assert len(prompts["prompts"]) == 4
        (typed,) = re.findall("type `(.+?)`", section(STEPS[5]))
        self.slack.say("U1", typed)
        assert self.slack.wait_for_answers("U1", 1)

    def mention_it_in_a_channel(self) -> None:
        assert self.slack
        invited, asked = re.findall("`(/invite .+?|@PMO Coach .+?)`", section(STEPS[6]))
        assert invited == "/invite @PMO Coach"
        self.slack.invite("C1", "U1", "U2")
        first = self.slack.say("U1", asked.replace("@PMO Coach", f"<@{BOT_USER}>"), "C1")
        self.slack.wait(lambda: self.slack and self.slack.posts("C1", thread=first))
        self.slack.say("U2", "and a programme office?", "C1", thread=first)
        self.slack.wait(lambda: self.slack and len(self.slack.posts("C1", thread=first)) == 2)

    def ask_with_pmo(self) -> None:
        assert self.slack
        (question,) = re.findall("`/pmo (.+?)`", section(STEPS[7]))
        address = self.slack.command("U1", question)
        self.slack.wait(lambda: self.slack and self.slack.hidden[address])

    def open_its_home(self) -> None:
        assert self.slack
        self.slack.open_home("U1")
        home = self.slack.wait(lambda: self.slack and self.slack.homes.get("U1"))
        assert "Delete my data" in words_of(home["blocks"])


@pytest.mark.slow
def test_the_page_followed_literally_leads_to_a_coach_that_answers(tmp_path: Path, encoder: Path, model: Path):
    admin = Admin()
    before: list[Callable[[], None]] = [
        admin.make_the_app, admin.install_it, admin.make_the_app_level_token, admin.start_the_coach,
    ]  # fmt: skip
    after: list[Callable[[], None]] = [
        admin.look_whether_it_is_connected, admin.write_to_it, admin.mention_it_in_a_channel, admin.ask_with_pmo,
        admin.open_its_home,
    ]  # fmt: skip
    assert [step.partition(". ")[0] for step in STEPS] == [str(n) for n, _ in enumerate([*before, *after], start=1)]

    admin.make_the_app()
    assert admin.slack
    with admin.slack:
        for step in before[1:]:
            step()
        with served(make_var(tmp_path, encoder), **admin.environment) as admin.coach:
            for step in after:
                step()
        assert admin.slack.wrong == []


@pytest.mark.slow
def test_the_page_followed_over_http_leads_to_a_coach_that_answers(tmp_path: Path, encoder: Path, model: Path):
    text = section("Over HTTP instead")
    (shown,) = re.findall("```yaml\n(.*?)```", text, re.DOTALL)
    changes: Any = yaml.safe_load(shown)
    manifest = http_manifest(free_port())
    assert "`socket_mode_enabled: false`" in text
    assert not manifest["settings"]["socket_mode_enabled"]
    addresses = {
        changes["features"]["slash_commands"][0]["url"],
        changes["settings"]["event_subscriptions"]["request_url"],
        changes["settings"]["interactivity"]["request_url"],
    }
    assert addresses == {"https://coach.example/webhooks/slack/events"}
    with FakeSlack(manifest) as slack:
        environment = exports(text) | {"PMO_COACH_SLACK_API": slack.api}
        assert environment == slack.environment
        with served(make_var(tmp_path, encoder), **environment) as coach:
            slack.events_url = f"{coach.url}/webhooks/slack/events"
            slack.wait(lambda: json.loads(coach.request("GET", "/ready")[1])["slack"]["connected"])
            slack.say("U1", "hi")
            slack.wait_for_answers("U1", 1)


def test_the_page_explains_every_scope_of_the_manifest_and_no_other():
    explained = set(re.findall(r"^\| `([\w:]+)`", section("What each scope is for"), re.MULTILINE))
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))

    assert explained == {*manifest["oauth_config"]["scopes"]["bot"], "connections:write"}


def test_the_page_names_every_setting():
    named = set(re.findall(r"^\| `(PMO_COACH_SLACK_\w+)`", section("Settings"), re.MULTILINE))

    assert named == {f"PMO_COACH_{name.upper()}" for name in Settings.__dataclass_fields__ if name.startswith("slack_")}


def test_the_manifest_asks_for_what_its_events_need_and_for_the_agent_view():
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])

    assert events == set(SCOPES_OF_EVENTS)
    assert {scope for scope in SCOPES_OF_EVENTS.values() if scope} <= scopes
    assert manifest["features"]["agent_view"]["suggested_prompts"]
    assert "assistant_view" not in manifest["features"]
    assert manifest["settings"]["interactivity"]["is_enabled"]


@pytest.mark.parametrize("word", ["invalid_auth", "token_revoked", "account_inactive", "missing_scope"])
def test_the_page_says_what_to_do_about_a_refusal(word):
    assert word in REVOKED
    assert f"`{word}`" in section("When it does not work")
