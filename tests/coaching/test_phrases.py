"""Fragments of the content in sentences, and the pages that more is told in."""

import pytest

from bot.coaching.paging import Part, next_page, paragraphs_of
from bot.coaching.phrases import bold_first, clipped, first_sentence, headed, running, short_name
from bot.coaching.wording import offered
from bot.records import Choice
from tests.factories import some_knowledge


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A three-day course", "a three-day course"),
        ("People who lead", "people who lead"),
        ("Closed book", "closed book"),
        ("PMO Managers, and others", "PMO Managers, and others"),
        ("AIPMO's top certificate", "AIPMO's top certificate"),
        ("BCS' second", "BCS' second"),
        ("January 2010", "January 2010"),
        ("Foundation: none", "Foundation: none"),
        ("PRINCE2 Foundation", "PRINCE2 Foundation"),
        ("60 minutes", "60 minutes"),
        ("Practitioner-level knowledge", "practitioner-level knowledge"),
        ("PeopleCert; and so on", "PeopleCert; and so on"),
    ],
)
def test_running_keeps_the_capitals_of_names(text, expected):
    assert running(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("one thing; and then yet another", "one thing"),
        ("one, two and three of them that make a set", "one, two and three of them"),
        ("executives and seniors who manage portfolios", "executives and seniors"),
        ("words without any place to pause in them", "words without any place to…"),
    ],
)
def test_clipped_cuts_where_a_fragment_pauses(text, expected):
    assert clipped(text, 28) == expected


def test_first_sentence_and_bold():
    assert first_sentence("One. Two.") == "One."
    assert first_sentence("One") == "One."
    assert bold_first("none. but ask") == "**None.** But ask."
    assert bold_first("None") == "**None.**"


def test_headed_marks_the_name_where_the_text_says_it():
    assert headed("PMO Lead", "A PMO Lead leads. So.") == "A **PMO Lead** leads. So."
    assert headed("PMO Manager", "PMO Managers manage.") == "**PMO Managers** manage."
    assert headed("PMI (Project Institute)", "PMI is an institute.") == "**PMI** is an institute."
    assert headed("Portfolio Office", "This PMO supports.") == "**Portfolio Office**: this PMO supports."
    assert headed("APM", "APMG is another.") == "**APM**: APMG is another."


def test_short_name_leaves_out_what_is_added():
    assert short_name("BCS, The Chartered Institute") == "BCS"
    assert short_name("PMI (Project Management Institute)") == "PMI"


def test_pages_fit_and_end():
    parts = [Part(str(number), "word " * 60, ("ARTICLE",)) for number in range(3)] + [Part("empty", " ")]
    first = next_page(parts, ())
    assert (first.facets, first.rest, first.sources) == (("told:0",), True, ("ARTICLE",))
    last = next_page(parts, ("told:0", "1"))
    assert (last.facets, last.rest) == (("told:2",), False)
    assert next_page(parts, ("0", "1", "2")) is None


def test_a_part_that_is_too_long_is_told_alone():
    page = next_page([Part("long", "word " * 200), Part("short", "word")], ())
    assert page.facets == ("told:long",)


def test_list_items_stay_one_list_between_paragraphs():
    page = next_page(
        [Part("a", "Before."), Part("b", "one", listed=True), Part("c", "two", listed=True), Part("d", "After.")], ()
    )
    assert page.text == "Before.\n\n- one\n- two\n\nAfter."


def test_paragraphs_of_a_text():
    assert paragraphs_of("One.\nTwo.\n\nThree.\n") == ["One.", "Two.", "Three."]


def test_offered_leaves_out_what_leads_nowhere():
    ready = Choice("Go on", "/ask_more")
    references = [
        "setting_up_a_pmo",
        "unheard_of",
        "level:2",
        "certification:none#exam",
        "skill:more",
        ready,
    ]
    assert offered(some_knowledge(), references) == ["setting_up_a_pmo", "level:2", "skill:more", ready]
