"""How readings of held-out utterances are judged: what counts as right, caught and wrongly refused."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.reckoning import share

TOPIC_INTENT = "ask_topic"
FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Judged:
    """One utterance's labels: those accepted and those read."""

    expect: frozenset[str]
    read: frozenset[str]
    refused: bool

    @property
    def right(self) -> bool:
        """Whether anything that was read is accepted."""
        return bool(self.expect & self.read)


@dataclass(frozen=True)
class Understanding:
    """All held-out utterances, judged: those in scope, and those out of it."""

    inside: tuple[Judged, ...]
    outside: tuple[Judged, ...]


def labels_of(parsed: Mapping[str, Any]) -> frozenset[str]:
    """Return the labels that a parsed message was read as.

    That is its intent, or the topic's id where the intent is `ask_topic`; and when it was read as several questions,
    the label of each.
    """
    questions = parsed.get("questions") or ()
    several = questions if len(questions) > 1 else ()
    read = [(parsed["intent"]["name"], parsed.get("topic")), *((q["intent"], q.get("topic")) for q in several)]
    return frozenset(topic if intent == TOPIC_INTENT and topic else intent for intent, topic in read)


def is_refused(parsed: Mapping[str, Any]) -> bool:
    """Tell whether the message was taken for out of scope, of whatever kind, or not understood."""
    intent = str(parsed["intent"]["name"])
    return intent == FALLBACK or intent.startswith(OUT_OF_SCOPE)


def judge(expect: frozenset[str], parsed: Mapping[str, Any]) -> Judged:
    """Return what was accepted and what was read."""
    return Judged(expect, labels_of(parsed), is_refused(parsed))


def right_share(judged: Sequence[Judged]) -> float:
    """Return the percentage that was read as something acceptable."""
    return share([one.right for one in judged])


def refused_share(judged: Sequence[Judged]) -> float:
    """Return the percentage that was refused."""
    return share([one.refused for one in judged])


def share_of_each_kind(judged: Sequence[Judged]) -> dict[str, float]:
    """Return for each expected kind the percentage of its utterances read as an accepted kind, in the kinds' order.

    An utterance with several accepted kinds counts for each.
    """
    kinds: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        for kind in one.expect:
            kinds[kind].append(one.right)
    return {kind: share(kinds[kind]) for kind in sorted(kinds)}


def kind_name(kind: str) -> str:
    """Return a kind's name without what all of them share."""
    return kind.removeprefix(f"{OUT_OF_SCOPE}_")
