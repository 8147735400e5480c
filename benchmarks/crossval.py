"""How well the coach tells its own intents apart: `make crossval`, by cross-validation of the training data.

Each example is read once, by a model that was trained without it. It prints each intent's precision, recall and F1,
and the worst confusions, and draws the confusion matrix.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.bench import open_bench
from benchmarks.confusion import draw_matrix, scores_of, worst_confusions
from benchmarks.measures.cross_validation import FOLDS, cross_validate
from benchmarks.processes import stop_on_termination
from benchmarks.progress import Progress
from bot.errors import CoachError
from bot.runtime.settings import project_root, read_settings

PICTURE = project_root() / "results" / "crossval.svg"
WORST = 25
PIPE_WIDTH = 120


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and draw the picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crossval", description=__doc__)
    parser.add_argument("--picture", type=Path, default=PICTURE, metavar="FILE", help="default: results/crossval.svg")
    parser.add_argument("--worst", type=int, default=WORST, metavar="N", help="how many confusions are listed")
    told = parser.parse_args(arguments)
    stop_on_termination()
    try:
        with open_bench(read_settings(), data=None, progress=Progress()) as bench, bench.progress.row("crossval"):
            labels, found = cross_validate(bench.coach, bench.say)
        show(_console(), labels, found, worst=told.worst)
        told.picture.parent.mkdir(parents=True, exist_ok=True)
        told.picture.write_text(draw_matrix(*map(intents, (labels, found)), _title(labels)), encoding="utf-8")
    except (CoachError, OSError) as exc:
        print(f"crossval: {exc}", file=sys.stderr)
        return 1
    print(f"The confusion matrix is in {told.picture}.")
    return 0


def show(console: Console, labels: Sequence[str], found: Sequence[str], *, worst: int) -> None:
    """Print each intent's scores and the worst confusions, topics told apart in these."""
    scores = scores_of(intents(labels), intents(found))
    table = Table("intent", "examples", "precision", "recall", "F1", title=_title(labels), box=box.SIMPLE_HEAD)
    for score in scores:
        numbers = (f"{100 * value:.0f} %" for value in (score.precision, score.recall, score.f1))
        table.add_row(Text(score.label), str(score.examples), *numbers)
    table.add_row("macro mean", str(len(labels)), "", "", f"{100 * mean(score.f1 for score in scores):.1f} %")
    console.print(table)
    table = Table("is", "taken for", "times", "share", title="The worst confusions", box=box.SIMPLE_HEAD)
    for one in worst_confusions(labels, found, most=worst):
        table.add_row(Text(one.label), Text(one.found), str(one.times), f"{100 * one.share:.0f} %")
    console.print(table)


def intents(labels: Sequence[str]) -> list[str]:
    """Return the labels without their topics."""
    return [label.partition("/")[0] for label in labels]


def _title(labels: Sequence[str]) -> str:
    return f"{len(labels)} examples of {len(set(intents(labels)))} intents, {FOLDS}-fold cross-validation"


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=PIPE_WIDTH)


if __name__ == "__main__":
    sys.exit(main())
