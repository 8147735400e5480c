"""Counting talks: people and messages behind each intent, topic, form and rating. Memory is bounded."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from bot.improving.masking import Masker
from bot.improving.misread import Reason, misread
from bot.improving.turns import Reading, Talk, Turn
from bot.records import Rating

UNDER_WAY_SECONDS = 3600
"""A form whose last message is younger may still be going on."""
MOST_TEXTS = 2000
"""How many different misread texts are kept to be grouped; beyond, they are only counted."""
MOST_NAMES = 5000
"""How many different names of one kind are told apart: more than any content has, fewer than hurt."""
OUT_OF_SCOPE = "out_of_scope_"
LENGTHS = ((1, 1), (2, 3), (4, 6), (7, 10), (11, 20), (21, None))


@dataclass
class Tally:
    """How many people and how many times, for each name."""

    people: Counter[str] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)

    def add(self, names: Iterable[str]) -> None:
        """Count the names that came up in one person's talk, each as often as it is given."""
        for name, times in Counter(name for name in names if name).items():
            if name in self.people or len(self.people) < MOST_NAMES:
                self.people[name] += 1
                self.times[name] += times


@dataclass
class FormCount:
    """What became of a form: people who started and finished it, runs, and where those who left had come to."""

    people: int = 0
    started: int = 0
    finished: int = 0
    finishers: int = 0
    left: Tally = field(default_factory=Tally)


@dataclass
class RatingCount:
    """Ratings by something, and the people who gave them."""

    people: Tally = field(default_factory=Tally)
    up: Counter[str] = field(default_factory=Counter)
    down: Counter[str] = field(default_factory=Counter)


@dataclass
class ChannelCount:
    """What came through one door."""

    people: int = 0
    messages: int = 0
    misread: int = 0
    up: int = 0
    down: int = 0
    lengths: Counter[int] = field(default_factory=Counter)

    @property
    def median_length(self) -> int:
        """How many messages the middle one of its talks has."""
        return int(median(self.lengths.elements())) if self.lengths else 0


@dataclass
class TextCount:
    """A misread text, masked: the people who wrote it, how often, and what it may have meant."""

    people: int
    times: int
    readings: tuple[Reading, ...]


class Counts:
    """All counts over the talks that were added; `mask` is applied to every text before it is kept."""

    def __init__(self, mask: Masker, *, now: float) -> None:
        """Begin with nothing; forms of talks younger than an hour before `now` are not taken for left."""
        self._mask, self._now = mask, now
        self.people = self.messages = self.unreadable = self.texts_left_out = 0
        self.intents, self.topics, self.out_of_scope, self.nearest = Tally(), Tally(), Tally(), Tally()
        self.names: dict[str, Tally] = defaultdict(Tally)
        self.reasons, self.lengths = Tally(), Tally()
        self.forms: dict[str, FormCount] = defaultdict(FormCount)
        self.ratings = {by: RatingCount() for by in ("kind", "topic", "action")}
        self.channels: dict[str, ChannelCount] = defaultdict(ChannelCount)
        self.texts: dict[str, TextCount] = {}

    def add(self, talk: Talk) -> None:
        """Count one person's talk; one in which the person said nothing counts for nobody."""
        self.unreadable += talk.unreadable
        if not talk.turns:
            return
        self.people += 1
        self.messages += len(talk.turns)
        asked = [turn for turn in talk.turns if turn.intent != "answer_question"]
        self.intents.add(turn.intent for turn in asked if not turn.intent.startswith(OUT_OF_SCOPE))
        self.topics.add(turn.topic or "" for turn in asked)
        self.out_of_scope.add(t.intent for t in talk.turns if t.intent.startswith(OUT_OF_SCOPE) and t.form is None)
        for entity in ("certification", "role"):
            self.names[entity].add(value for turn in asked for kind, value in turn.names if kind == entity)
        self.lengths.add([length_name(len(talk.turns))])
        self._add_forms(talk)
        self._add_ratings(talk)
        self._add_channel(talk, self._add_misread(talk))

    def _add_misread(self, talk: Talk) -> int:
        found = list(misread(talk))
        self.reasons.add(one.reason.value for one in found)
        not_understood = [one for one in found if one.reason is not Reason.LITTLE_CONFIDENCE]
        self.nearest.add(_name_of(one.readings[0]) for one in not_understood if one.readings)
        mine: Counter[str] = Counter()
        readings = {}
        for one in not_understood:
            text = self._mask(one.text)
            mine[text] += 1
            readings[text] = one.readings
        for text, times in mine.items():
            if text in self.texts:
                self.texts[text].people += 1
                self.texts[text].times += times
            elif len(self.texts) < MOST_TEXTS:
                self.texts[text] = TextCount(1, times, readings[text])
            else:
                self.texts_left_out += times
        return len(not_understood)

    def _add_forms(self, talk: Talk) -> None:
        under_way = talk.open_form and self._now - talk.last < UNDER_WAY_SECONDS
        runs = talk.forms[:-1] if under_way else talk.forms
        for form in {run.form for run in runs}:
            mine, count = [run for run in runs if run.form == form], self.forms[form]
            finished = sum(run.finished for run in mine)
            count.people += 1
            count.started += len(mine)
            count.finished += finished
            count.finishers += finished > 0
            # Who went on later and finished has left nowhere.
            last = mine[-1]
            count.left.add([last.question or ""] if not last.finished else [])

    def _add_ratings(self, talk: Talk) -> None:
        rated = [(turn, said) for turn in talk.turns for said in turn.replies if said.rating is not None]
        for by, count in self.ratings.items():
            mine = [(name, said.rating) for turn, said in rated if (name := _rated(by, turn, said.kind, said.action))]
            count.people.add(name for name, _ in mine)
            count.up.update(name for name, rating in mine if rating is Rating.UP)
            count.down.update(name for name, rating in mine if rating is Rating.DOWN)

    def _add_channel(self, talk: Talk, misread_here: int) -> None:
        ratings = [said.rating for turn in talk.turns for said in turn.replies]
        count = self.channels[talk.channel]
        count.people += 1
        count.messages += len(talk.turns)
        count.misread += misread_here
        count.up += ratings.count(Rating.UP)
        count.down += ratings.count(Rating.DOWN)
        count.lengths[len(talk.turns)] += 1


def length_name(messages: int) -> str:
    """Return the class of a talk's length, as "4 to 6 messages"."""
    low, high = next((low, high) for low, high in LENGTHS if high is None or messages <= high)
    if high is None:
        return f"{low} messages or more"
    return f"{low} message{'s' if low > 1 else ''}" if low == high else f"{low} to {high} messages"


def _rated(by: str, turn: Turn, kind: str, action: str) -> str:
    return {"kind": kind, "topic": turn.topic or "", "action": action}[by]


def _name_of(reading: Reading) -> str:
    return reading.topic or reading.intent
