"""The builder or grower sheet as a form: what is asked, how answers come in, what the sheet ends with."""

import re
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.builder_grower_advice import first_advice
from bot.coaching.builder_grower_form import BUILDER_GROWER_FORM as FORM
from bot.coaching.builder_grower_items import ITEMS
from bot.coaching.builder_grower_result import MOST_WORDS, NOT_A_TEST
from bot.coaching.form import Heard, Talk, open_steps
from bot.coaching.form_wording import put, said_of
from bot.coaching.hearing import Move, hear
from bot.coaching.more import more
from bot.records import Level, Mention, Profile, Question
from bot.records.coaching import SKIPPED, Result
from bot.records.reply import MAX_CHOICES
from bot.terminal.shapes import Balance, read_figure
from tests.coaching.checks import KNOWLEDGE, SLIPS
from tests.factories import an_item, some_knowledge

TODAY = date(2026, 11, 24)
STEPS = tuple(step.id for step in FORM.steps)
BUILDER = (5, 1, 5, 2, 1, 4, 2, 3)
GROWER = (1, 5, 3, 4, 4, 1, 3, 1)
MIXED = (3, 3, 3, 4, 4, 4, 3, 1)
LONGEST_SENTENCE = 25


def a_talk(*places, level=None, earlier=(), **told):
    return Talk(KNOWLEDGE, Profile(level=level), dict(zip(STEPS, places, strict=False)) | told, TODAY, tuple(earlier))


def an_earlier(value, day=date(2026, 10, 3), kind="builder_grower"):
    return Result(kind, day, {"value": value, "label": "?"})


def said(text, **entities):
    mentions = tuple(Mention(entity, value, "", 0, 0) for entity, value in entities.items())
    return Heard(text, Question(text, "nlu_fallback", 0.4, None, mentions))


def the_reply(talk):
    [reply] = FORM.conclude(talk).replies
    return reply


def sentences(text):
    plain = re.sub(r"[*\n]+", " ", re.sub(r"\n- .*", "", text))
    return [each for each in re.split(r"(?<=[.?!:])\s+", plain) if each.strip()]


def test_the_sheet_asks_its_eight_items_in_order():
    assert (FORM.name, FORM.title) == ("builder_grower_form", "builder or grower sheet")
    assert STEPS == ("bg1", "bg2", "bg3", "bg4", "bg5", "bg6", "bg7", "bg8")
    assert FORM.slot(FORM.steps[0]) == "builder_grower_bg1"
    assert open_steps(FORM, a_talk()) == FORM.steps
    assert set(ITEMS) == {item.id for item in KNOWLEDGE.questionnaire.items}


@pytest.mark.parametrize("step", FORM.steps, ids=STEPS)
def test_each_question_is_short_with_its_scale_to_pick_from(step):
    asking = step.ask(a_talk())
    made = put(FORM, a_talk(), step, before=FORM.opening(a_talk()) if step is FORM.steps[0] else None, hint=True)

    assert [value for _, value in asking.options] == [str(n) for n in range(1, len(asking.options) + 1)]
    assert asking.options[0][0] in ("Strongly disagree", "Definitely A")
    assert len(made.text.split()) <= MOST_WORDS
    assert not SLIPS.search(made.text.replace(" ...", ""))


def test_a_choice_shows_both_options_as_a_list():
    asking = FORM.step("bg7").ask(a_talk())

    assert asking.text.startswith("A reporting process is a mess. Your first wish is to ...\n\n- **A**: throw it out")
    assert "\n- **B**: find the step" in asking.text


@pytest.mark.parametrize("step", FORM.steps, ids=STEPS)
def test_each_question_says_why_it_is_asked(step):
    assert all(len(each.split()) <= LONGEST_SENTENCE for each in sentences(step.why))
    assert [other.why for other in FORM.steps].count(step.why) == 1


@pytest.mark.parametrize("step", FORM.steps, ids=STEPS)
def test_every_button_gives_its_place(step):
    for place, (_, value) in enumerate(step.ask(a_talk()).options, 1):
        outcome = hear(FORM, a_talk(), step, said("", step=FORM.slot(step), value=value))

        assert (outcome.move, outcome.answers) == (Move.FILLED, {step.id: place})


@pytest.mark.parametrize("value", ["0", "6", "x", "", "1.5", "²"])
def test_a_button_of_another_scale_gives_nothing(value):
    outcome = hear(FORM, a_talk(), FORM.steps[0], said("", step="builder_grower_bg1", value=value))

    assert outcome.move is Move.UNCLEAR


def test_a_sheet_filled_in_elsewhere_gives_places():
    heard = said("2", sheet="BG1=4,BG5=2")

    assert [FORM.step(step).read(heard, a_talk()) for step in ("bg1", "bg5")] == [2, 2]


@pytest.mark.parametrize(
    ("step", "text", "place"),
    [("bg1", "mostly agree", 4), ("bg2", "kinda", 4), ("bg4", "yep", 4), ("bg5", "B, definitely", 4), ("bg6", "a", 2)],
)
def test_words_give_a_place(step, text, place):
    outcome = hear(FORM, a_talk(), FORM.step(step), said(text))

    assert (outcome.move, outcome.answers) == (Move.FILLED, {step: place})


def test_words_that_are_refused_say_what_would_do():
    outcome = hear(FORM, a_talk(), FORM.step("bg5"), said("2"))

    assert outcome.move is Move.REFUSED
    assert "**A** or **B**" in outcome.refusal


def test_not_to_know_passes_the_item_over():
    assert hear(FORM, a_talk(), FORM.step("bg3"), said("not sure")).move is Move.SKIPPED


def test_a_correction_changes_the_answer_and_is_told_back():
    talk = a_talk(4, 2)
    outcome = hear(FORM, talk, FORM.step("bg3"), said("sorry, question 1 should be strongly disagree"))

    assert (outcome.move, outcome.answers["bg1"]) == (Move.CORRECTED, 1)
    assert said_of(outcome, FORM, talk) == "Changed: A blank page: strongly disagree."


@pytest.mark.parametrize(
    ("step", "place", "words"),
    [
        ("bg2", 3, "A PMO's third year: neither"),
        ("bg6", 1, "The better day: definitely the team without you"),
        ("bg6", 3, "The better day: rather the first board"),
    ],
)
def test_an_answer_is_told_with_what_it_answers(step, place, words):
    assert FORM.step(step).tell(place, a_talk()) == words


def test_an_item_that_the_sheet_lacks_is_not_asked():
    talk = replace(a_talk(), knowledge=some_knowledge())

    assert [step.id for step in open_steps(FORM, talk)] == ["bg1", "bg2"]
    assert FORM.step("bg3").read(said("agree"), talk) is None
    assert FORM.conclude(talk).result is None


def test_an_item_that_the_form_does_not_know_is_left_out():
    sheet = replace(some_knowledge().questionnaire, items=(an_item("BG9"),))
    ending = FORM.conclude(replace(a_talk(bg9=4), knowledge=some_knowledge(questionnaire=sheet)))

    assert ending.result is None


@pytest.mark.parametrize(
    ("places", "value", "label", "opening"),
    [
        (BUILDER, 13, "builder_clear", "**Your answers point clearly to building.** They come to +13,"),
        (GROWER, -12, "grower_clear", "**Your answers point clearly to growing.** They come to -12,"),
        (MIXED, -4, "mixed", "**Your answers show some of both, too close to call. That is an answer too.** They"),
        ((5, 1, 5, 1, 1, 4, 4, 1), 8, "builder_lean", "**Your answers lean towards building.**"),
        ((3,) * 4 + (1,) * 4, 0, "mixed", "**Your answers show some of both"),
    ],
)
def test_the_sheet_ends_with_a_reading_that_is_kept(places, value, label, opening):
    ending = FORM.conclude(a_talk(*places))

    assert the_reply(a_talk(*places)).text.startswith(opening)
    assert ending.result == Result(
        "builder_grower",
        TODAY,
        {"value": value, "label": label, "answers": {f"BG{n}": place for n, place in enumerate(places, 1)}},
    )


def test_the_figure_has_every_answer_in_words_with_its_points():
    [shape] = read_figure(the_reply(a_talk(*BUILDER)).figure)

    assert isinstance(shape, Balance)
    assert shape.value == sum(points for _, points in shape.items)
    assert shape.items[3] == ("A notch better each quarter: disagree", 1)
    assert shape.items[4] == ("The job you would take: definitely a new PMO", 2)


def test_that_it_is_no_test_is_said_once():
    talk = a_talk(*BUILDER)

    assert the_reply(talk).text.count(NOT_A_TEST) == 1
    assert "not a test" not in FORM.opening(talk)


def test_with_an_item_passed_over_the_scaling_is_told():
    talk = a_talk(*BUILDER[:7], bg8=dict(SKIPPED))

    assert "You answered seven of eight, so I scaled their sum of +12 to all." in the_reply(talk).text
    assert FORM.conclude(talk).result.data["value"] == 14


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ((), "I have no answers from you. I need at least six before I offer a reading, so there is no label."),
        ((3,), "I have one of eight answers"),
        ((3, 3, 3, 4), "It takes two more."),
        ((3, 3, 3, 4, 1), "It takes one more."),
    ],
)
def test_with_too_few_answers_there_is_no_label_but_a_way_on(places, words):
    ending = FORM.conclude(a_talk(*places))

    assert words in ending.replies[0].text
    assert (ending.result, ending.focus, ending.replies[0].figure) == (None, None, None)
    assert ending.replies[0].choices[0].title == "Take it again"


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        ([an_earlier(9)], "In October it was +9, now +13."),
        ([an_earlier(13)], "In October it was +13, the same now."),
        ([an_earlier(-2, TODAY)], "Earlier today it was -2, now +13."),
        ([an_earlier(2), an_earlier(0, date(2026, 11, 2))], "On 2 November it was 0, now +13."),
        ([an_earlier(0, date(2026, 11, 2)), an_earlier(2)], "On 2 November it was 0, now +13."),
        ([an_earlier(2, TODAY), an_earlier(4, TODAY)], "Earlier today it was +4, now +13."),
    ],
)
def test_an_earlier_result_stands_beside_the_new_one(earlier, words):
    assert words in the_reply(a_talk(*BUILDER, earlier=earlier)).text


@pytest.mark.parametrize(
    "earlier", [[], [an_earlier(3, kind="level")], [an_earlier(17)], [an_earlier("9")], [an_earlier(None)]]
)
def test_without_an_earlier_result_that_can_be_read_there_is_nothing_beside(earlier):
    assert "it was" not in the_reply(a_talk(*BUILDER, earlier=earlier)).text


@pytest.mark.parametrize(
    ("places", "level", "has", "lacks"),
    [
        (BUILDER, Level.THREE, "Which kind of PMO would you like to set up", "levels one and two"),
        (GROWER, None, "Which service is worth growing next", "levels one and two"),
        (MIXED, Level.FOUR, "which months flew by?", "levels one and two"),
        (BUILDER, Level.ONE, "At levels one and two, most people have not had the chance", "Which kind of PMO"),
        (GROWER, Level.TWO, "At levels one and two, most people have not had the chance", "Which service"),
    ],
)
def test_the_advice_fits_the_result_and_the_level(places, level, has, lacks):
    text = the_reply(a_talk(*places, level=level)).text

    assert has in text
    assert lacks not in text


def test_the_level_is_offered_to_be_found_where_it_is_not_known():
    assert "Which level am I?" in [c.title for c in the_reply(a_talk(*BUILDER)).choices]
    assert "Which level am I?" not in [c.title for c in the_reply(a_talk(*BUILDER, level=Level.ONE)).choices]


@pytest.mark.parametrize("level", [None, *Level])
@pytest.mark.parametrize("places", [BUILDER, GROWER, MIXED])
def test_tell_me_more_tells_everything_once_and_ends_with_how_far_to_trust_it(places, level):
    ending = FORM.conclude(a_talk(*places, level=level))
    said, focus = [ending.replies[0].text], ending.focus
    while (answer := more(KNOWLEDGE, focus)) is not None:
        said.append(answer.reply.text)
        focus = answer.focus
        assert len(answer.reply.choices) <= MAX_CHOICES

    whole = " ".join(said)
    side = ending.result.data["label"].partition("_")[0]
    for line in KNOWLEDGE.questionnaire.advice[side]:
        assert whole.count(line) == 1
    for line in KNOWLEDGE.questionnaire.advice["early_levels"]:
        assert whole.count(line) == (1 if level in (Level.ONE, Level.TWO) else 0)
    assert said[-1].endswith(KNOWLEDGE.questionnaire.validity)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_as_much_advice_is_told_at_once_as_there_is_room_for(count):
    lengths = [len(line.split()) for line in KNOWLEDGE.questionnaire.advice["builder"]]
    room = sum(lengths[:count])

    assert len(first_advice(KNOWLEDGE, "builder_lean", Level.THREE, room)) == count
    assert len(first_advice(KNOWLEDGE, "builder_lean", Level.THREE, room - 1)) == max(1, count - 1)


def test_more_of_a_label_that_is_gone_is_how_far_to_trust_the_sheet():
    ending = FORM.conclude(a_talk(*BUILDER, level=Level.THREE))
    answer = more(KNOWLEDGE, replace(ending.focus, id="gone"))

    assert answer.reply.text == KNOWLEDGE.questionnaire.validity


anything = (
    st.none() | st.booleans() | st.integers(-2, 7) | st.text(max_size=3) | st.just(MappingProxyType({"skipped": True}))
)
sheets = st.dictionaries(st.sampled_from(STEPS), st.integers(1, 4) | anything)
results = st.builds(
    Result,
    st.sampled_from(["builder_grower", "level"]),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.dictionaries(st.sampled_from(["value", "label"]), st.integers(-20, 20) | st.none() | st.text(max_size=2)),
)
profiles = st.builds(
    Profile,
    role=st.none() | st.just("gone") | st.sampled_from(sorted(KNOWLEDGE.roles)),
    level=st.none() | st.sampled_from(Level),
)


@given(sheets, profiles, st.lists(results, max_size=3).map(tuple))
def test_every_sheet_ends_in_few_words_and_few_choices(answers, profile, earlier):
    ending = FORM.conclude(Talk(KNOWLEDGE, profile, answers, TODAY, earlier))

    [reply] = ending.replies
    assert len(reply.text.split()) <= MOST_WORDS
    assert 1 <= len(reply.choices) <= MAX_CHOICES
    assert all(len(choice.title) <= 40 for choice in reply.choices)
    assert len({choice.title for choice in reply.choices}) == len(reply.choices)
    assert all(len(each.split()) <= LONGEST_SENTENCE for each in sentences(reply.text)), sentences(reply.text)
    assert not SLIPS.search(reply.text)
    assert (ending.result is None) == (reply.figure is None)
    assert not ending.result or (reply.sources and read_figure(reply.figure)[1:] == [])
