"""A team's report: numbers that help a leader, and none that says something of one person."""

import itertools
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching import team
from bot.coaching.profile import level_of
from bot.coaching.team_chart import by_more, by_nobody_or_one, draw_chart, in_words
from bot.coaching.team_functions import functions_told
from bot.content import KNOWLEDGE_FOLDER, read_knowledge
from bot.records import Level, Member, Mention, Profile, Question, Share, Team

KNOWLEDGE = read_knowledge([KNOWLEDGE_FOLDER])
TEAM = Team("North", datetime(2026, 3, 3, tzinfo=timezone.utc))
FUNCTIONS = ("planning", "reporting", "governance")
HELD = ("p3o_foundation", "prince2")

members = st.builds(
    Member,
    profile=st.builds(
        Profile,
        level=st.none() | st.sampled_from(Level),
        held=st.lists(st.sampled_from(HELD), unique=True).map(tuple),
    ),
    functions=st.lists(st.sampled_from(FUNCTIONS), unique=True).map(tuple),
)
teams = st.lists(members, min_size=5, max_size=10)


@pytest.mark.parametrize("number", range(5))
def test_fewer_than_five_get_no_report(number: int) -> None:
    assert team.report_team(KNOWLEDGE, [Member(Profile(level=Level.TWO))] * number) is None


def eight() -> list[Member]:
    levels = [Level.ONE, Level.ONE, Level.TWO, Level.TWO, Level.TWO, Level.THREE, Level.THREE, None]
    return [
        Member(Profile(level=level, held=("p3o_foundation",) if number < 5 else ()),
               ("planning", "reporting") if number < 3 else ("planning",))
        for number, level in enumerate(levels)
    ]  # fmt: skip


def test_report_of_eight_tells_levels_coverage_qualifications_and_spend() -> None:
    found = team.report_team(KNOWLEDGE, eight())

    assert found.members == 8
    assert [(share.low, share.high) for share in found.levels] == [(2, 2), (3, 3), (2, 2), (0, 1), (0, 1)]
    shares = {share.name: share for share in found.functions}
    assert in_words(shares[KNOWLEDGE.functions["planning"].name]) == "7 or 8"
    assert in_words(shares[KNOWLEDGE.functions["reporting"].name]) == "3"
    assert in_words(shares[KNOWLEDGE.functions["governance"].name]) == "0 or 1"
    assert found.certifications == (Share(KNOWLEDGE.certifications["p3o_foundation"].name, 5, 5),)
    assert found.spend
    assert all(share.high >= 2 for share in found.spend)
    assert len(found.spend) <= team.MOST_SPEND


@given(teams)
@settings(deadline=None, max_examples=60)
def test_every_number_is_true_and_none_singles_out(people: list[Member]) -> None:
    found = team.report_team(KNOWLEDGE, people)
    size = len(people)
    covered = Counter(function for member in people for function in member.functions)
    held = Counter(certification for member in people for certification in member.profile.held)

    for names, counted, shares in (
        (KNOWLEDGE.functions, covered, found.functions), (KNOWLEDGE.certifications, held, found.certifications)
    ):  # fmt: skip
        numbers = {entry.name: counted[id] for id, entry in names.items()}
        for share in shares:
            assert share.low <= numbers[share.name] <= share.high
            assert not (share.exact and numbers[share.name] in (0, 1, size - 1, size))


@given(teams)
@settings(deadline=None, max_examples=60)
def test_no_level_of_a_single_person_can_be_worked_out(people: list[Member]) -> None:
    size = len(people)
    counts = Counter(level_of(KNOWLEDGE, member.profile) for member in people)
    true = [counts[level] for level in (*Level, None)]

    shares = team.report_team(KNOWLEDGE, people).levels

    ranges = [range(share.low, share.high + 1) for share in shares]
    worlds = [world for world in itertools.product(*ranges) if sum(world) == size]
    assert tuple(true) in worlds
    for place, number in enumerate(true):
        if number in (1, size - 1):
            assert len({world[place] for world in worlds}) > 1, (true, shares)


def test_same_team_in_any_order_has_the_same_report() -> None:
    assert team.report_team(KNOWLEDGE, eight()) == team.report_team(KNOWLEDGE, eight()[::-1])


def test_what_is_not_known_any_more_is_left_out() -> None:
    gone = Member(Profile(held=("gone",)), ("gone",))

    assert team.report_team(KNOWLEDGE, [gone] * 6).certifications == ()


def test_somebody_for_whom_nothing_is_left_to_take_is_no_spend() -> None:
    everything = Profile(level=Level.TWO, held=tuple(KNOWLEDGE.certifications))

    assert team.report_team(KNOWLEDGE, [Member(everything)] * 6).spend == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("join team ABCD-2345", "ABCD-2345"),
        ("kxqw4829 pls", "KXQW-4829"),
        ("code is wfgh 9823.", "WFGH-9823"),
        ("join team", None),
        ("ABCDE-2345", None),
        ("abcd-23456", None),
        ("", None),
    ],
)
def test_code_is_read_as_people_type_it(text: str, code: str | None) -> None:
    assert team.read_code(text) == code


@given(st.text())
def test_no_text_breaks_the_reading_of_a_code(text: str) -> None:
    team.read_code(text)


def test_joining_says_what_is_shared_before_the_yes() -> None:
    said = team.ask_to_join(TEAM, "ABCD-2345", remembered=False)

    for word in ("level", "qualifications", "functions", "never your answers", "remember", "North"):
        assert word in said.text
    assert said.choices[0].payload == '/join_team{"code": "ABCD-2345", "sure": "yes"}'
    assert "remember" not in team.ask_to_join(TEAM, "ABCD-2345", remembered=True).text


def test_wording_of_the_rest() -> None:
    assert "planning" in team.functions_noted(KNOWLEDGE, ("planning", "gone")).text.casefold()
    assert "North" in team.welcome_to_team(TEAM).text
    assert "no team" in team.left_team(0).text
    assert "left" in team.left_team(1).text
    for said in (team.ask_for_code(), team.unknown_code(), team.ask_for_functions(), team.no_team()):
        assert said.text.endswith((".", "?"))


def test_chart_is_svg_with_every_number_and_inert_names() -> None:
    found = team.report_team(KNOWLEDGE, eight())

    drawn = draw_chart(found, 'A & <script>alert("x")</script>\x00')

    root = ElementTree.fromstring(drawn)
    words = ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words[0] == 'A & <script>alert("x")</script>: 8 people'
    for share in (*found.levels, *by_more(found.functions), *found.certifications, *found.spend):
        assert share.name in words
        assert in_words(share) in words
    assert f"{len(by_nobody_or_one(found.functions))} others, each" in words
    assert "<script" not in drawn


def test_functions_of_nobody_or_one_are_told_together_and_none_is_lost() -> None:
    found = team.report_team(KNOWLEDGE, eight())

    few, more = by_nobody_or_one(found.functions), by_more(found.functions)

    assert {*few, *(share.name for share in more)} == {share.name for share in found.functions}
    assert len(few) + len(more) == len(found.functions)
    assert [in_words(share) for share in more] == ["7 or 8", "3"]


@pytest.mark.parametrize("text", ["join team ABC123", "add me to team X1", "team code A1234"])
def test_something_in_a_codes_place_that_is_none_is_named(text: str) -> None:
    assert team.read_code(text) is None
    assert team.ask_for_code(text).text.startswith(f"“{text.split()[-1]}” is no code of mine")


def test_chart_leaves_out_what_there_is_none_of() -> None:
    found = team.report_team(KNOWLEDGE, [Member(Profile())] * 6)

    drawn = draw_chart(found, "Empty")

    assert "Qualifications held" not in drawn
    assert "Levels" in drawn


@pytest.mark.parametrize(("share", "words"), [((2, 2), "2"), ((0, 1), "0 or 1"), ((1, 3), "1 to 3")])
def test_ranges_are_said_in_words(share: tuple[int, int], words: str) -> None:
    assert in_words(Share("x", *share)) == words


@pytest.mark.parametrize(
    ("text", "functions"),
    [
        ("i cover planning for the team", ("planning",)),
        ("my function is governance, and planning", ("governance", "planning")),
        ("risk and reporting", ("risk", "reporting")),
        ("i support the management team with work", ()),
    ],
)
def test_functions_are_told_by_a_word_of_their_own(text: str, functions: tuple[str, ...]) -> None:
    question = Question(text, "cover_functions", 0.9, None, ())

    found = functions_told(KNOWLEDGE, (question,))

    assert [KNOWLEDGE.functions[id].name.lower().split()[0] for id in found] == list(functions)


def test_what_else_is_named_takes_up_no_word() -> None:
    mention = Mention("role", "planner", "planning", 8, 16)

    told = functions_told(KNOWLEDGE, (Question("i cover planning", "cover_functions", 0.9, None, (mention,)),))

    assert told == ("planning",)


def test_a_word_of_a_longer_name_is_no_second_function() -> None:
    mention = Mention("function", "resource", "resource planning", 8, 25)
    question = Question("i cover resource planning", "cover_functions", 0.9, None, (mention,))
    known = next(id for id in KNOWLEDGE.functions if "resource" in id)

    told = functions_told(KNOWLEDGE, (replace(question, mentions=(replace(mention, value=known),)),))

    assert told == (known,)


def test_each_function_that_the_question_names_as_an_example_is_understood() -> None:
    asked = team.ask_for_functions().text.partition("for instance ")[2]
    examples = re.split(r", | or ", asked.rstrip("."))

    assert len(examples) == 4
    for example in examples:
        assert functions_told(KNOWLEDGE, (Question(f"i cover {example}", "cover_functions", 0.9, None, ()),)), example


def test_a_small_number_that_would_follow_from_the_others_is_hidden_by_widening_one_of_them() -> None:
    found = team.report_team(KNOWLEDGE, [Member(Profile(level=Level.ONE))] * 3 + [Member(Profile(level=Level.TWO))] * 2)

    assert [(share.low, share.high) for share in found.levels] == [(3, 3), (1, 3), (0, 1), (0, 1), (0, 1)]
