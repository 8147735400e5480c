"""Markdown, choices and sources are drawn in a terminal and written in a pipe; nothing is lost or obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.reply import Choice, SourceLink
from bot.terminal.cleaning import clean_text
from tests.terminal.drawing import drawn, written

HOSTILE = [
    pytest.param("[red]danger[/red] [link=http://x]y[/link]", id="markup"),
    pytest.param("\x1b[31mred\x1b[0m \x9b1m", id="colour"),
    pytest.param("\x1b]8;;http://evil\x1b\\x\x1b]8;;\x1b\\", id="OSC 8"),
    pytest.param("good\rbad", id="carriage return"),
    pytest.param("a\u202eb\u2066c", id="bidi"),
    pytest.param("&#x1b;[31m &#x202e; &rlm; &#13;", id="entities"),
    pytest.param("`\x1b[31m` [x\x1b[1m](http://y\x1b[1m) ![\x1b[1m](z)", id="inside Markdown"),
    pytest.param(":smile: {bold} \\[red]", id="emoji names"),
]
OBEYED = "\x1b\x9b\r\u202e\u2066\u200f\x07"


def test_markdown_in_a_terminal() -> None:
    given_text = "**Bold** and\nmore.\n\n- one\n- two\n\n1. first\n2. second\n\nsee [AIPMO](https://a.example/x)"

    assert drawn(lambda to: to.markdown(given_text)) == (
        "  Bold and more.\n\n  • one\n  • two\n\n  1. first\n  2. second\n\n  see AIPMO (https://a.example/x)"
    )


def test_markdown_in_a_pipe() -> None:
    given_text = (
        "**Bold** and\nmore.\n\n- one\n  - nested\n- two\n\n1. first\n2. second\n\nsee [AIPMO](https://a.example/x)"
    )

    assert written(lambda to: to.markdown(given_text)) == (
        "Bold and more.\n\n- one\n  - nested\n- two\n\n1. first\n2. second\n\nsee AIPMO (https://a.example/x)"
    )


def test_emphasis_is_drawn_in_a_terminal() -> None:
    actual = drawn(lambda to: to.markdown("**b** *i* `c`"), colour=True)

    assert "\x1b[1mb\x1b[0m" in actual
    assert "\x1b[3mi\x1b[0m" in actual


def test_lines_are_at_most_eighty_wide_and_forty_where_it_is_narrow() -> None:
    text = "word " * 100

    assert max(map(len, drawn(lambda to: to.markdown(text), width=200).splitlines())) <= 80
    assert max(map(len, drawn(lambda to: to.markdown(text), width=40).splitlines())) <= 40


def test_a_pipe_gets_whole_paragraphs_and_a_plain_terminal_wrapped_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = "word " * 30

    assert len(written(lambda to: to.markdown(text)).splitlines()) == 1
    assert max(map(len, written(lambda to: to.markdown(text), terminal=True).splitlines())) < 40


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        pytest.param("<b>html</b> <script>", "<b>html</b> <script>", id="inline HTML"),
        pytest.param("<div>block</div>", "<div>block</div>", id="block HTML"),
        pytest.param("[x](javascript:alert(1))", "[x](javascript:alert(1))", id="refused link"),
        pytest.param("![map](http://x/y.png)", "map (http://x/y.png)", id="image"),
        pytest.param("<https://x.example>", "https://x.example", id="bare link is not told twice"),
        pytest.param("# Title\n\n> quoted\n\n---", "Title\n\n  quoted\n\n---", id="heading, quote, rule"),
        pytest.param("```\na\n  b\n```", "a\n  b", id="code"),
        pytest.param("one  \ntwo", "one\ntwo", id="hard break"),
        pytest.param("-\n- two", "-\n- two", id="empty item"),
        pytest.param("- one\n\n  more\n\n- two", "- one\n\n  more\n\n- two", id="loose list"),
        pytest.param("7. seven\n8. eight", "7. seven\n8. eight", id="list from seven"),
        pytest.param("P3O_F_x 2*3*4 a & b", "P3O_F_x 234 a & b", id="marks inside words"),
    ],
)
def test_markdown_loses_nothing(given_text: str, expected: str) -> None:
    assert written(lambda to: to.markdown(given_text)) == expected
    assert "".join(expected.replace("---", "").split()) in "".join(
        drawn(lambda to: to.markdown(given_text)).replace("•", "-").replace("─", "").split()
    )


TABLE = "| | P3O | IPMO |\n|---|---|---|\n| Owner | PeopleCert | **AIPMO** |\n| Exam | open book |"


def test_a_table_in_a_terminal() -> None:
    lines = drawn(lambda to: to.markdown(TABLE)).splitlines()

    assert [line.split() for line in lines] == [
        ["P3O", "IPMO"],
        ["─" * len(lines[1].strip())],
        ["Owner", "PeopleCert", "AIPMO"],
        ["Exam", "open", "book"],
    ]


def test_a_table_in_a_pipe_is_aligned() -> None:
    assert written(lambda to: to.markdown(TABLE)) == (
        "       P3O         IPMO\n-----  ----------  -----\nOwner  PeopleCert  AIPMO\nExam   open book"
    )


def test_a_table_too_wide_becomes_lists() -> None:
    wide = "| Name | For | Exam |\n|-|-|-|\n| P3O | people who manage or shape offices | a long open book exam |"

    assert drawn(lambda to: to.markdown(wide), width=30) == (
        "  P3O\n    For: people who manage\n    or shape offices\n    Exam: a long open book\n    exam"
    )


def test_a_table_too_wide_for_a_pipe_becomes_lists() -> None:
    wide = f"| Name | For |\n|-|-|\n| P3O | {'x' * 200} |\n| IPMO | |"

    assert written(lambda to: to.markdown(wide)) == f"Name: P3O\nFor: {'x' * 200}\n\nName: IPMO"


def test_choices_are_numbered_on() -> None:
    choices = [Choice("Compare", "a"), Choice("[red]Back[/red]", "b")]

    assert drawn(lambda to: to.choices(choices, first=3)) == "  3  Compare\n  4  [red]Back[/red]"
    assert written(lambda to: to.choices(choices, first=3)) == "3) Compare\n4) [red]Back[/red]"


SOURCES = [(1, SourceLink("a", "Careers", "https://c.example", 2018)), (2, SourceLink("b", "A talk"))]


def test_sources_in_full() -> None:
    expected = "Sources: Careers (2018) https://c.example\n         A talk"

    assert written(lambda to: to.sources(SOURCES, numbered=False)) == expected
    assert drawn(lambda to: to.sources(SOURCES, numbered=False)) == "  " + expected.replace("\n", "\n  ")


def test_sources_with_numbers() -> None:
    assert "[1] Careers (2018) https://c.example" in drawn(lambda to: to.sources(SOURCES, numbered=True))
    assert drawn(lambda to: to.source_numbers([1, 2])) == "  Sources [1] [2] · /sources"
    assert written(lambda to: to.source_numbers([1, 2])) == "Sources: [1] [2] (/sources)"


def test_a_long_address_is_not_broken() -> None:
    url = f"https://x.example/{'a' * 100}"

    assert url in drawn(lambda to: to.sources([(1, SourceLink("a", "Long", url, 2020))], numbered=True), width=40)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("show", [drawn, written])
def test_nothing_is_obeyed(text: str, show: object) -> None:
    assert callable(show)
    for actual in (
        show(lambda to: to.markdown(text)),
        show(lambda to: to.text(text)),
        show(lambda to: to.person(text)),
    ):
        assert not set(actual) & set(OBEYED)


@pytest.mark.parametrize("show", [drawn, written])
def test_markup_is_shown_as_it_is(show: object) -> None:
    assert callable(show)
    assert show(lambda to: to.markdown("[red]x[/red] [bold]y")).strip() == "[red]x[/red] [bold]y"
    assert show(lambda to: to.person("[red]x[/red]")).strip()[2:] == "[red]x[/red]"


@given(st.text(st.sampled_from("ab1 *_`[]()|-#>\n\\<&;!~:.\x1b\r"), max_size=80))
def test_any_text_can_be_drawn(text: str) -> None:
    narrow, piped = drawn(lambda to: to.markdown(text), width=30), written(lambda to: to.markdown(text))

    assert not set(narrow + piped) & set(OBEYED)
    for letter in "ab":
        assert piped.count(letter) >= clean_text(text).count(letter) or set(text) & set("[&<")
