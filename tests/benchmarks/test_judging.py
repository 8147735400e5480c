"""What becomes of a crowd's messages is counted right, whatever the store did with them."""

from typing import Any

import pytest

from benchmarks.crowd import PROBE, Heard, Person, introduction, questions
from benchmarks.faults import is_fair
from benchmarks.judging import Judgement, judge_person


def a_person(*texts: str, number: int = 5) -> Person:
    """A person who said these texts and heard the answer "re: ..." to each."""
    person = Person(number, said=list(texts))
    person.heard = [Heard(text, ((2 * place + 2, f"re: {text}"),), 1.0) for place, text in enumerate(texts)]
    return person


def a_history(*texts: str) -> list[dict[str, Any]]:
    """A history in which each text is followed by its answer."""
    found: list[dict[str, Any]] = []
    for place, text in enumerate(texts):
        found.append({"id": 2 * place + 1, "from": "person", "text": text})
        found.append({"id": 2 * place + 2, "from": "coach", "text": f"re: {text}"})
    return found


def test_history_as_it_was_said_has_no_fault() -> None:
    assert judge_person(a_person("a", "b"), a_history("a", "b")) == Judgement(acknowledged=2)


def test_message_that_is_not_stored_is_lost() -> None:
    assert judge_person(a_person("a", "b"), a_history("a")).lost == 1


def test_answer_that_is_stored_otherwise_is_lost() -> None:
    history = a_history("a")
    history[1]["text"] = "something else"

    assert judge_person(a_person("a"), history).lost == 1


def test_message_that_is_stored_twice_is_doubled() -> None:
    assert judge_person(a_person("a"), a_history("a", "a")).doubled == 1


def test_message_that_was_said_twice_may_be_stored_twice() -> None:
    assert judge_person(a_person("a", "a"), a_history("a", "a")).doubled == 0


def test_messages_in_another_order_are_noticed() -> None:
    assert judge_person(a_person("a", "b"), a_history("b", "a")).disordered == 1


def test_message_without_an_answer_behind_it_is_noticed() -> None:
    history = [a_history("a")[0], *a_history("b")]

    assert judge_person(a_person("a", "b"), history).disordered == 1


def test_message_of_another_person_is_noticed() -> None:
    assert judge_person(a_person("a"), a_history("a", "what the other one said")).foreign == 1


@pytest.mark.parametrize(("told", "expected"), [("7 years", 0), ("8 years", 1)])
def test_answer_made_of_what_another_told_is_noticed(told: str, expected: int) -> None:
    person = Person(5, said=[PROBE], heard=[Heard(PROBE, ((2, f"Your experience: {told}"),), 1.0)])
    history = [
        {"id": 1, "from": "person", "text": PROBE},
        {"id": 2, "from": "coach", "text": f"Your experience: {told}"},
    ]

    assert introduction(person).endswith("for 7 years")
    assert judge_person(person, history).foreign == expected


def test_neighbours_tell_different_years() -> None:
    assert len({introduction(Person(number)) for number in range(20)}) == 20


def test_questions_are_enough_and_different_and_tell_nothing_of_who_asks() -> None:
    actual = questions(500)

    assert len(set(actual)) == 500
    assert not [text for text in actual if "3 yrs" in text or " my " in text]


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [("503 store_unavailable", True), ("503 without JSON", False), ("500 internal", False), ("line internal", False)],
)
def test_only_a_word_to_try_again_is_fair(trouble: str, expected: bool) -> None:
    assert is_fair(trouble) is expected
