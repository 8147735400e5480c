"""The cheapest rows against the real thing: a trained model served by the real command."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.bench import Bench
from benchmarks.measures.ask import measure_ask
from benchmarks.measures.forms import measure_in_forms
from benchmarks.measures.held_out import read_held_out
from benchmarks.measures.latency import measure_one_person
from bot.runtime.settings import read_settings

pytestmark = pytest.mark.slow


@pytest.fixture
def bench(make_bench: Callable[..., Bench], encoder: Path, model: Path) -> Bench:
    """A bench with the project's encoder and trained model."""
    made = make_bench()
    made.coach.settings = replace(read_settings({}), model=model)
    return made


def test_one_person_is_answered(bench: Bench) -> None:
    p50, p95 = measure_one_person(bench.coach, bench.say, messages=10).values

    assert 0 < p50 <= p95


def test_forms_are_walked_through(bench: Bench) -> None:
    (p95,) = measure_in_forms(bench.coach, bench.say, messages=10).values

    assert 0 < p95 < 10_000


def test_the_terminal_is_answered(bench: Bench) -> None:
    assert 0 < measure_ask(bench.coach, bench.say, calls=1).values[0] < 60


def test_held_out_utterances_are_read_by_the_trained_model(bench: Bench, tmp_path: Path) -> None:
    few = tmp_path / "few.yml"
    few.write_text("utterances:\n- {text: what is a pmo, expect: [what_is_a_pmo]}\n", encoding="utf-8")

    understanding = read_held_out(bench.coach, bench.say, held_out=few, out=few)

    assert understanding.inside == understanding.outside
    assert len(understanding.inside[0].read) == 1
