"""How well the trained assistant understands utterances that its training data never saw (`tests/nlu`).

In scope, right means that the intent is one that the utterance accepts, or for `ask_topic` the topic; of a message
read as several questions any may be. Out of scope, caught means read as any kind of out of scope or as not
understood; the same on an utterance in scope is a wrong refusal.
"""

from pathlib import Path

from benchmarks.messages import HELD_OUT, OUT_OF_SCOPE, read_utterances
from benchmarks.records import Figures, Say
from benchmarks.scoring import Understanding, judge, kind_name, refused_share, right_share, share_of_each_kind
from benchmarks.subjects import Coach
from benchmarks.working import have_worked

LIMIT_SECONDS = 300.0


def read_held_out(coach: Coach, say: Say, *, held_out: Path = HELD_OUT, out: Path = OUT_OF_SCOPE) -> Understanding:
    """Return what the trained model reads in every utterance of the two files, judged."""
    inside, outside = read_utterances(held_out), read_utterances(out)
    texts = [utterance.text for utterance in (*inside, *outside)]
    job = {"model": str(coach.model_file()), "texts": texts}
    say(f"reading {len(texts)} utterances")
    settings = coach.var(coach.new_folder())
    parsed = have_worked("read_texts", job, scratch=coach.scratch, limit=LIMIT_SECONDS, **settings)
    judged = [judge(one.expect, read) for one, read in zip((*inside, *outside), parsed, strict=True)]
    return Understanding(tuple(judged[: len(inside)]), tuple(judged[len(inside) :]))


def measure_held_out(understanding: Understanding) -> Figures:
    """Return the percentage in scope that was read right."""
    judged = understanding.inside
    return Figures((right_share(judged),), (f"{len(judged)} utterances in scope",))


def measure_out_of_scope(understanding: Understanding) -> Figures:
    """Return the percentages out of scope caught and in scope wrongly refused, and note how well kinds are told."""
    outside = understanding.outside
    each = ", ".join(f"{kind_name(kind)} {value:.0f}" for kind, value in share_of_each_kind(outside).items())
    note = f"{len(outside)} utterances out of scope, the kind itself right in {right_share(outside):.1f} % ({each})"
    return Figures((refused_share(outside), refused_share(understanding.inside)), (note,))
