"""How well the classifier tells the project's own intents apart, by cross-validation of its training data.

Macro F1 over the intents, in which each counts the same; all topics together are one intent, `ask_topic`.
"""

from statistics import mean

from benchmarks.reckoning import f1_of_each, share
from benchmarks.records import Figures, NotMeasuredError, Say
from benchmarks.subjects import Coach
from benchmarks.working import have_worked
from bot.runtime.settings import project_root

FOLDS = 5
LIMIT_SECONDS = 600.0
WEAKEST = 5
"""How many intents are named that are hardest to tell."""
DATA = project_root() / "data" / "nlu"
CONFIG = project_root() / "config.yml"


def measure_cross_validation(coach: Coach, say: Say) -> Figures:
    """Return the macro F1 in per cent, and note how often the very topic was right too."""
    return figures_of(*cross_validate(coach, say))


def cross_validate(coach: Coach, say: Say) -> tuple[list[str], list[str]]:
    """Return each example's label, and what a model that was trained without it took it for."""
    if not any(DATA.glob("*.yml")):
        raise NotMeasuredError(f"there is no training data in {DATA}")
    say(f"training {FOLDS} times")
    job = {"folds": FOLDS, "data": str(DATA), "config": str(CONFIG)}
    settings = coach.var(coach.new_folder())
    read = have_worked("cross_validation", job, scratch=coach.scratch, limit=LIMIT_SECONDS, **settings)
    return read["labels"], read["found"]


def figures_of(labels: list[str], found: list[str]) -> Figures:
    """Return the figures of labels and what was found; a topic's label is `ask_topic/<topic>`."""
    intents, found_intents = ([label.partition("/")[0] for label in some] for some in (labels, found))
    exact = share([label == one for label, one in zip(labels, found, strict=True)])
    scores = f1_of_each(intents, found_intents)
    weakest = ", ".join(f"{intent} {100 * score:.0f}" for intent, score in list(scores.items())[:WEAKEST])
    topics = sum("/" in label for label in set(labels))
    note = (
        f"{len(labels)} examples of {len(set(intents))} intents, one of them with {topics} topics; "
        f"intent and topic right in {exact:.1f} %; weakest: {weakest}"
    )
    return Figures((100 * mean(scores.values()),), (note,))
