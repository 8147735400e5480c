"""Replies as Block Kit: as reviewed, within Slack's limits, and with nothing lost, for all that the coach says."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack_blocks import Post, posts, reply_of, shortened, spent
from bot.channels.slack_figures import figure_text
from bot.channels.slack_home import HomeFacts, HomeStep, home_view
from bot.channels.slack_sheet import read_sheet, sheet_view
from bot.records import Choice, Figure, Reply, ReplyKind, SourceLink
from tests.channels.slack_content import every_reply, every_step
from tests.coaching.checks import KNOWLEDGE
from tests.fakes.slack_rules import problems_of_message, problems_of_view, words_of

SNAPSHOTS = Path(__file__).parent / "snapshots"
LEVELS = [{"number": n, "name": f"Level {n}", "asks": f"Ask {n}"} for n in (1, 2, 3, 4)]
SHOWN = {
    "answer": Reply(
        "**P3O** fits best & is <open book>.\n\n- Hands-on? [AIPMO](https://aipmo.example/c?a=1&b=2)\n- Or stay.",
        choices=(
            Choice("Compare the two", '/compare_certifications{"certifications": "a,b"}'),
            Choice("Why?", "/ask_why"),
        ),
        sources=(SourceLink("A", "Career paths", "https://example.org/pmo", 2018), SourceLink("B", "A book")),
    ),
    "table": Reply(
        "Side by side.\n\n| | P3O | IPMO |\n|---|---|---|\n| Owner | PeopleCert | AIPMO |",
        figure=Figure("table", {"columns": ["", "P3O"], "rows": [["Owner", "PeopleCert"]]}),
    ),
    "career_map": Reply("You stand on level two.", figure=Figure("career_map", {"levels": LEVELS, "here": 2})),
    "between": Reply("Between.", figure=Figure("career_map", {"levels": LEVELS, "here": None, "between": [2, 3]})),
    "balance": Reply(
        "You lean towards **builder**.",
        figure=Figure("balance", {"value": 6, "items": [
            {"text": "A blank page", "points": 2}, {"text": "Third year", "points": -1}]}),
    ),
    "plan": Reply(
        "Your plan so far:",
        figure=Figure("plan", {"steps": [
            {"title": "Ask my manager", "date": "2026-12-04", "status": "done"},
            {"title": "Book P3O <Foundation>", "date": "2027-01-15", "status": "open", "when": "budget is there"},
        ]}),
    ),
    "form_step": Reply(
        "1 of 8. A blank page appeals to me.", ReplyKind.ASK,
        tuple(Choice(word, f'/answer_question{{"step": "builder_grower_bg1", "value": "{number}"}}')
              for number, word in enumerate(KNOWLEDGE.questionnaire.scales["likert"], 1)),
    ),
    "unknown_figure": Reply("Odd.", figure=Figure("radar", {"axes": ["a", "b"], "note": None, "more": {"x": True}})),
}  # fmt: skip


def shown(post: Post) -> str:
    """Return the message as Slack gets it."""
    return json.dumps({"text": post.text, "blocks": post.blocks}, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", list(SHOWN))
def test_reply_looks_as_reviewed(name):
    (post,) = posts([SHOWN[name]], rating="7")

    path = SNAPSHOTS / f"slack_{name}.json"
    assert shown(post) == path.read_text(encoding="utf-8"), f"if this is right now, write it into {path.name}"


def assert_whole(reply: Reply) -> None:
    """Check that Slack takes the reply's posts, and that they hold all that the reply holds."""
    made = posts([reply], rating="1")
    assert [problems_of_message({"text": post.text, "blocks": list(post.blocks)}) for post in made] == [[]] * len(made)
    said = words_of([post.blocks for post in made]).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    flat = re.sub(r"[*_`~|•\s]", "", said)
    for word in re.findall(r"\w{2,}", re.sub(r"\]\([^)]*\)", "]", reply.text)):
        assert word.replace("_", "") in flat, word
    for source in reply.sources:
        assert re.sub(r"[*_`~|•\s]", "", source.title) in flat
    values = [element.get("value") for post in made for block in post.blocks for element in block.get("elements", ())]
    assert all(choice.payload in values for choice in reply.choices)


def test_every_reply_of_the_content_is_whole_and_within_the_limits():
    replies = every_reply()

    assert len(replies) > 400
    for reply in replies:
        assert_whole(reply)


def test_every_step_of_every_form_is_whole_and_within_the_limits():
    for reply in every_step():
        assert_whole(reply)


def test_long_answer_goes_on_in_another_post():
    text = "\n\n".join(f"Paragraph {number}: " + "word " * 300 for number in range(40))

    made = posts([Reply(text)], rating="1")

    assert len(made) > 1
    assert all(problems_of_message({"text": post.text, "blocks": list(post.blocks)}) == [] for post in made)
    assert words_of([post.blocks for post in made]).count("word") == 40 * 300
    assert [block["type"] for block in made[-1].blocks].count("context_actions") == 1
    assert "context_actions" not in [block["type"] for block in made[0].blocks]


def test_word_longer_than_a_block_is_broken_and_kept():
    made = posts([Reply("x" * 7001 + " &" * 3000)])

    assert all(problems_of_message({"text": post.text, "blocks": list(post.blocks)}) == [] for post in made)
    said = words_of([post.blocks for post in made])
    assert (said.count("x"), said.count("&amp;")) == (7001, 3000)


def test_several_replies_are_one_post():
    (post,) = posts([SHOWN["answer"], SHOWN["table"]])

    assert [block["type"] for block in post.blocks].count("divider") == 1
    assert len({block["block_id"] for block in post.blocks}) == len(post.blocks)


def test_long_title_is_shortened_its_payload_and_words_are_kept():
    title = "Which of all these many certificates would suit somebody like me the very best of all?"
    (post,) = posts([Reply("Well.", choices=(Choice(title, "/x"),))])

    (button,) = next(block["elements"] for block in post.blocks if block["type"] == "actions")
    assert (len(button["text"]["text"]) <= 75, button["value"]) == (True, "/x")
    assert title in words_of(post.blocks)


def test_eight_choices_are_eight_buttons():
    choices = tuple(Choice(f"Choice {number}", f"/pick_{number}") for number in range(8))
    (post,) = posts([Reply("Pick.", choices=choices)])

    (actions,) = (block for block in post.blocks if block["type"] == "actions")
    assert [element["value"] for element in actions["elements"]] == [choice.payload for choice in choices]


def test_first_question_of_the_sheet_offers_all_at_once():
    (post,) = posts([SHOWN["form_step"]])

    (actions,) = (block for block in post.blocks if block["type"] == "actions")
    assert actions["elements"][-1]["action_id"] == "sheet"


def test_spent_buttons_name_the_choice_and_the_rest_stays():
    (post,) = posts([SHOWN["answer"]])
    clicked = next(block["block_id"] for block in post.blocks if block["type"] == "actions")

    after = spent(post.blocks, clicked, "Why <@U1>?")

    assert len(after) == len(post.blocks)
    assert not any(block["type"] == "actions" for block in after)
    assert "You chose: *Why &lt;@U1&gt;?*" in words_of(after)
    assert spent(post.blocks, "another", "Why?") == post.blocks


@pytest.mark.parametrize("kind", ["table", "career_map", "balance", "plan"])
def test_figure_with_odd_data_is_shown_as_it_is(kind):
    assert "surprise" in figure_text(kind, {"surprise": [1, {"deep": "x"}]})


def test_figure_keeps_what_its_kind_does_not_know():
    assert "remark: new" in figure_text("balance", {"value": 0, "remark": "new"})


@given(st.text(max_size=400), st.lists(st.text(min_size=1, max_size=120), max_size=8))
def test_any_reply_is_within_the_limits(text, titles):
    choices = tuple(Choice(title, f"/pick_{number}") for number, title in enumerate(titles))
    for post in posts([Reply(text, choices=choices, sources=tuple(SourceLink("s", title or "-") for title in titles))]):
        assert problems_of_message({"text": post.text, "blocks": list(post.blocks)}) == []


def test_reply_comes_back_from_its_json():
    for reply in SHOWN.values():
        assert reply_of(reply.to_json()) == reply


def test_shortened_keeps_what_fits():
    assert shortened("a  b", 5) == "a b"
    assert shortened("abcdef", 4) == "abc…"


def test_home_is_within_the_limits_for_nobody_and_for_a_busy_person():
    steps = tuple(HomeStep(f"Step {number} <!here> " + "x" * 400, "2027-01-01", "done") for number in range(60))
    busy = home_view(HomeFacts("Level two", "P3O & more", steps))

    assert problems_of_view(home_view(HomeFacts())) == problems_of_view(busy) == []
    assert "We have not talked yet." in words_of(home_view(HomeFacts())["blocks"])
    assert "P3O &amp; more" in words_of(busy["blocks"])
    assert "<!here>" not in words_of(busy["blocks"])


def test_sheet_asks_all_items_of_the_content_within_the_limits():
    view = sheet_view(KNOWLEDGE.questionnaire)

    assert problems_of_view(view) == []
    asked = [block for block in view["blocks"] if block["type"] == "input"]
    assert [block["block_id"] for block in asked] == [item.id for item in KNOWLEDGE.questionnaire.items]
    assert [len(block["element"]["options"]) for block in asked] == [5, 5, 5, 5, 4, 4, 4, 4]
    for item in KNOWLEDGE.questionnaire.items:
        assert all(words in words_of(view["blocks"]) for words in (item.text, item.option_a or "", item.option_b or ""))


def test_answers_of_a_sheet_become_a_payload_and_odd_ones_do_not():
    def given_answer(value):
        return {"answer": {"selected_option": {"value": value} if value else None}}

    values = {"BG1": given_answer("4"), "BG2": given_answer(None), "BG5": given_answer("2"),
              "BG6": given_answer("9"), 'B"}': given_answer("1")}  # fmt: skip

    assert read_sheet({"state": {"values": values}}) == '/find_builder_or_grower{"sheet": "BG1=4,BG5=2"}'
    assert read_sheet({}) == '/find_builder_or_grower{"sheet": ""}'
