"""What the channel for Slack promises, measured against a Slack of our own on loopback: `python -m benchmarks.slack`.

Each row serves the real coach, with its model and a new database, and delivers real Slack traffic to it. The column
"Rasa's channel" says what stock Rasa 3.6's own Slack channel does, which was found out once by hand.
"""

import json
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from benchmarks.channels import Measured, Row, measure_rows, serving, told
from benchmarks.messages import HELD_OUT, read_utterances, varied
from tests.fakes.slack import FakeSlack, Trouble
from tests.fakes.slack_rules import problems_of_message

PEOPLE = 50
MESSAGES = 1_000
DROPS = 20
KILLED = 25
ANSWER_SECONDS = 600.0
MOST_ACKNOWLEDGEMENT = 0.3


def served(slack: FakeSlack, var: Path, *, kill: bool = False) -> AbstractContextManager[str]:
    """Serve the coach in that workspace; with `kill`, end it as `kill -9` does."""
    return serving(var, _is_ready, kill=kill, **slack.environment)


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/ready", timeout=5) as answer:
            return bool(json.load(answer)["slack"]["connected"])
    except (urllib.error.URLError, OSError, ValueError, KeyError):
        return False


def texts(count: int) -> list[str]:
    """Return so many different questions of people, in an order that is always the same."""
    return varied([utterance.text for utterance in read_utterances(HELD_OUT)], count)


def answers_by_message(slack: FakeSlack) -> Counter[str]:
    """Count the posts to each message: their metadata says which one they answer."""
    keys = [
        post["metadata"]["event_payload"]["key"]
        for messages in list(slack.messages.values())
        for post in list(messages)
        if post.get("metadata")
    ]
    return Counter(key.rpartition(":")[0] for key in keys if key.endswith(":0"))


def wait_for(slack: FakeSlack, sent: Sequence[str]) -> tuple[int, int, int]:
    """Wait for the answers to those messages; return how many were answered once, more often, and never."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline and len(answers_by_message(slack)) < len(sent):
        time.sleep(0.2)
    time.sleep(2.0)  # for answers that come twice
    found = [answers_by_message(slack)[each] for each in sent]
    return found.count(1), sum(count > 1 for count in found), found.count(0)


def measure_acknowledgement(var: Path) -> Measured:
    """Have fifty people talk at once, each saying the next thing when they are answered."""
    each = MESSAGES // PEOPLE
    with FakeSlack(retry_seconds=5.0) as slack, served(slack, var):
        people = [f"U{number}" for number in range(PEOPLE)]
        said, questions = Counter[str](), iter(texts(PEOPLE * each))
        deadline = time.monotonic() + ANSWER_SECONDS
        while sum(said.values()) < PEOPLE * each and time.monotonic() < deadline:
            for person in people:
                if said[person] < each and len(slack.answers(person)) >= said[person]:
                    slack.say(person, next(questions))
                    said[person] += 1
            time.sleep(0.02)
        slack.wait_until_quiet()
        times = sorted(slack.acknowledgements)
    p99 = times[int(len(times) * 0.99)]
    text = f"{p99 * 1000:.0f} ms (p50 {times[len(times) // 2] * 1000:.0f} ms, {len(times):,} events)"
    return Measured(text, p99 <= MOST_ACKNOWLEDGEMENT)


def measure_exactly_once(var: Path) -> Measured:
    """Deliver each of a thousand events one to four times, in any order, while Slack is unwell."""
    trouble = Trouble(too_many=0.05, broken_before=0.01, broken_after=0.01, retry_after=1)
    with FakeSlack(retry_seconds=10.0) as slack, served(slack, var):
        slack.trouble = trouble
        sent, events = [], []
        for number, text in enumerate(texts(MESSAGES)):
            person = f"U{number % PEOPLE}"
            ts = slack.say(person, text, deliver=False)
            message = {"type": "message", "user": person, "text": text, "ts": ts, "channel": slack.direct(person)}
            sent.append(f"{slack.direct(person)}:{ts}")
            events += slack.events_of(message)
        slack.deliver_shuffled(events, 4)
        return told(*wait_for(slack, sent))


def measure_drops(var: Path) -> Measured:
    """Drop the socket twenty times while somebody goes on talking."""
    with FakeSlack(retry_seconds=2.0) as slack, served(slack, var):
        sent = []
        for number, text in enumerate(texts(DROPS * 2)):
            sent.append(f"D1:{slack.say('U1', text)}")
            if number % 2:
                before = slack.connections
                slack.drop_sockets(politely=number % 4 == 1)
                slack.wait(lambda before=before: slack.connections > before, 60)
        return told(*wait_for(slack, sent))


def measure_limits(var: Path) -> Measured:
    """Render all that the coach says, and count what Slack would refuse."""
    from bot.channels.slack_blocks import posts
    from tests.channels.slack_content import every_reply, every_step

    replies = [*every_reply(), *every_step()]
    made: list[Any] = [post for reply in replies for post in posts([reply], rating="1")]
    wrong = sum(bool(problems_of_message({"text": post.text, "blocks": list(post.blocks)})) for post in made)
    return Measured(f"{wrong} of {len(replies):,} replies", not wrong)


def measure_kill(var: Path) -> Measured:
    """Kill the server as soon as it has acknowledged, and start it again."""
    with FakeSlack(retry_seconds=60.0) as slack:
        with served(slack, var, kill=True):
            sent = [f"D{number}:{slack.say(f'U{number}', text)}" for number, text in enumerate(texts(KILLED))]
            slack.wait_until_quiet()
        before = len(answers_by_message(slack))
        with served(slack, var):
            measured = told(*wait_for(slack, sent))
    return Measured(f"{measured.text} ({KILLED - before} were unanswered)", measured.ok and before < KILLED)


ROWS = (
    Row("acknowledgement", f"acknowledgement p99 while {PEOPLE} people talk", "-", "at most 300 ms",
        measure_acknowledgement),
    Row("exactly-once", f"each event delivered 1 to 4 times, reordered, with 5 % 429 and 2 % 500 from Slack, "
        f"{MESSAGES:,} messages", "doubled and lost", "each answered exactly once", measure_exactly_once),
    Row("drops", f"socket dropped {DROPS} times in a conversation", "-", "0 lost after reconnection", measure_drops),
    Row("limits", "replies over Slack's limits, over all content and form steps", "-", "0", measure_limits),
    Row("kill", "kill -9 between acknowledgement and answer, restart", "lost",
        "answered after restart, or the person is told", measure_kill),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the rows; return 0 when every bound is kept."""
    return measure_rows("slack", ROWS, arguments, others="Rasa's channel")


if __name__ == "__main__":
    sys.exit(main())
