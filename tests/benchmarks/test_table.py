import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.docs_block import BEGIN, END, write_block
from benchmarks.records import BenchmarkError, Figures, Outcome, Quantity
from benchmarks.results import Result
from benchmarks.rows import ROWS
from benchmarks.table import bounds_text, cells, json_report, markdown_table, remarks, rich_table
from tests.benchmarks.factories import MILLISECONDS, a_report, a_result, a_row

SHARES = (Quantity("%", 1, at_least=92), Quantity("%", 1, at_most=4))


@pytest.mark.parametrize(
    ("quantities", "expected"),
    [
        (MILLISECONDS, "at most 12 / 25 ms"),
        (SHARES, "at least 92 % / at most 4 %"),
        ((Quantity("", 3, at_least=0.9), Quantity("", 3, at_least=0.95)), "at least 0.90 / 0.95"),
        ((Quantity("%", 1),), "-"),
        ((Quantity("s", 2, at_most=0.6),), "at most 0.6 s"),
    ],
    ids=["one unit", "two ways", "no unit", "no bound", "one"],
)
def test_bounds_are_said_in_words(quantities: tuple[Quantity, ...], expected: str) -> None:
    assert bounds_text(quantities) == expected


def test_cells_show_figures_and_verdict() -> None:
    result = a_result(9.06, 1020.0, stock=Outcome(Figures((30.0, 44.0))))

    assert cells(result) == ("message p50 / p95", "30.0 / 44.0 ms", "at most 12 / 25 ms", "9.1 / 1,020.0 ms", "no")


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome(reason="give --data DIR"), ("not measured: give --data DIR", "-")),
        (Outcome(reason="it broke\nits log", failed=True), ("failed: it broke", "no")),
        (Outcome(reason="x" * 100, failed=True), (f"failed: {'x' * 60}...", "no")),
    ],
    ids=["left out", "failed", "long"],
)
def test_cells_show_why_there_are_no_figures(outcome: Outcome, expected: tuple[str, str]) -> None:
    assert cells(Result(a_row(), outcome, Outcome(reason="not wanted")))[3:] == expected
    assert cells(Result(a_row(), outcome, Outcome(reason="not wanted")))[1] == "-"


def test_remarks_tell_notes_and_faults_in_full() -> None:
    failed = Result(a_row(), Outcome(reason="it broke\nits log", failed=True), Outcome(reason="left out"))

    assert remarks([a_result(9, 20, notes=("quick",)), failed]) == [
        "message p50 / p95: quick",
        "message p50 / p95: it broke\nits log",
    ]


def test_rich_table_has_the_columns_and_reads_no_markup() -> None:
    stream = io.StringIO()
    broken = Result(a_row(), Outcome(reason="[/red] was there", failed=True), Outcome())

    Console(file=stream, width=160).print(rich_table(a_report(a_result(9, 20), broken)))

    assert all(column in stream.getvalue() for column in ("what", "stock", "must", "measured", "ok"))
    assert "[/red] was there" in stream.getvalue()


def test_markdown_table_keeps_its_columns() -> None:
    row = a_row()
    broken = Result(row, Outcome(reason="a | b", failed=True), Outcome())

    lines = markdown_table(a_report(a_result(9, 20), broken)).splitlines()

    assert lines[0] == "| what | stock | must | measured | ok |"
    assert lines[2] == "| message p50 / p95 | - | at most 12 / 25 ms | 9.0 / 20.0 ms | yes |"
    assert {line.count("|") for line in lines} == {6}


def test_json_report_has_values_bounds_and_reasons() -> None:
    report = json.loads(
        json.dumps(json_report(a_report(a_result(9, 20), Result(a_row(), Outcome(reason="no"), Outcome()))))
    )

    assert report["v"] == 1
    assert [row["ok"] for row in report["rows"]] == [True, None]
    assert report["rows"][0]["measured"]["values"] == [9, 20]
    assert report["rows"][0]["quantities"][1] == {"unit": "ms", "at_most": 25, "at_least": None}
    assert report["rows"][1]["measured"]["reason"] == "no"


def test_write_block_changes_what_is_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")

    write_block(page, a_report(a_result(9, 20, notes=("quick",))))
    write_block(page, a_report(a_result(8, 20)))

    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n\nMeasured on 2026-01-31 (cores: 2).")
    assert text.endswith(f"{END}\nafter\n")
    assert "8.0 / 20.0 ms" in text
    assert "old" not in text
    assert "quick" not in text


def test_write_block_needs_its_markers(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("nothing\n", encoding="utf-8")

    with pytest.raises(BenchmarkError, match="no place for the table"):
        write_block(page, a_report())


def test_the_docs_have_a_place_for_the_table_and_tell_every_row() -> None:
    text = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")

    assert BEGIN in text
    assert END in text
    assert [row.name for row in ROWS if f"`{row.name}`" not in text] == []
