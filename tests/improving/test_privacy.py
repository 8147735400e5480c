"""Lines of a count show nobody: small ones are added up, and cannot be found from the total."""

from hypothesis import given
from hypothesis import strategies as st

from bot.improving.privacy import FEWEST, OTHERS, Line, shown_lines

numbers = st.lists(st.integers(0, 40), max_size=12)


@given(numbers)
def test_no_line_of_few_people_is_named(people: list[int]):
    lines = shown_lines(Line(f"line {place}", count, (count,)) for place, count in enumerate(people))

    assert all(line.people >= FEWEST for line in lines if line.label != OTHERS)
    assert sum(line.people for line in lines) == sum(people)
    assert sum(line.numbers[0] for line in lines) == sum(people)


@given(numbers)
def test_others_are_few_only_where_everybody_is(people: list[int]):
    lines = shown_lines(Line(f"line {place}", count, (count,)) for place, count in enumerate(people))
    others = [line for line in lines if line.label == OTHERS]

    assert all(line.people >= FEWEST for line in others) or lines == others


def test_line_that_would_show_one_person_takes_another_with_it():
    lines = shown_lines([Line("a", 20, (20,)), Line("b", 6, (6,)), Line("c", 1, (1,))])

    assert [(line.label, line.people) for line in lines] == [("a", 20), (OTHERS, 7)]
