"""Text between Slack and the coach: nothing is lost, and nothing that anybody says pings or links."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack_text import escaped, heard_text, link, mrkdwn, plain, table_text

REFERENCES = re.compile(r"<(?!https?://|mailto:)")


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("what is P3O?", "what is P3O?"),
        ("<@U0COACH> what is P3O?", "what is P3O?"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("a &amp;lt; b", "a &lt; b"),
        ("ask <@U2|eve> in <#C1|pmo> or <#C2>", "ask @eve in #pmo or #a channel"),
        ("<@U2> knows", "@somebody knows"),
        ("<!channel> hi <!here|here>", "@channel hi here"),
        ("<!subteam^S1> hi", "@subteam hi"),
        ("see <https://e.org/a|the page>", "see the page"),
        ("see <https://e.org/a>", "see https://e.org/a"),
        ("<mailto:a@e.org|a@e.org>", "a@e.org"),
        ("tab\tand \u200bzero\u202e", "tab\nand zero"),
    ],
)
def test_heard_text_is_what_the_person_saw(typed, heard):
    assert heard_text(typed, "U0COACH") == heard


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("**bold** and *em* and ~~x~~ `c<`", ["*bold* and _em_ and ~~x~~ `c&lt;`"]),
        ("un**bold**ed and **bold**!", ["unbolded and *bold*!"]),
        ("- a\n- **b**\n  - c\n1. d", ["• a\n• *b*\n    • c", "1. d"]),
        ("3. x\n4. y", ["3. x\n4. y"]),
        ("# Title **x**", ["*Title x*"]),
        ("> quoted", ["> quoted"]),
        ("```\na < b\n```", ["```a &lt; b```"]),
        ("a\n\n---\n\nb", ["a", "———", "b"]),
        ("[P3O](https://e.org/p?a=1&b=2)", ["<https://e.org/p?a=1&amp;b=2|P3O>"]),
        ("[**P3O**](https://e.org)", ["<https://e.org|P3O>"]),
        ("[x](javascript:alert)", ["[x](javascript:alert)"]),
        ("[x](ftp://e.org)", ["x (ftp://e.org)"]),
        ("see https://e.org/a, or.", ["see <https://e.org/a>, or."]),
        ("![pic](https://e.org/p.png)", ["<https://e.org/p.png|pic>"]),
        ("line  \nbreak\nsoft", ["line\nbreak soft"]),
        ("<script>x</script> &amp; &lt;", ["&lt;script&gt;x&lt;/script&gt; &amp;amp; &amp;lt;"]),
        ("<!channel> <@U123> <#C1>", ["&lt;!channel&gt; &lt;@U123&gt; &lt;#C1&gt;"]),
        (
            "| | A | B |\n|---|---|---|\n| Owner | x | **y** |\n| Exam | | z |",
            ["*Owner*\n• A: x\n• B: *y*\n*Exam*\n• A: \n• B: z"],
        ),
        ("| What | How |\n|---|---|\n| Exam | closed |", ["*What: Exam*\n• How: closed"]),
        ("| a | b |\n|---|---|", ["a · b"]),
    ],
)
def test_markdown_becomes_mrkdwn(markdown, shown):
    assert mrkdwn(markdown) == shown


def test_plain_text_has_no_marks():
    assert plain("**A** [PMO](https://e.org)\n\n- one") == "A PMO\n• one"


def test_link_that_may_not_be_followed_is_words():
    assert link("", "<x>") == "&lt;x&gt;"
    assert link("slack://x", "y") == "y (slack://x)"
    assert link("https://e.org/a|b", "y") == "y (https://e.org/a|b)"
    assert link("https://e.org", "a|b>") == "<https://e.org|a¦b&gt;>"


def test_table_says_once_what_holds_for_all():
    columns = ["", "P3O", "PRINCE2", "AIPMO"]
    rows = [
        ["Owner", "PeopleCert", "PeopleCert", "AIPMO"],
        ["Level", "three", "three", "three"],
        ["Now", "-", "-", "-"],
    ]

    assert table_text(columns, rows) == (
        "*Owner*\n• P3O: PeopleCert\n• PRINCE2: PeopleCert\n• AIPMO: AIPMO\n*Level* three (all 3)"
    )
    assert table_text(["", "A", "B"], [["Level", "two", "two"]]) == "*Level* two (both)"


def test_table_without_titles_keeps_every_cell():
    assert table_text([], [["a", "b"], ["c", ""]]) == "*a*\n• b\n*c*"


@given(st.text(alphabet="ab <>&!@#|*_`~[]()\n-1.\\:/", max_size=60))
def test_nothing_that_is_said_refers_to_anybody(text):
    for shown in (*mrkdwn(text), plain(text), escaped(text)):
        assert not REFERENCES.search(shown)


@given(st.lists(st.sampled_from(["alpha", "**beta**", "*gamma*", "[delta](https://e.org)", "`eps`", "<zeta>", "\n\n",
                                 "\n- ", "\n1. ", "\n> ", "|", "&"]), max_size=15))  # fmt: skip
def test_no_word_of_a_markdown_text_is_lost(parts):
    shown = " ".join(mrkdwn(" ".join(parts)))
    for word in ("alpha", "beta", "gamma", "delta", "eps", "zeta"):
        assert shown.count(word) >= sum(word in part for part in parts)
