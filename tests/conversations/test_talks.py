"""Whole talks, kept as data: each file is a conversation that once went well and must go on doing so.

A step is what the person says (or, after `choose:`, the beginning of a choice's title), and what must be in the coach's
answer: `says` patterns (regular expressions, any case), `never` patterns, and the `kind` of its last message.
"""

import re
from pathlib import Path

import pytest
import yaml

from tests.coach import Coach

TALKS = sorted(Path(__file__).parent.glob("*.yml"))


@pytest.mark.parametrize("file", TALKS, ids=lambda file: file.stem)
def test_talk(coach: Coach, file: Path):
    talk = coach.talk()
    for number, step in enumerate(yaml.safe_load(file.read_text(encoding="utf-8"))["talk"], start=1):
        messages = talk.choose(step["choose"]) if "choose" in step else talk.say(step["person"])
        said = "\n".join(message["text"] for message in messages)
        place = f"step {number}, after {step.get('person') or step.get('choose')!r}, the coach said:\n{said}"
        for pattern in step.get("says", ()):
            assert re.search(pattern, said, re.IGNORECASE), f"{pattern!r} is missing at {place}"
        for pattern in (*step.get("never", ()), r"went wrong on my side"):
            assert not re.search(pattern, said, re.IGNORECASE), f"{pattern!r} must not be said at {place}"
        if "kind" in step:
            assert messages[-1]["kind"] == step["kind"], place


def test_what_was_said_is_what_is_stored(coach: Coach):
    talk = coach.talk()
    answers = [message for text in ("hi", "whats P30", "and practitioner?") for message in talk.say(text)]

    history = talk.history()

    assert [m["text"] for m in history if m["from"] == "person"] == ["hi", "whats P30", "and practitioner?"]
    sent = ("id", "kind", "text", "choices", "sources", "figure")
    stored = [{key: message[key] for key in sent} for message in history if message["from"] == "coach"]
    assert stored == [{key: message[key] for key in sent} for message in answers]
    assert talk.history(after=answers[0]["id"])[0]["text"] == "whats P30"
