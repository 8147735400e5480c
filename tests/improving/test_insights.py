"""The command `pmo-coach insights`: right numbers, nobody singled out, hostile words inert, on both databases."""

import argparse
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from bot import cli_insights
from bot.cli_improving import Tools
from bot.errors import CoachError
from bot.improving.counting import Counts
from bot.improving.privacy import OTHERS
from bot.records import Rating
from bot.store import Store, open_store
from tests.improving.factories import NOW, asked, coach, loop, put, user

DAY = 86400


def run(store: Store, tools: Tools, *words: str, terminal: bool = False) -> str:
    """Run the command and return what it prints."""
    parser = argparse.ArgumentParser()
    out = Console(file=io.StringIO(), force_terminal=terminal, width=110)
    cli_insights.add_commands(
        parser.add_subparsers(), lambda: store, lambda: tools, now=lambda: NOW, console=lambda: out
    )
    told = parser.parse_args(["insights", *words])
    assert told.run(told) == 0
    return out.file.getvalue()


def report(store: Store, tools: Tools, **more) -> dict:
    options = {"days": None, "channel": None, "now": NOW, **more}
    return cli_insights.read_report(store, tools, **options).to_json()


def section(found: dict, id: str) -> dict[str, tuple]:
    lines = next(one for one in found["sections"] if one["id"] == id)["lines"]
    return {line["label"]: (line["people"], *line["numbers"]) for line in lines}


def a_crowd(store: Store, size: int = 6, *, words: str = "what weather <b>[red]x[/red]</b>", at: float = NOW) -> None:
    """Store talks of people who ask for pay twice, are not understood, and leave or finish a form."""
    for number in range(size):
        finish = [user("y"), *coach("answer", "level_form"), asked(None), loop(None)] if number == 0 else []
        put(
            store,
            *[user("pay", topic="pmo_pay", names=[("certification", "p3o")]), *coach()] * 2,
            user(words, "nlu_fallback", readings=(("ask_level", None, 0.2),)), *coach("fallback", "action_repair"),
            user("lvl", "assess_level"), loop("level_form"), *coach("ask", "level_form"), asked("level_title"), *finish,
            person=f"p{number}", at=at - DAY / 2,
        )  # fmt: skip


def test_numbers_are_those_of_the_talks(store: Store, tools: Tools):
    a_crowd(store)
    with store.unit_of_work() as work:
        for number in range(6):
            work.people.add_feedback(f"p{number}", 3, Rating.UP if number else Rating.DOWN, "my own words")

    found = report(store, tools)

    assert (found["people"], found["messages"]) == (6, 6 * 4 + 1)
    assert section(found, "topics") == {"What PMO jobs <pay>": (6, 12)}
    assert section(found, "intents")["ask topic"] == (6, 13)
    assert section(found, "certifications") == {"p3o": (6, 12)}
    # One person's thumbs down would show by itself: the other line hides it.
    assert section(found, "misread") == {OTHERS: (7, 7)}
    assert section(found, "nearest") == {OTHERS: (7, 7)}
    assert section(found, "forms") == {"level": (6, 6, 1, 1)}
    assert section(found, "left") == {"level title": (5, 5)}
    assert section(found, "rated_topic") == {"What PMO jobs <pay>": (6, 5, 1)}
    assert section(found, "channels") == {"web": (6, 25, 7, 5, 1)}
    assert "my own words" not in json.dumps(found)


def test_question_that_somebody_may_still_answer_is_not_left(store: Store, tools: Tools):
    a_crowd(store, at=NOW + DAY / 2 - 60)

    assert section(report(store, tools), "left") == {}


def test_days_and_channel_narrow_the_report(store: Store, tools: Tools):
    for number in range(12):
        channel = "slack" if number < 6 else "web"
        put(
            store,
            user("pay", topic="pmo_pay", channel=channel),
            person=f"n{number}",
            at=NOW - DAY * (1 + 5 * (number % 2)),
        )
    put(store, user("pay", topic="pmo_pay", channel="web"), person="z", at=NOW - 400 * DAY)

    assert report(store, tools)["people"] == 13
    assert report(store, tools, days=10)["people"] == 12
    assert report(store, tools, days=3)["people"] == 6
    assert report(store, tools, channel="slack")["people"] == 6


def test_others_words_are_masked_and_shown_only_where_five_wrote_alike(store: Store, tools: Tools):
    for number in range(6):
        put(store, user("weather of Wojciech a@b.com", "nlu_fallback"), *coach("fallback"), person=f"a{number}")
    for number in range(6):
        put(store, user(f"phone zzyzx{number}", "nlu_fallback"), *coach("fallback"), person=f"b{number}")
    for number in range(4):
        put(store, user("land of secrets", "nlu_fallback"), *coach("fallback"), person=f"c{number}")
        put(store, user("smith of mine", "nlu_fallback"), *coach("fallback"), person=f"d{number}")

    shown = json.dumps(report(store, tools, now=NOW), ensure_ascii=False)

    assert "like “weather of [word] [e-mail]”" in shown
    assert "Wojciech" not in shown
    assert "zzyzx" not in shown
    assert "secrets" not in shown


@pytest.mark.parametrize("people", [0, 4])
def test_report_of_few_is_declined(store: Store, tools: Tools, people: int):
    a_crowd(store, people)

    with pytest.raises(CoachError, match="5 people or more"):
        report(store, tools)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs


HOSTILE = "what <script>alert(1)</script> <img src=x onerror=alert(1)> [bold]x[/bold] \x1b[31m \"'>"


def test_hostile_words_are_inert_in_the_page(sqlite_store: Store, tools: Tools, tmp_path: Path):
    a_crowd(sqlite_store, words=HOSTILE)

    run(sqlite_store, tools, "--html", str(tmp_path / "report.html"))

    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    parsed = _Tags()
    parsed.feed(page)
    assert not {"script", "img", "link", "iframe", "a href=x"} & set(parsed.tags)
    assert not [name for name, _ in parsed.attributes if name.startswith("on") or name == "src"]
    assert not re.search(r"https?://(?!www\.w3\.org)|url\(|@import", page)
    assert "\x1b" not in page


def test_page_has_a_table_for_each_chart_and_both_modes(sqlite_store: Store, tools: Tools, tmp_path: Path):
    a_crowd(sqlite_store)

    run(sqlite_store, tools, "--html", str(tmp_path / "report.html"))

    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    charts = page.count('<svg role="img" aria-label="Bar chart')
    assert charts == page.count("<table>") == page.count("<caption>") > 5
    assert "prefers-color-scheme: dark" in page
    assert 'lang="en"' in page


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
def test_hostile_words_are_inert_in_the_terminal(sqlite_store: Store, tools: Tools, terminal: bool):
    a_crowd(sqlite_store, words=HOSTILE)

    printed = run(sqlite_store, tools, terminal=terminal)

    assert "[31m" not in printed or terminal
    assert "(bold)x" in printed
    assert "What PMO jobs <pay>" in printed


def test_json_is_json(sqlite_store: Store, tools: Tools, capsys: pytest.CaptureFixture[str]):
    a_crowd(sqlite_store)

    run(sqlite_store, tools, "--json")

    assert json.loads(capsys.readouterr().out)["people"] == 6


def test_long_reading_says_how_far_it_is(sqlite_store: Store, tools: Tools):
    a_crowd(sqlite_store)
    said: list[str] = []

    cli_insights.count_talks(sqlite_store, Counts(tools.mask, now=NOW), since=0.0, say=said.append, page=2, quiet=0.0)

    assert said == [f"read {done} of 6 conversations" for done in (2, 4, 6)]


def test_huge_texts_and_rows_of_wrong_types_are_counted(sqlite_store: Store, tools: Tools):
    a_crowd(sqlite_store, words="what " + "x" * 1_000_000)
    with sqlite_store.unit_of_work() as work:
        work.conversations.add_turn("odd", [(NOW, "user", "{"), (NOW, "bot", "[]")], expected_seq=0, state="{}",
                                    offered={}, now=NOW)  # fmt: skip

    found = report(sqlite_store, tools)

    assert found["people"] == 6
    assert any(note.startswith("2 stored events could not be read") for note in found["notes"])


def test_database_that_is_down_is_said_in_a_sentence(tools: Tools, tmp_path: Path):
    store = open_store("postgresql://nobody@127.0.0.1:9/none")

    with pytest.raises(CoachError, match="cannot be reached"):
        report(store, tools)


def test_page_that_cannot_be_written_is_said(sqlite_store: Store, tools: Tools, tmp_path: Path):
    a_crowd(sqlite_store)

    with pytest.raises(CoachError, match="cannot be written"):
        run(sqlite_store, tools, "--html", str(tmp_path / "no" / "report.html"))


@pytest.mark.parametrize("days", ["0", "-1", "many", "", "1e3", "99999999999"])
def test_days_are_whole_days(sqlite_store: Store, tools: Tools, days: str):
    with pytest.raises(SystemExit):
        run(sqlite_store, tools, "--days", days)
