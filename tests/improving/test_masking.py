"""Masked texts do not say who wrote them, as far as that can be done; and stay readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.improving.masking import LONGEST, Lexicon, given_names, is_masked, lexicon_of, mask
from tests.improving.factories import COMMON, KNOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hi im Sarah Connor", "hi im [name]"),
        ("john smith said", "[name] said"),
        ("my manager Okonkwo says", "my manager [name] says"),
        ("i work for barclays as analyst", "i work for [employer] as analyst"),
        ("i work at Acme Energy", "i work at [employer]"),
        ("mail a.b+c@firm.co.uk today", "mail [e-mail] today"),
        ("is www.firm.com/x?y=1 free", "is [address] free"),
        ("call me at +44 (0)20 7946 0958", "call me at [number]"),
        ("number 12345", "number [number]"),
        ("i need £45,000 or 45k", "i need [amount] or [amount]"),
        ("since 12/05/1990", "since [date]"),
        ("at SW1A 1AA", "at [postcode]"),
        ("<@U12345> can you", "[handle] can you"),
        ("@sarah_c is free", "[handle] is free"),
        ("thanks, Kowalczyk", "thanks, [word]"),
        ("what about zzyzx today", "what about [word] today"),
    ],
)
def test_what_tells_a_person_is_masked(lexicon: Lexicon, text: str, expected: str):
    assert mask(text, lexicon) == expected


@pytest.mark.parametrize(
    "text", ["do i need a degre for pmo", "what is p3o exam", "5 years analyst", "i'm a manager", "weather today", ""]
)
def test_plain_questions_with_slips_stay(lexicon: Lexicon, text: str):
    assert mask(text, lexicon) == text
    assert not is_masked(text)


def test_mask_that_somebody_typed_is_no_mask(lexicon: Lexicon):
    masked = mask("[name](certification) is [p3o]", lexicon)

    assert "[" not in masked.replace("[word]", "")


@given(st.text(max_size=2000))
def test_any_text_is_masked_to_one_short_printable_line(text: str):
    masked = mask(text, Lexicon(frozenset(KNOWN.split()), frozenset(COMMON.split())))

    assert len(masked) <= LONGEST
    assert "\n" not in masked
    assert masked == "" or masked.isprintable()
    assert "@" not in masked or not any("@" in word.strip("@") for word in masked.split())


def test_huge_text_is_masked_quickly(lexicon: Lexicon):
    assert len(mask("Sarah 12345 " * 100_000, lexicon)) <= LONGEST


def test_lexicon_knows_what_stands_in_two_texts_and_no_given_name():
    made = lexicon_of(["Kowalczyk asks the PMO", "what's the pmo", "sarah and sarah", "sarah"], ["sarah", "lamp"])

    assert {"pmo", "the"} <= made.known
    assert not {"kowalczyk", "sarah"} & made.known
    assert made.common == {"lamp"}


def test_given_names_are_no_words_of_every_day():
    assert "sarah" in given_names()
    assert not {"mark", "will", "grace", "may", "hope", "grant", "lead", "head"} & given_names()
