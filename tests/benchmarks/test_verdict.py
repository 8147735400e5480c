import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score

from benchmarks.reckoning import auroc, f1_of_each, percentile, share, slowdown
from benchmarks.records import Figures, Outcome, Quantity, Verdict
from benchmarks.verdict import is_good, keeps, verdict_of
from tests.benchmarks.factories import MILLISECONDS, a_result

SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), min_size=1, max_size=12)
LABELS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abcd")), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("percent", "expected"), [(50, 5), (95, 10), (90, 9), (10, 1), (100, 10), (1, 1)], ids=lambda value: str(value)
)
def test_percentile_takes_the_nearest_rank(percent: float, expected: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], percent) == expected


@given(st.lists(st.floats(0, 1000), min_size=1), st.floats(0.1, 100))
def test_percentile_is_a_value_that_enough_values_do_not_exceed(values: list[float], percent: float) -> None:
    actual = percentile(values, percent)

    assert actual in values
    assert sum(value <= actual for value in values) >= len(values) * percent / 100 - 1e-9


@pytest.mark.parametrize(("values", "percent"), [([], 50), ([1.0], 0), ([1.0], 101)], ids=["none", "zero", "over"])
def test_percentile_refuses_what_has_none(values: list[float], percent: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(values, percent)


@given(SCORES, SCORES)
def test_auroc_is_that_of_scikit_learn(inside: list[float], outside: list[float]) -> None:
    expected = roc_auc_score([1] * len(inside) + [0] * len(outside), inside + outside)

    assert auroc(inside, outside) == pytest.approx(expected)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.UndefinedMetricWarning")
@given(LABELS)
def test_f1_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    labels, found = [label for label, _ in pairs], [one for _, one in pairs]
    scores = f1_of_each(labels, found)

    assert sum(scores.values()) / len(scores) == pytest.approx(f1_score(labels, found, average="macro"))
    assert list(scores.values()) == sorted(scores.values())


def test_shares_and_slowdown() -> None:
    assert share([True, True, False, True]) == 75
    assert slowdown([1, 2, 9], [3, 3, 3]) == 1.5
    with pytest.raises(ValueError, match="share"):
        share([])
    with pytest.raises(ValueError, match="AUROC"):
        auroc([], [0.5])


@pytest.mark.parametrize(
    ("quantity", "value", "expected"),
    [
        (Quantity(at_most=12), 12.0, True),
        (Quantity(at_most=12), 12.004, False),
        (Quantity(at_least=0.9), 0.8999, False),
        (Quantity(at_least=0.9), 0.9, True),
        (Quantity(), 1e9, True),
    ],
    ids=["at the limit", "not rounded", "just below", "reached", "no bound"],
)
def test_keeps_compares_before_rounding(quantity: Quantity, value: float, expected: bool) -> None:
    assert keeps(quantity, value) is expected


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome(Figures((9, 20))), Verdict.YES),
        (Outcome(Figures((9, 26))), Verdict.NO),
        (Outcome(reason="no data"), Verdict.NONE),
        (Outcome(reason="broken", failed=True), Verdict.NO),
    ],
    ids=["kept", "one broken", "not measured", "failed"],
)
def test_verdict_needs_every_bound(outcome: Outcome, expected: Verdict) -> None:
    assert verdict_of(MILLISECONDS, outcome) is expected


def test_verdict_is_none_without_bounds() -> None:
    assert verdict_of((Quantity("%"),), Outcome(Figures((50,)))) is Verdict.NONE


def test_is_good_asks_for_ours_alone() -> None:
    assert is_good(a_result(9, 20, stock=Outcome(reason="broken", failed=True)))
    assert not is_good(a_result(13, 20))
