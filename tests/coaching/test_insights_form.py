"""The five insights check: ratings and examples in people's own words, and a conclusion for whatever was rated."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.form import open_steps
from bot.coaching.insights_form import INSIGHTS_FORM, WHOLE, read_example, read_rating
from bot.records.coaching import SKIPPED, Refused
from tests.coaching.form_talks import (
    KNOWLEDGE,
    STORED,
    TODAY,
    a_talk,
    an_earlier,
    assert_reads_well,
    assert_short_sentences,
    heard,
    skipped,
    talk_through,
)

RATINGS = st.dictionaries(st.integers(1, 5), st.integers(1, 5))
STEPS = [step.id for step in INSIGHTS_FORM.steps]
NAMES = [insight.name for _, insight in sorted(KNOWLEDGE.insights.items())]


def concluded(*ratings, **told):
    answers = {f"rating_{number}": rating for number, rating in enumerate(ratings, 1) if rating}
    return INSIGHTS_FORM.conclude(a_talk(answers, **told))


@pytest.mark.parametrize(
    ("said", "rating"),
    [
        *((words, 1) for words in ("1", "not at all", "never", "im rubbish at it")),
        *((words, 2) for words in ("about a 2", "2: a little", "not very well", "hmm 2 maybe", "meh", "2.")),
        *((words, 3) for words in ("three", "so so", "sometimes i guess", "its a 3 i think")),
        *((words, 4) for words in ("4/5", "4 out of 5", "often", "pretty well", "4 stars")),
        *((words, 5) for words in ("5", "always", "it is how i work", "very good")),
        *(
            (words, Refused(WHOLE))
            for words in ("7", "0", "-1", "3.5", "3 or 4", "between 3 and 4", "three and a half")
        ),
        *((words, None) for words in ("what does it mean?", "", "bananas")),
    ],
)
def test_rating_is_read_from_words(said, rating):
    assert read_rating(heard(said), a_talk()) == rating


@pytest.mark.parametrize(
    ("said", "example"),
    [
        ("we asked the finance lead", "we asked the finance lead"),
        *((words, skipped()) for words in ("no", "None.", "can't think of one", "nothing comes to mind now")),
        ("why do you ask?", None),
        ("???", None),
    ],
)
def test_example_is_kept_as_told(said, example):
    assert read_example(heard(said), a_talk()) == example


def test_an_example_too_long_to_keep_is_refused():
    assert isinstance(read_example(heard("a" * 1000), a_talk()), Refused)


def test_an_example_is_asked_only_where_there_is_a_rating():
    put, _ = talk_through(INSIGHTS_FORM, lambda step: skipped() if step.id == "rating_2" else 3)
    assert put == [step for step in STEPS if step != "example_2"]
    assert len(STEPS) == 10
    put, _ = talk_through(INSIGHTS_FORM, lambda step: dict(SKIPPED))
    assert put == [step for step in STEPS if step.startswith("rating")]


def test_every_question_reads_well_and_says_why():
    for step in INSIGHTS_FORM.steps:
        asking = step.ask(a_talk())
        assert len(asking.text.split()) <= 60
        assert all(len(title) <= 40 for title, _ in asking.options)
        assert_short_sentences(asking.text)
        assert_short_sentences(step.why)
    assert_short_sentences(INSIGHTS_FORM.opening(a_talk()))
    assert INSIGHTS_FORM.step("rating_1").tell(4, a_talk()) == "4 of 5"


@given(RATINGS, st.lists(RATINGS, max_size=2))
@settings(max_examples=200, deadline=None)
def test_any_ratings_end_well(ratings, before):
    earlier = tuple(
        an_earlier("insights", date(2026, month, 1), ratings={str(k): v for k, v in given.items()})
        for month, given in enumerate(before, 1)
    )
    ending = INSIGHTS_FORM.conclude(a_talk({f"rating_{k}": v for k, v in ratings.items()}, earlier=earlier))
    assert_reads_well(ending)
    if len(ratings) < 3:
        assert "at least three ratings" in ending.replies[0].text
        assert ending.result is None or ending.result.data["weakest"] is None
    else:
        weakest = ending.result.data["weakest"]
        assert ratings[weakest] == min(ratings.values())
        assert all(ratings[number] > ratings[weakest] for number in ratings if number < weakest)
        assert KNOWLEDGE.insights[weakest].step in ending.replies[0].text


@given(st.dictionaries(st.sampled_from(STEPS), STORED), st.lists(st.dictionaries(st.just("ratings"), STORED)))
@settings(max_examples=300, deadline=None)
def test_whatever_json_brings_back_never_raises(answers, before):
    earlier = tuple(an_earlier("insights", date(2026, 5, 1), **data) for data in before)
    assert_reads_well(INSIGHTS_FORM.conclude(a_talk(answers, earlier=earlier)))
    for step in open_steps(INSIGHTS_FORM, a_talk(answers)):
        assert step.ask(a_talk(answers)).text


def test_the_weakest_gets_one_small_step():
    ending = concluded(4, 2, 3, 5, 4)
    assert f"Your weakest insight is **{NAMES[1]}**, at 2 of 5." in ending.replies[0].text
    assert ending.offers[0].payload == '/make_plan{"insight": "2"}'
    assert ending.result.data == {
        "ratings": {"1": 4, "2": 2, "3": 3, "4": 5, "5": 4}, "examples": {}, "weakest": 2
    }  # fmt: skip


def test_ratings_as_texts_count_as_numbers():
    assert concluded("4", "2", "3").result.data["ratings"] == {"1": 4, "2": 2, "3": 3}


@pytest.mark.parametrize(
    ("ratings", "told"),
    [
        ((4, 2, 2, 5, 4), f"The lowest, at 2 of 5:\n\n- {NAMES[1]}\n- {NAMES[2]}\n\nI take **{NAMES[1]}** first, "
                          "because the article names it before the other."),
        ((3, 3, 3, 3, 3), "You rated all five alike, at 3 of 5."),
        ((2, 2, 2, 5), "The lowest among the four that you rated, at 2 of 5:"),
        ((5, 4, 5), f"Your weakest insight among the three that you rated is **{NAMES[1]}**"),
    ],
)  # fmt: skip
def test_a_tie_is_told_with_the_reason_of_the_choice(ratings, told):
    assert told in concluded(*ratings).replies[0].text


def test_all_ratings_and_examples_are_in_the_table():
    answers = {"rating_1": 4, "rating_2": 2, "rating_3": 3, "example_2": "read the new research"}
    figure = INSIGHTS_FORM.conclude(a_talk(answers)).replies[0].figure
    assert figure.data["columns"] == ["Insight", "Today", "Your example"]
    assert figure.data["rows"][1] == [NAMES[1], "2 of 5", "read the new research"]
    assert figure.data["rows"][4] == [NAMES[4], "not rated", ""]


@pytest.mark.parametrize(
    ("was", "told"),
    [(1, "In October you rated it 1, now 2."), (2, "In October you rated it 2, and the same now."), (None, None)],
)
def test_the_earlier_rating_stands_beside(was, told):
    given_ratings = {"1": 3, **({"2": was} if was else {}), "odd": 4, "3": "many"}
    earlier = (
        an_earlier("insights", date(2026, 3, 3), ratings={"2": 5}),
        an_earlier("insights", date(2026, 10, 3), ratings=given_ratings),
    )
    reply = concluded(4, 2, 3, 5, 4, earlier=earlier).replies[0]
    assert (told in reply.text) if told else ("you rated it" not in reply.text)
    assert reply.figure.data["columns"] == ["Insight", "Today", "Earlier", "Your example"]
    assert reply.figure.data["rows"][0][1:3] == ["4 of 5", "3 of 5"]


def test_who_has_rated_nothing_is_offered_to_try_again():
    ending = concluded()
    assert "none of the five insights" in ending.replies[0].text
    assert ending.replies[0].figure is None
    assert ending.result is None
    assert "Try the check again" in [choice.title for choice in ending.offers]
    assert concluded(3).result.day == TODAY


def test_the_fifth_insight_leads_to_builder_or_grower():
    assert "/find_builder_or_grower" in [choice.payload for choice in concluded(5, 5, 5, 5, 1).offers]
