"""A few things are plain from their words, however they are typed, and the model's guess gives way."""

import pytest

from bot.nlu.plain_words import asks_what_next, ends_asking_what_next, leans_on_talk, said_of_talk


def found(text: str, entity: str, words: str) -> list[dict[str, object]]:
    """Return the one entity that those words of the text are."""
    start = text.index(words)
    return [{"entity": entity, "value": "x", "start": start, "end": start + len(words)}]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("wat did i say", "ask_what_you_know"),
        ("what have i told you so far?", "ask_what_you_know"),
        ("change answer 5 to B", "correct_reading"),
        ("n after that?", "follow_up"),
        ("and for me?", "follow_up"),
        ("what about me", "follow_up"),
        ("what comes after it", "follow_up"),
        ("can we do the proper check", "follow_up"),
        ("wat would u do if u were me", "follow_up"),
        ("what would you do in my shoes?", "follow_up"),
        ("ok so what shud i do first", "follow_up"),
        ("so what now", "follow_up"),
        ("what now, what can i type", None),
        ("who works in one", "ask_role"),
        ("what people work there?", "ask_role"),
        ("who works with excel in one", None),
        ("after that i left the firm", None),
        ("what did i say wrong in the interview", None),
        ("what would you do with a late report", None),
        ("change my job", None),
    ],
)
def test_what_is_said_of_the_talk_is_told_by_its_form(text: str, intent: str | None) -> None:
    assert said_of_talk(text, ()) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("and if i moved to an epmo?", "ask_what_if"),
        ("what if i took the epmo", "ask_what_if"),
        ("if i am in an epmo", None),
        ("do they mind if i moved to an epmo", None),
    ],
)
def test_a_supposition_names_what_is_supposed(text: str, intent: str | None) -> None:
    assert said_of_talk(text, found(text, "kind", "epmo")) == intent
    assert said_of_talk(text, ()) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("im proj admin w prince2 wats nxt", True),
        ("prince2, now what", True),
        ("prince2 f. what next for me pls", True),
        ("what next for my sister who has prince2", False),
        ("got prince2", False),
        ("what next after prince2", False),
    ],
)
def test_who_says_what_they_have_and_ends_with_what_next_asks_what_to_take(text: str, expected: bool) -> None:
    assert ends_asking_what_next(text, found(text, "certification", "prince2")) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("where do i go from here", True), ("wot now", True), ("what a day", False)]
)
def test_what_next_is_heard_however_it_is_typed(text: str, expected: bool) -> None:
    assert asks_what_next(text) is expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("is it too early for me?", "too early", True),
        ("how hard is that", "hard", True),
        ("is the bread hard", "hard", False),
    ],
)
def test_a_question_that_names_nothing_leans_on_the_talk(text: str, words: str, expected: bool) -> None:
    assert leans_on_talk(text, found(text, "facet", words)) is expected


def test_a_place_alone_asks_nothing_of_the_talk() -> None:
    assert leans_on_talk("in ireland", found("in ireland", "region", "ireland")) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what is 2+2", "out_of_scope_unrelated"),
        ("whats 12 / 4?", "out_of_scope_unrelated"),
        ("3 x 17", "out_of_scope_unrelated"),
        ("31/2", None),
        ("2-3", None),
        ("what is level 2", None),
        ("what is 2", None),
        ("write me an email to my director", "out_of_scope_craft"),
        ("can you draft a short business case for my pmo pls", "out_of_scope_craft"),
        ("write an email to my director", None),
        ("write me a plan", None),
    ],
)
def test_sums_and_writing_for_others_are_no_career_matter(text: str, expected: str | None) -> None:
    assert said_of_talk(text, []) == expected
