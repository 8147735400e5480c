"""A talk of each skill with the real coach in Slack, over both modes: transcripts and blocks are as reviewed.

With PMO_COACH_TEST_WRITE_SNAPSHOTS=1 they are written anew, to be reviewed.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.channels.slack_place import http_manifest
from tests.coach import free_port
from tests.conftest import make_var, served
from tests.fakes.slack import BOT_USER, FakeSlack

FOLDER = Path(__file__).parent
TALKS: dict[str, list[dict[str, str]]] = yaml.safe_load((FOLDER / "slack_talks.yml").read_text(encoding="utf-8"))
SNAPSHOTS = FOLDER / "snapshots"
WRITE = bool(os.environ.get("PMO_COACH_TEST_WRITE_SNAPSHOTS"))

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATES = re.compile(rf"(?:\w+day )?\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?|\d{{4}}-\d\d-\d\d")
"""As plans have them, counted from today."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["socket", "http"])
def slack(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, encoder: Path, model: Path
) -> Iterator[FakeSlack]:
    """A workspace with the real coach in it."""
    port = free_port()
    workspace = FakeSlack(http_manifest(port)) if request.param == "http" else FakeSlack()
    workspace.retry_seconds = 5.0
    var = make_var(tmp_path_factory.mktemp("slack"), encoder)
    with workspace as slack, served(var, **slack.environment) as coach:
        if request.param == "http":
            slack.events_url = f"{coach.url}/webhooks/slack/events"
        slack.wait(lambda: json.loads(coach.request("GET", "/ready")[1])["slack"]["connected"])
        yield slack


class Talk:
    """One person's talk, and what was said in it."""

    def __init__(self, slack: FakeSlack, person: str) -> None:
        self.slack, self.person, self.channel = slack, person, f"C{person[1:]}"
        self.slack.invite(self.channel, person)
        self.transcript: list[dict[str, Any]] = []
        self.seen = 0
        self.last: dict[str, Any] = {}

    def play(self, step: dict[str, str]) -> None:
        """Do a step, and note what came back, wherever it did."""
        ((what, words),) = step.items()
        address = None
        if what == "say":
            self.slack.say(self.person, words)
        elif what == "mention":
            self.slack.say(self.person, f"<@{BOT_USER}> {words}", self.channel)
        elif what == "command":
            address = self.slack.command(self.person, words, self.channel)
        elif what == "sheet":
            self._fill_in(words)
        else:
            self.slack.click(self.person, dict(self.last), words)
        posts = self.slack.wait(lambda: self._complete(address, in_public=what == "mention"))
        self.last = posts[0]
        self.transcript.append({what: words, "coach": [_shown(post) for post in posts]})

    def _fill_in(self, answer: str) -> None:
        """Open the sheet by its button, and give that answer to every question."""
        before = len(self.slack.opened)
        self.slack.click(self.person, dict(self.last), "All eight")
        self.slack.wait(lambda: len(self.slack.opened) > before)
        view = self.slack.opened[-1]
        self.slack.submit(self.person, view, {b["block_id"]: answer for b in view["blocks"] if b["type"] == "input"})

    def _complete(self, address: str | None, *, in_public: bool) -> list[dict[str, Any]]:
        """Return what is new, once it is whole: to a mention there is always something in the channel too."""
        if address:
            return list(self.slack.hidden[address])
        direct, public = self.slack.answers(self.person), self.slack.posts(self.channel)
        found = sorted([*direct, *public], key=lambda message: message["ts"])[self.seen :]
        moved = any("direct message" in message["text"] for message in found)
        if not found or (moved and len(found) < 2) or (in_public and not any(p["channel"][0] == "C" for p in found)):
            return []
        self.seen += len(found)
        return found


def _shown(post: dict[str, Any]) -> dict[str, Any]:
    """Return what a person sees of a post, without numbers that differ from talk to talk."""
    blocks = DATES.sub("DATE", re.sub(r'"(up|down):\d+"', r'"\1:1"', json.dumps(post["blocks"], ensure_ascii=False)))
    place = {"D": "direct", "C": "channel"}[post["channel"][0]] if "metadata" in post else "hidden"
    return {"place": place, "text": DATES.sub("DATE", post["text"]), "blocks": json.loads(blocks)}


@pytest.mark.parametrize("skill", list(TALKS))
def test_talk_of_a_skill_is_as_reviewed(slack: FakeSlack, skill: str):
    talk = Talk(slack, f"U{list(TALKS).index(skill):03}")

    for step in TALKS[skill]:
        talk.play(step)

    assert slack.wrong == []
    path = SNAPSHOTS / f"talk_{skill}.json"
    shown = json.dumps(talk.transcript, indent=1, ensure_ascii=False) + "\n"
    if WRITE:
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8"), "if this is right now, write the snapshots anew"
    assert "went wrong on my side" not in shown
