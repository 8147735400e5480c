"""The report on what people ask: counts as sections of lines, by the rule of `bot.improving.privacy`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.improving.counting import LENGTHS, Counts, FormCount, RatingCount, Tally, length_name
from bot.improving.privacy import FEWEST, Line, shown_lines

Names = Mapping[str, str]
"""What an id is called: of a topic its title, of a certification its name."""

Grouping = Callable[[Sequence[str]], list[list[int]]]
"""Gives groups of like texts, as places in the sequence, each with its leader first."""

TOP = 25
"""Lines of a section; what comes after is rare."""


@dataclass(frozen=True)
class Section:
    """A part of the report: what its lines are, its columns of numbers, and which of them a chart draws."""

    id: str
    title: str
    what: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    charted: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True)
class Report:
    """The whole report; `period` in words."""

    period: str
    people: int
    messages: int
    sections: tuple[Section, ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain JSON values."""
        return asdict(self)


def make_report(counts: Counts, names: Names, grouping: Grouping, *, period: str) -> Report | None:
    """Return the report, or None where there are too few people for one."""
    if counts.people < FEWEST:
        return None
    sections = (
        *_asked(counts, names),
        *_not_understood(counts, names, grouping),
        *_forms(counts.forms),
        *(_rated(by, count, names) for by, count in counts.ratings.items()),
        _tally("out_of_scope", "Out of scope", "kind", counts.out_of_scope, _plain),
        _lengths(counts.lengths),
        _channels(counts),
    )
    return Report(period, counts.people, counts.messages, sections, _notes(counts))


def _asked(counts: Counts, names: Names) -> tuple[Section, ...]:
    def named(name: str) -> str:
        return names.get(name, name)

    return (
        _tally("intents", "What people want", "intent", counts.intents, _plain),
        _tally("topics", "Topics asked about", "topic", counts.topics, named),
        _tally("certifications", "Certifications named", "certification", counts.names["certification"], named),
        _tally("roles", "Roles named", "role", counts.names["role"], named),
    )


def _tally(id: str, title: str, what: str, tally: Tally, name: Callable[[str], str], *, note: str = "") -> Section:
    lines = shown_lines(Line(name(key), people, (tally.times[key],)) for key, people in tally.people.items())
    rest = len(lines) - TOP
    note = " ".join([note, f"The {rest} next ones are left out."] if rest > 0 else [note]).strip()
    return Section(id, title, what, ("messages",), tuple(lines[:TOP]), (0,), note)


def _not_understood(counts: Counts, names: Names, grouping: Grouping) -> tuple[Section, ...]:
    texts = sorted(counts.texts.items(), key=lambda item: (-item[1].people, item[0]))
    groups = grouping([text for text, _ in texts]) if texts else []
    lines = shown_lines(
        Line(
            f"like “{texts[members[0]][0]}”",
            sum(texts[place][1].people for place in members),
            (sum(texts[place][1].times for place in members), len(members)),
        )
        for members in groups
    )
    left_out = f" {counts.texts_left_out} more messages were counted only." if counts.texts_left_out else ""
    note = f"People’s words are masked, and shown where {FEWEST} people or more wrote alike.{left_out}"
    return (
        _tally("misread", "What may have been misread", "sign", counts.reasons, str),
        _tally("nearest", "What the not understood was nearest to", "intent or topic", counts.nearest,
               lambda name: names.get(name, _plain(name))),
        Section("alike", "Not understood, like messages together", "group", ("messages", "wordings"),
                tuple(lines[:TOP]), (0,), note),
    )  # fmt: skip


def _forms(forms: Mapping[str, FormCount]) -> tuple[Section, ...]:
    lines = shown_lines(
        Line(_plain(form), count.people, (count.started, count.finished, count.finishers))
        for form, count in forms.items()
    )
    ends = Tally()
    for count in forms.values():
        if count.people >= FEWEST:
            ends.people.update(count.left.people)
            ends.times.update(count.left.times)
    return (
        Section("forms", "Forms started and finished", "form",
                ("started", "finished", "people who finished"), tuple(lines), (0, 1)),
        _tally("left", "Questions at which forms were left", "question", ends, _plain,
               note="Where somebody was last, who has not come back to finish."),
    )  # fmt: skip


def _rated(by: str, count: RatingCount, names: Names) -> Section:
    def named(name: str) -> str:
        return names.get(name, _plain(name))

    lines = shown_lines(
        Line(named(key), people, (count.up[key], count.down[key])) for key, people in count.people.people.items()
    )
    return Section(
        f"rated_{by}", f"Thumbs by {by}", by, ("thumbs up", "thumbs down"), tuple(lines[:TOP]), (0, 1),
        "Most people rate nothing: read the thumbs as hints.",
    )  # fmt: skip


def _lengths(lengths: Tally) -> Section:
    order = [length_name(low) for low, _ in LENGTHS]
    lines = shown_lines(
        (Line(name, people, (lengths.times[name],)) for name, people in lengths.people.items()),
        order=lambda line: order.index(line.label),
    )
    return Section("lengths", "How long talks are", "messages of the person", ("talks",), tuple(lines), (0,))


def _channels(counts: Counts) -> Section:
    columns = ("messages", "perhaps misread", "thumbs up", "thumbs down")
    lines = shown_lines(
        Line(name, count.people, (count.messages, count.misread, count.up, count.down))
        for name, count in counts.channels.items()
    )
    lengths = ", ".join(
        f"{name} {count.median_length}" for name, count in counts.channels.items() if count.people >= FEWEST
    )
    note = "The terminal speaks through the web channel. --channel makes the whole report of one."
    return Section("channels", "Channels", "channel", columns, tuple(lines), (0, 1),
                   f"Messages of the middle talk: {lengths}. {note}" if lengths else note)  # fmt: skip


def _notes(counts: Counts) -> tuple[str, ...]:
    notes = [
        f"A line is shown when {FEWEST} people or more are behind it; smaller ones are added up.",
        "A person is a conversation: who came back without the old one is counted twice.",
    ]
    if counts.unreadable:
        notes.append(f"{counts.unreadable} stored events could not be read and were passed over.")
    return tuple(notes)


def _plain(name: str) -> str:
    """Return an id of the program in words: `ask_what_if` as "ask what if"."""
    words = name.removeprefix("action_").removeprefix("utter_").removeprefix("out_of_scope_").removesuffix("_form")
    return words.replace("_", " ")
