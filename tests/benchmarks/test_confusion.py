"""Confusions are counted and drawn as they are."""

import io
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from benchmarks.confusion import Confusion, Score, draw_matrix, scores_of, worst_confusions
from benchmarks.crossval import show
from benchmarks.reckoning import f1_of_each

LABELS = ["greet", "greet", "ask_topic/pay", "ask_topic/pay", "ask_topic/cv", "bye"]
FOUND = ["greet", "bye", "ask_topic/pay", "ask_topic/cv", "ask_topic/cv", "bye"]
pairs = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcde")), min_size=1, max_size=40)


def test_scores_are_the_lowest_first():
    assert scores_of(["a", "a", "b"], ["a", "b", "b"]) == [Score("a", 2, 1.0, 0.5), Score("b", 1, 0.5, 1.0)]


@given(pairs)
def test_f1_is_the_one_of_the_benchmarks(some: list[tuple[str, str]]):
    labels, found = (list(side) for side in zip(*some, strict=True))

    assert {score.label: score.f1 for score in scores_of(labels, found)} == pytest.approx(f1_of_each(labels, found))


def test_label_that_is_only_found_has_no_f1():
    assert scores_of(["a"], ["b"])[1] == Score("b", 0, 0.0, 0.0)
    assert scores_of(["a"], ["b"])[1].f1 == 0.0


def test_worst_confusions_come_first_and_right_ones_not_at_all():
    found = worst_confusions(["a", "a", "a", "b", "b"], ["b", "b", "a", "a", "b"], most=5)

    assert found == [Confusion("a", "b", 2, 2 / 3), Confusion("b", "a", 1, 1 / 2)]
    assert worst_confusions(["a"], ["a"], most=5) == []


@given(pairs)
def test_picture_has_a_cell_for_each_pair(some: list[tuple[str, str]]):
    labels, found = (list(side) for side in zip(*some, strict=True))

    root = ET.fromstring(draw_matrix(labels, found, 'a <title> & "more"'))

    cells = root.findall(".//{http://www.w3.org/2000/svg}rect")
    assert len(cells) == len(set(some))
    assert sum(cell.get("class") == "right" for cell in cells) == len({pair for pair in some if pair[0] == pair[1]})
    assert all(0 < float(cell.get("fill-opacity", "0")) <= 1 for cell in cells)


def test_tables_tell_intents_and_then_topics():
    out = Console(file=io.StringIO(), width=120)

    show(out, LABELS, FOUND, worst=5)

    printed = out.file.getvalue()
    assert "6 examples of 3 intents" in printed
    assert "ask_topic/pay" in printed
    assert "macro mean" in printed
