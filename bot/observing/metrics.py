"""Metrics: what the coach counts and measures of itself, as Prometheus reads it.

Each process counts for itself, in memory; Prometheus asks every one and adds up. No label comes from what a person
wrote or is: channels, kinds of replies, forms and routes are those of the code, and so there are few of each.

A message costs about ten of these calls, some microseconds in all.
"""

import platform
import time
from collections import OrderedDict
from collections.abc import Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

ACTIVE_SECONDS = 300.0
"""A conversation is active for so long after its last message."""
MOST_ACTIVE = 100_000
"""Of how many conversations the last message's time is kept."""
BUCKETS = (0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)

disable_created_metrics()  # type: ignore[no-untyped-call]  # one more series for each, which nobody asks

REGISTRY = CollectorRegistry()
"""Ours alone: what libraries register elsewhere is not shown."""
CONTENT_TYPE = CONTENT_TYPE_LATEST

TURNS = Counter(
    "pmo_coach_turns", "Turns that ended, by the kind of what the coach said.", ["channel", "kind"], registry=REGISTRY
)
TURN_FAILURES = Counter(
    "pmo_coach_turn_failures", "Turns without an answer, or without a whole one.", ["reason"], registry=REGISTRY
)
TURNS_IN_FLIGHT = Gauge("pmo_coach_turns_in_flight", "Turns under way, waiting ones included.", registry=REGISTRY)
SECONDS = Histogram(
    "pmo_coach_stage_seconds", "How long a stage of a message took.", ["stage"], buckets=BUCKETS, registry=REGISTRY
)
FORMS = Counter("pmo_coach_forms", "Forms that were started, finished or left.", ["form", "event"], registry=REGISTRY)
FEEDBACK = Counter("pmo_coach_feedback", "Thumbs up and down.", ["rating"], registry=REGISTRY)
ACTION_FAILURES = Counter("pmo_coach_action_failures", "Custom actions that failed.", registry=REGISTRY)
STORE_ERRORS = Counter("pmo_coach_store_errors", "Transactions that failed.", ["access"], registry=REGISTRY)
REQUESTS = Counter(
    "pmo_coach_http_requests", "Requests that were answered.", ["route", "method", "status"], registry=REGISTRY
)
EVENTS_STREAMED = Counter("pmo_coach_events_streamed", "Events that the broker confirmed.", registry=REGISTRY)
EVENTS_DROPPED = Counter("pmo_coach_events_dropped", "Events let go of while the broker was down.", registry=REGISTRY)
EVENTS_WAITING = Gauge("pmo_coach_events_waiting", "Events that wait for the broker.", registry=REGISTRY)
BUILD = Gauge("pmo_coach_build_info", "What runs here; always 1.", ["version", "rasa", "python"], registry=REGISTRY)

# Looked up once: a label costs more than what is measured with it.
TURN = SECONDS.labels("turn")
UNDERSTANDING = SECONDS.labels("understanding")
POLICY = SECONDS.labels("policy")
ACTION = SECONDS.labels("action")
STORE = SECONDS.labels("store")
for _access in ("read", "write"):
    STORE_ERRORS.labels(_access)


class ActiveConversations(Collector):
    """How many conversations had a message lately. The ids stay in memory: what is shown is their number."""

    def __init__(self) -> None:
        """Begin with none."""
        self._last: OrderedDict[str, float] = OrderedDict()

    def note(self, conversation: str) -> None:
        """Note a message of the conversation."""
        self._last[conversation] = time.monotonic()
        self._last.move_to_end(conversation)
        if len(self._last) > MOST_ACTIVE:
            self._last.popitem(last=False)

    def count(self) -> int:
        """Return how many are active, and forget the others."""
        oldest = time.monotonic() - ACTIVE_SECONDS
        while self._last and next(iter(self._last.values())) < oldest:
            self._last.popitem(last=False)
        return len(self._last)

    def collect(self) -> Iterator[Metric]:
        """Yield their number for Prometheus."""
        name = "pmo_coach_active_conversations"
        yield GaugeMetricFamily(name, "Conversations with a message in the last five minutes.", self.count())


ACTIVE = ActiveConversations()
REGISTRY.register(ACTIVE)
ProcessCollector(registry=REGISTRY)


def tell_build(version: str, rasa: str) -> None:
    """Say which versions run here."""
    BUILD.labels(version, rasa, platform.python_version()).set(1)


def exposition() -> bytes:
    """Return all metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)
