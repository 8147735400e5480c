"""Answers of the builder or grower sheet are read from words as people say them; what is no answer is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.builder_grower_items import ITEMS
from bot.coaching.builder_grower_reading import (
    AGREE_HERE,
    LETTERS_HERE,
    LONGEST,
    NO_MIDDLE,
    NO_NUMBERS,
    read_agreement,
    read_choice,
)
from bot.records.coaching import Refused
from tests.coaching.checks import KNOWLEDGE

OF_SHEET = {item.id: item for item in KNOWLEDGE.questionnaire.items}


AGREEMENT = {
    5: (
        "strongly agree",
        "totally",
        "strognly agree",
        "couldnt agree more",
        "yep totally",
        "definately",
        "very much",
        "very much so",
        "five",
        "100%",
        "hard agree",
        "strong agree",
        "very true",
        "absolutely",
        "strongley",
        "agree strongly",
        "i totally agree",
    ),
    4: (
        "mostly agree",
        "kinda",
        "agree",
        "Agreed!",
        "aggree",
        "don't disagree",
        "yes",
        "yeah",
        "sort of",
        "a bit",
        "a little bit yes",
        "i guess so",
        "i suppose",
        "probably",
        "that's me",
        "that's so me",
        "sounds like me",
        "4",
        "a 4",
        "4/5",
        "agree to some extent",
        "true",
        "would agree",
        "mostly",
        "rather agree",
        "yes, i love a blank page",
        "more or less",
        "i'd say agree",
        "kind of agree",
        "partly",
        "y",
    ),
    3: (
        "neither",
        "neither agree nor disagree",
        "neutral",
        "50/50",
        "it depends",
        "yes and no",
        "no opinion",
        "meh",
    ),
    2: (
        "tend to disagree",
        "disagree",
        "i dont agree",
        "i don't strongly agree",
        "i disagree a bit",
        "no",
        "nope",
        "not really",
        "not so much",
        "probably not",
        "2 out of 5",
        "not true",
        "false",
        "no i prefer a pmo that works",
        "nah not my thing",
        "not exactly",
        "can't say i agree",
        "not quite",
        "somewhat disagree",
        "n",
    ),
    1: (
        "not at all",
        "strongly disagree",
        "couldn't disagree more",
        "hell no",
        "no way",
        "never",
        "definitely not",
        "i strongly disagree with that",
        "completely disagree",
    ),
}
NEITHER_YES_NOR_NO = (
    "hmm not sure",
    "dont know",
    "what does p3o stand for?",
    "i have p3o foundation",
    "tell me about level 3",
    "who is lindsay",
    "is it true that pmos change often",
    "i support three projects and take the minutes",
    "the weather is nice",
    "pizza",
    "i wouldn't enjoy that",
    "unsure",
    "k",
)
CHOICES = {
    1: (
        ("BG5", "definitely a"),
        ("BG5", "defo A"),
        ("BG5", "100% the first"),
        ("BG6", "definitely the team i coached"),
        ("BG7", "design it afresh, absolutely"),
    ),
    2: (
        ("BG5", "rather the first"),
        ("BG5", "a"),
        ("BG5", "option a i guess"),
        ("BG5", "A!!"),
        ("BG5", "a over b"),
        ("BG5", "more a than b"),
        ("BG5", "the new one"),
        ("BG5", "the nine months one"),
        ("BG5", "start from scratch"),
        ("BG6", "the team"),
        ("BG6", "the first"),
        ("BG7", "throw it out"),
        ("BG7", "bin it"),
        ("BG8", "one or two that i grew"),
        ("BG8", "A please"),
        ("BG8", "a, i think"),
        ("BG8", "rather A"),
    ),
    3: (
        ("BG5", "b"),
        ("BG5", "rather B"),
        ("BG5", "the second one"),
        ("BG5", "b rather than a"),
        ("BG5", "not a"),
        ("BG5", "a fair pmo that wants it better each year"),
        ("BG6", "the first board"),
        ("BG7", "fix it"),
        ("BG7", "repair"),
        ("BG7", "repiar the step that hurts"),
        ("BG8", "half a dozen pmos"),
        ("BG8", "the latter"),
        ("BG8", "started"),
        ("BG8", "I'd go for B"),
        ("BG8", "i would take b i think"),
        ("BG8", "b for me"),
        ("BG8", "probably b"),
    ),
    4: (
        ("BG5", "B, definitely"),
        ("BG5", "definately b"),
        ("BG5", "the second, for sure"),
        ("BG8", "option b is me totally"),
    ),
}
NO_CHOICE = (
    ("BG5", "a or b"),
    ("BG5", "one that's already there"),
    ("BG8", "yes"),
    ("BG8", "what is a pmo?"),
    ("BG8", "i have p3o foundation"),
    ("BG8", "tell me about p3o"),
    ("BG8", "idk"),
    ("BG8", "b is better"),
)


def choose(item, text):
    return read_choice(text, OF_SHEET[item], ITEMS[item])


@pytest.mark.parametrize(("text", "place"), [(text, place) for place, texts in AGREEMENT.items() for text in texts])
def test_agreement_is_read_from_words(text, place):
    assert read_agreement(text) == place


@pytest.mark.parametrize("text", NEITHER_YES_NOR_NO)
def test_what_does_not_say_how_far_one_agrees_is_no_agreement(text):
    assert read_agreement(text) is None


@pytest.mark.parametrize("text", ["0", "6", "a 9", "ten", "7 out of 5"])
def test_a_number_out_of_the_scale_is_refused(text):
    reading = read_agreement(text)

    assert isinstance(reading, Refused)
    assert "from 1 to 5" in reading.text


@pytest.mark.parametrize(
    ("item", "text", "place"), [(*pair, place) for place, pairs in CHOICES.items() for pair in pairs]
)
def test_a_choice_is_read_from_letters_places_and_words_of_the_option(item, text, place):
    assert choose(item, text) == place


@pytest.mark.parametrize(("item", "text"), NO_CHOICE)
def test_what_names_neither_option_is_no_choice(item, text):
    assert choose(item, text) is None


@pytest.mark.parametrize("text", ["neither", "both", "it depends", "50/50"])
def test_a_choice_has_no_middle(text):
    assert choose("BG5", text) == Refused(NO_MIDDLE)


@pytest.mark.parametrize("text", ["1", "2", "#3", "4", "7", "4 out of 5"])
def test_a_typed_number_could_be_an_option_or_an_answer(text):
    assert choose("BG5", text) == Refused(NO_NUMBERS)


@pytest.mark.parametrize("text", ["disagree", "strongly agree", "tend to disagree"])
def test_words_that_agree_are_told_that_this_one_is_a_choice_of_two(text):
    assert choose("BG8", text) == Refused(LETTERS_HERE)


@pytest.mark.parametrize("text", ["B definitely", "b", "rather a", "A, for sure"])
def test_a_letter_is_told_that_this_one_has_no_letters(text):
    assert read_agreement(text) == Refused(AGREE_HERE)


@pytest.mark.parametrize("item", sorted(item for item, talk in ITEMS.items() if talk.first))
def test_each_option_is_read_when_it_is_repeated(item):
    given = OF_SHEET[item]

    assert (choose(item, given.option_a), choose(item, given.option_b)) == (2, 3)


@pytest.mark.parametrize("scale", ["likert", "forced_choice"])
def test_each_place_is_read_by_its_own_words(scale):
    for place, words in enumerate(KNOWLEDGE.questionnaire.scales[scale], 1):
        assert (read_agreement(words) if scale == "likert" else choose("BG6", words.upper())) == place


@pytest.mark.parametrize("text", ["", " ?! ", "yes " * (LONGEST + 1), "b " * (LONGEST + 1)])
def test_nothing_and_a_whole_story_are_no_answer(text):
    assert read_agreement(text) is None
    assert choose("BG5", text) is None


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from("not no a b agree disagree over first 3 both so".split())).map(" ".join)
)
def test_any_words_are_read_to_a_place_a_refusal_or_nothing(text):
    for reading, places in ((read_agreement(text), 5), (choose("BG8", text), 4)):
        assert reading is None or isinstance(reading, Refused) or 1 <= reading <= places


@pytest.mark.parametrize("words", ["well, I would say so", "hmm ok so"])
def test_words_that_only_lead_up_to_an_answer_are_none(words):
    assert read_agreement(words) is None
