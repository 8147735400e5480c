"""The table in docs/benchmarks.md: the lines between two markers, which `--write-docs` writes anew."""

from pathlib import Path

from benchmarks.records import BenchmarkError
from benchmarks.results import Report
from benchmarks.table import markdown_table, remarks

BEGIN = "<!-- benchmarks: begin, written by `python -m benchmarks --write-docs` -->"
END = "<!-- benchmarks: end -->"


def block(report: Report) -> str:
    """Return what stands between the markers: when and where it was measured, the table, its remarks."""
    machine = ", ".join(f"{name}: {value}" for name, value in report.machine.items())
    notes = "".join(f"- {note}\n" for note in remarks(report.results))
    return f"Measured on {report.when} ({machine}).\n\n{markdown_table(report)}\n{notes}"


def write_block(page: Path, report: Report) -> None:
    """Put the report between the markers of the page; raise BenchmarkError where they are missing."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise BenchmarkError(f"{page} has no place for the table: the lines {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n\n{block(report)}\n{END}{after}", encoding="utf-8")
