"""What becomes of a message in a form: of a form of three questions that stands for all."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.coaching.form import Form, Heard, Step, Talk, open_steps, with_known
from bot.coaching.form_wording import opened, put, said_of, stopped
from bot.coaching.hearing import Move, hear
from bot.coaching.reading import first_of, free_words, pick, scale
from bot.records import Knowledge, Mention, Profile, Question
from bot.records.coaching import SKIPPED, Asking, Ending
from tests.factories import some_knowledge

COLOURS = (("Red as a rose", "red"), ("Green", "green"), ("Not now", "later"))


def _region(talk: Talk) -> str | None:
    return talk.profile.region


COLOUR = Step(
    "colour",
    ask=lambda talk: Asking("Which colour?", COLOURS),
    why="Because colours tell.",
    read=pick(COLOURS, {"red": ("crimson", "redish")}),
    tell=lambda value, talk: f"colour {value}",
)
REGION = Step(
    "region",
    ask=lambda talk: Asking("Where are you?", (("The UK", "uk"), ("The US", "us"))),
    why="Rules differ.",
    read=pick((("The UK", "uk"), ("The US", "us"))),
    known=_region,
)
SURE = Step("sure", ask=lambda talk: Asking("How sure, 0 to 10?"), why="To see.", read=scale(0, 10))
STORY = Step("story", ask=lambda talk: Asking("Tell me."), why="To listen.", read=free_words, free=True)
FORM = Form(
    "test_form",
    "small form",
    (COLOUR, REGION, SURE, STORY),
    opening=lambda talk: "Four questions.",
    conclude=lambda talk: Ending(()),
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return some_knowledge()


def a_talk(knowledge: Knowledge, *, profile: Profile | None = None, **answers: Any) -> Talk:
    return Talk(knowledge, profile or Profile(), answers, date(2026, 11, 24))


def said(text: str, intent: str = "nlu_fallback", confidence: float = 0.9, **values: str) -> Heard:
    mentions = tuple(Mention(entity, value, "", 0, 0) for entity, value in values.items())
    return Heard(text, Question(text, intent, confidence, None, mentions))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("green", "green"),
        ("grean", "green"),
        ("2", "green"),
        ("the second one", "green"),
        ("red as a rose", "red"),
        ("crimson i guess", "red"),
        ("not now", "later"),
    ],
)
def test_an_option_is_read_by_its_title_number_or_synonym(knowledge: Knowledge, text: str, value: str):
    outcome = hear(FORM, a_talk(knowledge), COLOUR, said(text))

    assert (outcome.move, outcome.answers) == (Move.FILLED, {"colour": value})


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("skip", Move.SKIPPED),
        ("skp", Move.SKIPPED),
        ("pass please", Move.SKIPPED),
        ("next question", Move.SKIPPED),
        ("dunno", Move.SKIPPED),
        ("stop", Move.STOPPED),
        ("ok lets stop now", Move.STOPPED),
        ("sotp", Move.STOPPED),
        ("cancel", Move.STOPPED),
        ("start again", Move.AGAIN),
        ("start agian", Move.AGAIN),
        ("why do you ask?", Move.WHY),
        ("why", Move.WHY),
        ("why do u ask", Move.WHY),
        ("back", Move.BACK),
        ("go bak", Move.BACK),
        ("help", Move.REPEATED),
        ("go on", Move.REPEATED),
        ("flurble", Move.UNCLEAR),
    ],
)
def test_wishes_steer_every_question(knowledge: Knowledge, text: str, move: Move):
    for step in (COLOUR, SURE):
        talk = a_talk(knowledge, **({} if step is COLOUR else {"colour": "red"}))
        assert hear(FORM, talk, step, said(text)).move is move


def test_a_free_question_takes_words_but_no_wish(knowledge: Knowledge):
    talk = a_talk(knowledge)

    assert hear(FORM, talk, STORY, said("I stopped a failing programme")).answers == {
        "story": "I stopped a failing programme"
    }
    assert hear(FORM, talk, STORY, said("stop")).move is Move.STOPPED
    assert hear(FORM, talk, STORY, said("?!")).move is Move.UNCLEAR


def test_a_skipped_question_is_not_asked_again(knowledge: Knowledge):
    outcome = hear(FORM, a_talk(knowledge), COLOUR, said("skip"))

    assert outcome.answers == {"colour": SKIPPED}
    assert open_steps(FORM, a_talk(knowledge, **outcome.answers))[0] is REGION


def test_back_reopens_the_question_before_and_keeps_the_others(knowledge: Knowledge):
    outcome = hear(FORM, a_talk(knowledge, colour="red", region="uk"), SURE, said("back"))

    assert (outcome.step, outcome.answers) == (REGION, {"colour": "red"})


def test_back_at_the_first_question_says_so(knowledge: Knowledge):
    talk = a_talk(knowledge)
    outcome = hear(FORM, talk, COLOUR, said("back"))

    assert outcome.answers == {}
    assert "first question" in (said_of(outcome, FORM, talk) or "")


def test_start_again_forgets_the_answers(knowledge: Knowledge):
    assert hear(FORM, a_talk(knowledge, colour="red"), REGION, said("start over")).answers == {}


@pytest.mark.parametrize(
    "text",
    [
        "no wait, green",
        "sorry i meant green",
        "i said red, it's green",
        "change my first answer to green",
        "question 1 should be green",
        "actually make that green",
        "correction: green",
    ],
)
def test_a_correction_changes_the_earlier_answer_and_keeps_the_open_question(knowledge: Knowledge, text: str):
    talk = a_talk(knowledge, colour="red", region="uk")

    outcome = hear(FORM, talk, SURE, said(text))

    assert (outcome.move, outcome.step, outcome.answers["colour"]) == (Move.CORRECTED, COLOUR, "green")
    assert said_of(outcome, FORM, talk) == "Changed: colour green."


def test_the_last_answer_is_the_last_that_was_not_skipped(knowledge: Knowledge):
    talk = a_talk(knowledge, colour="red", region=SKIPPED)

    outcome = hear(FORM, talk, SURE, said("change the last one to green"))

    assert (outcome.move, outcome.step, outcome.answers["colour"]) == (Move.CORRECTED, COLOUR, "green")


def test_a_no_with_a_number_that_would_not_do_for_an_earlier_answer_corrects_none(knowledge: Knowledge):
    outcome = hear(FORM, a_talk(knowledge, colour="red", sure=5), REGION, said("no, 12"))

    assert outcome.move is Move.UNCLEAR
    assert outcome.answers == {"colour": "red", "sure": 5}


def test_a_wish_is_understood_in_whatever_words(knowledge: Knowledge):
    talk = a_talk(knowledge, colour="red")

    assert hear(FORM, talk, REGION, said("one up if you would", "go_back")).move is Move.BACK
    assert hear(FORM, talk, REGION, said("one up if you would", "go_back", confidence=0.3)).move is not Move.BACK


def test_a_correction_to_what_it_was_is_none(knowledge: Knowledge):
    assert hear(FORM, a_talk(knowledge, colour="green"), SURE, said("no, green")).move is not Move.CORRECTED


def test_a_number_out_of_the_scale_is_refused_with_what_would_do(knowledge: Knowledge):
    talk = a_talk(knowledge, colour="red", region="uk")
    for text in ("11", "-3", "999"):
        outcome = hear(FORM, talk, SURE, said(text))
        assert (outcome.move, outcome.refusal) == (Move.REFUSED, "Please give a whole number from 0 to 10.")
        assert outcome.answers == talk.answers


@pytest.mark.parametrize(("text", "value"), [("7", 7), ("about a six", 6), ("8/10", 8), ("i'd say 9", 9), ("10!", 10)])
def test_a_scale_is_read_from_words(knowledge: Knowledge, text: str, value: int):
    assert hear(FORM, a_talk(knowledge), SURE, said(text)).answers == {"sure": value}


@pytest.mark.parametrize(
    "heard",
    [
        said("what is a pmo?", "ask_topic"),
        said("is green any good", "ask_certification"),
        said("you are useless", "out_of_scope_abuse"),
        said("forget me", "forget_me"),
        said("hello", "greet"),
    ],
    ids=lambda heard: heard.question.intent,
)
def test_what_is_something_of_its_own_interrupts_and_changes_nothing(knowledge: Knowledge, heard: Heard):
    talk = a_talk(knowledge, colour="red")

    for step in (REGION, SURE):
        outcome = hear(FORM, talk, step, heard)
        assert (outcome.move, outcome.answers, outcome.step) == (Move.INTERRUPTED, talk.answers, step)


def test_what_leans_on_the_talk_in_between_is_no_answer(knowledge: Knowledge):
    talk = a_talk(knowledge, colour="red")

    assert hear(FORM, talk, REGION, said("and the exam?", "follow_up", facet="exam")).move is Move.INTERRUPTED
    assert hear(FORM, talk, STORY, said("and the exam?", "follow_up", facet="exam")).move is Move.INTERRUPTED
    assert hear(FORM, talk, STORY, said("is that so?", "follow_up")).move is Move.FILLED
    assert hear(FORM, talk, REGION, said("the exam", "follow_up", facet="exam")).move is Move.UNCLEAR


def test_a_doubt_is_met_with_the_answers_so_far(knowledge: Knowledge):
    talk = a_talk(knowledge, colour="red")
    outcome = hear(FORM, talk, REGION, said("that cant be right", "correct_reading"))

    assert outcome.move is Move.DOUBTED
    assert hear(FORM, talk, REGION, said("thats wrong, flurble")).move is Move.DOUBTED
    assert hear(FORM, a_talk(knowledge), COLOUR, said("thats wrong, flurble")).move is Move.UNCLEAR
    assert "colour red" in (said_of(outcome, FORM, talk) or "")


@pytest.mark.parametrize("intent", ["out_of_scope_crisis", "forget_me", "out_of_scope_injection"])
def test_some_things_come_before_any_answer(knowledge: Knowledge, intent: str):
    assert hear(FORM, a_talk(knowledge), STORY, said("some words", intent)).move is Move.INTERRUPTED


def test_a_free_question_is_not_interrupted_by_a_weak_guess(knowledge: Knowledge):
    assert hear(FORM, a_talk(knowledge), STORY, said("I want to lead a team", "ask_role", 0.5)).move is Move.FILLED
    assert hear(FORM, a_talk(knowledge), STORY, said("tell me about P3O", "ask_certification")).move is Move.INTERRUPTED


def test_a_free_question_takes_what_only_sounds_like_a_question(knowledge: Knowledge):
    heard = said("ask my manager about the course budget", "ask_topic", 0.95)

    assert hear(FORM, a_talk(knowledge), STORY, heard).answers == {"story": "ask my manager about the course budget"}
    assert hear(FORM, a_talk(knowledge), STORY, said("hi there", "greet", 0.95)).move is Move.INTERRUPTED


def test_what_else_a_message_tells_is_filled_in(knowledge: Knowledge):
    talk = a_talk(knowledge, profile=Profile(region="uk"))

    outcome = hear(FORM, talk, COLOUR, said("I live in London", "tell_profile"))

    assert (outcome.move, outcome.answers) == (Move.FILLED, {"region": "uk"})
    assert with_known(FORM, talk) == {"region": "uk"}


def test_an_answer_that_comes_along_with_another_is_overheard(knowledge: Knowledge):
    overheard = replace(FORM, steps=(COLOUR, REGION, replace(SURE, overheard=True), STORY))

    outcome = hear(overheard, a_talk(knowledge), COLOUR, said("something crimson i guess, 7 out of 10"))

    assert outcome.answers == {"colour": "red", "sure": 7}
    refused = hear(overheard, a_talk(knowledge), COLOUR, said("something crimson i guess, 70"))
    assert refused.answers == {"colour": "red"}


def test_something_else_told_of_oneself_changes_the_answer_that_rests_on_it(knowledge: Knowledge):
    talk = a_talk(knowledge, profile=Profile(region="us"), colour="red", region="uk")

    outcome = hear(FORM, talk, SURE, said("no wait i moved to ohio"), was=Profile(region="uk"))
    along = hear(FORM, talk, SURE, said("7"), was=Profile(region="uk"))
    alone = hear(FORM, talk, SURE, said("ohio it is"), was=Profile(region="uk"))

    assert (outcome.move, outcome.answers["region"]) == (Move.CORRECTED, "us")
    assert (along.move, along.answers["region"], along.answers["sure"]) == (Move.FILLED, "us", 7)
    assert (alone.move, alone.step) == (Move.CORRECTED, REGION)


def test_a_button_answers_its_own_question_however_late(knowledge: Knowledge):
    talk = a_talk(knowledge, colour="red")
    pressed = said("Green", "answer_question", step="test_colour", value="green")

    assert hear(FORM, talk, REGION, pressed).answers == {"colour": "green"}
    assert hear(FORM, talk, REGION, pressed).move is Move.CORRECTED
    assert hear(FORM, a_talk(knowledge), COLOUR, pressed).move is Move.FILLED


def test_a_button_of_another_form_or_with_a_made_up_value_changes_nothing(knowledge: Knowledge):
    talk = a_talk(knowledge)
    for values in ({"step": "other_x", "value": "green"}, {"step": "test_colour", "value": "purple"}):
        outcome = hear(FORM, talk, COLOUR, said("x", "answer_question", **values))
        assert (outcome.move, outcome.answers) == (Move.UNCLEAR, {})


def test_readers_are_tried_in_turn(knowledge: Knowledge):
    read = first_of(scale(0, 10), free_words)

    assert read(said("7"), a_talk(knowledge)) == 7
    assert read(said("seven apples"), a_talk(knowledge)) == "seven apples"


def test_a_long_answer_is_refused_in_one_sentence(knowledge: Knowledge):
    outcome = hear(FORM, a_talk(knowledge), STORY, said("word " * 200))

    assert outcome.move is Move.REFUSED
    assert "at most 500 characters" in (outcome.refusal or "")


def test_a_question_is_put_with_its_place_and_choices(knowledge: Knowledge):
    reply = put(FORM, a_talk(knowledge, colour=SKIPPED), REGION, before="Noted.", hint=True)

    assert reply.text.startswith("Noted.\n\n**2 of 4.** Where are you?")
    assert "skip" in reply.text
    assert [choice.payload for choice in reply.choices] == [
        '/answer_question{"step": "test_region", "value": "uk"}',
        '/answer_question{"step": "test_region", "value": "us"}',
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [("why?", "Rules differ."), ("skip", "Skipped."), ("flurble", "say **skip**"), ("start over", "From the start")],
)
def test_what_became_of_a_message_is_said(knowledge: Knowledge, text: str, words: str):
    talk = a_talk(knowledge, colour="red")

    assert words in (said_of(hear(FORM, talk, REGION, said(text)), FORM, talk) or "")


def test_a_correction_to_nothing_is_told_as_skipped(knowledge: Knowledge):
    talk = a_talk(knowledge, colour="red")
    outcome = hear(FORM, talk, COLOUR, said("skip"))

    assert said_of(replace(outcome, move=Move.CORRECTED), FORM, talk) == "Changed: skipped."


def test_a_paused_form_says_that_it_goes_on(knowledge: Knowledge):
    assert opened(FORM, a_talk(knowledge)) == "Four questions."
    assert "where we stopped" in opened(FORM, a_talk(knowledge, colour="red"))
    assert "kept" in stopped(FORM, a_talk(knowledge, colour="red"), "/x").text


@pytest.mark.parametrize("words", ["not sure", "i dunno", "no idea"])
def test_a_free_question_that_one_cannot_answer_is_skipped(knowledge: Knowledge, words: str):
    outcome = hear(FORM, a_talk(knowledge), STORY, said(words))

    assert (outcome.move, outcome.answers) == (Move.SKIPPED, {"story": SKIPPED})


@pytest.mark.parametrize("words", ["skip all of it", "Skip the rest please", "skip everything"])
def test_the_rest_is_skipped_as_a_whole(knowledge: Knowledge, words: str):
    talk = a_talk(knowledge, colour="red")

    outcome = hear(FORM, talk, REGION, said(words))

    assert outcome.answers["colour"] == "red"
    assert open_steps(FORM, replace(talk, answers=outcome.answers)) == ()


@pytest.mark.parametrize("words", ["stop asking so many questions", "sorry, i cant do this now", "too many questions"])
def test_who_has_had_enough_stops_the_form(knowledge: Knowledge, words: str):
    assert hear(FORM, a_talk(knowledge), COLOUR, said(words)).move is Move.STOPPED


def test_what_asks_for_another_talk_is_no_answer_though_it_begins_like_one(knowledge: Knowledge):
    step = replace(SURE, read=lambda heard, talk: "yes" if heard.text.startswith("ok") else None)

    assert hear(FORM, a_talk(knowledge), step, said("ok can you help me plan", "make_plan")).move is Move.INTERRUPTED
    assert hear(FORM, a_talk(knowledge), step, said("ok sure", "make_plan")).move is Move.FILLED


def test_why_is_told_beside_the_answer_that_it_follows(knowledge: Knowledge):
    outcome = hear(FORM, a_talk(knowledge), COLOUR, said("crimson. why does that matter?"))

    assert (outcome.move, outcome.answers, outcome.aside) == (Move.FILLED, {"colour": "red"}, COLOUR.why)
    assert hear(FORM, a_talk(knowledge), COLOUR, said("crimson. thanks")).aside is None


def test_what_cannot_be_read_twice_is_not_asked_for_in_the_same_words(knowledge: Knowledge):
    talk = a_talk(knowledge)
    outcome = hear(FORM, talk, SURE, said("blue moon"))

    once, again = said_of(outcome, FORM, talk), said_of(outcome, FORM, talk, again=True)

    assert outcome.move is Move.UNCLEAR
    assert once != again
    assert "**stop**" in (again or "")


def test_an_answer_to_a_later_question_says_that_this_one_is_still_open(knowledge: Knowledge):
    talk = a_talk(knowledge, profile=Profile(region="uk"))
    outcome = hear(FORM, talk, COLOUR, said("in the uk", "tell_profile"), was=Profile())

    assert outcome.answers == {"region": "uk"}
    assert "still open" in (said_of(outcome, FORM, talk) or "")
