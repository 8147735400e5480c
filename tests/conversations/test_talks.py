"""Whole talks, kept as data: each file is a conversation that once went well and must go on doing so.

A step is what the person says (or, after `choose:`, the beginning of a choice's title), and what must be in the coach's
answer: `says` patterns (regular expressions, any case), `never` patterns, and the `kind` of its last message. With
`later: 7 days` so much time goes by; with `export: json` the patterns are those of the exported file.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.coach import Clock, Coach, Talk

TALKS = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))["talk"] for file in Path(__file__).parent.glob("*.yml")
}
STEPS = {"person", "choose", "later", "export", "says", "never", "kind"}
AT_ONCE = {name: talk for name, talk in sorted(TALKS.items()) if not any("later" in step for step in talk)}
IN_TIME = {name: talk for name, talk in sorted(TALKS.items()) if name not in AT_ONCE}


@pytest.mark.parametrize("name", AT_ONCE)
def test_talk(coach: Coach, name: str):
    talk = coach.talk()
    for number, step in enumerate(AT_ONCE[name], start=1):
        check(step, take(talk, step), place=f"step {number}, {step}")


@pytest.mark.parametrize("name", IN_TIME)
def test_talk_over_days(coach_in_time: tuple[Coach, Clock], name: str):
    coach, clock = coach_in_time
    talk = coach.talk()
    for number, step in enumerate(IN_TIME[name], start=1):
        if "later" in step:
            clock.turn_on(days=float(step["later"].removesuffix(" days")))
        else:
            check(step, take(talk, step), place=f"step {number}, {step}")


@pytest.mark.parametrize("name", TALKS)
def test_talk_has_no_step_that_checks_nothing_it_names(name: str):
    assert not [step for step in TALKS[name] if not step.keys() <= STEPS]


def take(talk: Talk, step: dict[str, Any]) -> list[dict[str, Any]]:
    """Take a step of the talk and return what came of it, as messages."""
    if "export" in step:
        status, body, _ = talk.coach.request("GET", f"/webhooks/web/export?format={step['export']}", token=talk.token)
        return [{"kind": str(status), "text": body.decode()}]
    return talk.choose(step["choose"]) if "choose" in step else talk.say(step["person"])


def check(step: dict[str, Any], messages: list[dict[str, Any]], *, place: str) -> None:
    """Hold what the coach said against what the step asks for."""
    said = "\n".join(message["text"] for message in messages)
    for pattern in step.get("says", ()):
        assert re.search(pattern, said, re.IGNORECASE), f"{pattern!r} is missing at {place}; the coach said:\n{said}"
    for pattern in (*step.get("never", ()), r"went wrong on my side"):
        assert not re.search(pattern, said, re.IGNORECASE), f"{pattern!r} is at {place}; the coach said:\n{said}"
    if "kind" in step:
        assert messages[-1]["kind"] == step["kind"], f"{place}; the coach said:\n{said}"


def test_what_was_said_is_what_is_stored(coach: Coach):
    talk = coach.talk()
    answers = [message for text in ("hi", "whats P30", "and practitioner?") for message in talk.say(text)]

    history = talk.history()

    assert [m["text"] for m in history if m["from"] == "person"] == ["hi", "whats P30", "and practitioner?"]
    sent = ("id", "kind", "text", "choices", "sources", "figure")
    stored = [{key: message[key] for key in sent} for message in history if message["from"] == "coach"]
    assert stored == [{key: message[key] for key in sent} for message in answers]
    assert talk.history(after=answers[0]["id"])[0]["text"] == "whats P30"
