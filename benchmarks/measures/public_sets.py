"""CLINC150 and BANKING77 with ten examples an intent: how well the pipeline's components learn from little.

Ours are the sentence encoder and the intent classifier; stock Rasa learns the same draw with its default pipeline.
AUROC is the chance that a query inside has a higher confidence than one outside; ours is the calibrated confidence
by which the coach refuses.
"""

from dataclasses import asdict
from typing import Any

from benchmarks.reckoning import auroc, share
from benchmarks.records import Figures, Say
from benchmarks.sets import IntentSet
from benchmarks.stock import Stock
from benchmarks.subjects import Coach
from benchmarks.working import have_worked

OUR_SECONDS = 600.0
STOCK_SECONDS = 3600.0


def measure_ours(drawn: IntentSet, coach: Coach, say: Say) -> Figures:
    """Return the figures of our components."""
    say(f"training on {len(drawn.train)} examples, then {len(drawn.test) + len(drawn.outside)} queries")
    settings = coach.var(coach.new_folder())
    return figures_of(
        drawn, have_worked("public_set", asdict(drawn), scratch=coach.scratch, limit=OUR_SECONDS, **settings)
    )


def measure_stock(drawn: IntentSet, stock: Stock, say: Say) -> Figures:
    """Return the figures of stock Rasa's default pipeline; about five minutes."""
    say(f"training DIET on {len(drawn.train)} examples for 100 epochs")
    read = have_worked(
        "public_set_stock", asdict(drawn), scratch=stock.scratch, limit=STOCK_SECONDS, python=str(stock.python)
    )
    return figures_of(drawn, read)


def figures_of(drawn: IntentSet, read: dict[str, Any]) -> Figures:
    """Return accuracy and, where the set has queries outside, AUROC, both from 0 to 1."""
    pairs = zip(read["test"], drawn.test, strict=True)
    accuracy = share([found == intent for (found, _), (_, intent) in pairs]) / 100
    if not drawn.outside:
        return Figures((accuracy,))
    inside, outside = ([confidence for _, confidence in read[name]] for name in ("test", "outside"))
    return Figures((accuracy, auroc(inside, outside)))
