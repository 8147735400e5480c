"""A message that leans on the talk is about its subject; what a person tells is taken in, not asked for again."""

from dataclasses import replace

import pytest

from bot.coaching.acknowledging import ASKS_TITLE, COUNTS_WORK, acknowledge
from bot.coaching.answering import answer_question
from bot.coaching.assess_level import assess_level
from bot.coaching.follow_up import (
    all_told,
    answer_follow_up,
    answer_more,
    answer_why,
    chosen,
    further_sources,
    tell_sources,
)
from bot.coaching.situation import Situation
from bot.records import Choice, Focus, Level, Profile, ReplyKind, SourceLink
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE

RECOMMENDED = Focus("next_qualification", "p3o_foundation")
P3O = Focus("certification", "p3o_foundation")
BOTH = Focus("comparison", "p3o_foundation,prince2")
OFFERED = (Choice("Which level am I?", "/assess_level"), Choice("Why?", "/ask_why"), Choice("More", "/ask_more"))


@pytest.mark.parametrize(
    ("text", "facet"), [("is it worth the money", "worth"), ("how long is the exam", "exam")], ids=["worth", "exam"]
)
def test_what_is_asked_after_a_recommendation_is_about_what_was_recommended(text: str, facet: str) -> None:
    question = a_question(text, (facet, "facet", facet), intent="follow_up")

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(role="pmo_analyst"), RECOMMENDED))

    assert answer is not None
    assert answer.focus is not None
    assert (answer.focus.kind, answer.focus.id) == ("certification", "p3o_foundation")


@pytest.mark.parametrize(("months", "noted"), [(144, "12 years"), (None, "What you built")])
def test_a_loss_is_heard_before_it_is_noted(months: int | None, noted: str) -> None:
    now = Profile(experience_months=months)

    answer = acknowledge(Situation(KNOWLEDGE, now, None), Profile(), said="pmo for 12 years and just like that")

    assert answer.reply is not None
    assert answer.reply.text.startswith("That is hard news, and I am sorry.")
    assert noted in answer.reply.text


def test_what_only_a_certification_has_is_asked_after_a_topic_of_the_one_that_is_held() -> None:
    question = a_question("does it expire", ("expire", "facet", "validity_renewal"), intent="follow_up")
    focus = Focus("topic", "return_to_work")
    holder, other = Profile(held=("p3o_foundation",)), Profile()

    told = answer_follow_up(question, Situation(KNOWLEDGE, holder, focus))
    asked = answer_follow_up(question, Situation(KNOWLEDGE, other, focus))

    assert told is not None
    assert told.focus is not None
    assert told.focus.id == "p3o_foundation"
    assert asked is not None
    assert asked.reply is not None
    assert asked.reply.kind is ReplyKind.CLARIFY


def test_what_is_held_is_not_asked_of_where_the_topic_is_about_another() -> None:
    question = a_question("how long is the exam", ("how long", "facet", "exam_duration"), intent="follow_up")
    holder = Situation(KNOWLEDGE, Profile(held=("prince2",)), Focus("topic", "p3o_or_aipmo"))

    told = answer_follow_up(question, holder)

    assert told is not None
    assert told.focus is not None
    assert told.focus.id == "p3o_foundation"


def test_what_is_asked_after_a_what_if_is_about_its_first_step() -> None:
    question = a_question("is it worth it", ("worth it", "facet", "worth"), intent="follow_up")

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(), Focus("what_if", "p3o_practitioner")))

    assert answer is not None
    assert answer.focus is not None
    assert answer.focus.id == "p3o_practitioner"


@pytest.mark.parametrize(
    ("profile", "said"), [(Profile(), ASKS_TITLE), (Profile(role="project_coordinator"), COUNTS_WORK)]
)
def test_a_title_that_is_known_is_not_asked_for_again(profile: Profile, said: str) -> None:
    answer = acknowledge(Situation(KNOWLEDGE, profile, None), profile)

    assert answer.reply is not None
    assert answer.reply.text == said


def test_a_grade_alone_is_asked_which_scheme_it_is_of() -> None:
    question = a_question("and practitioner?", ("practitioner", "grade", "practitioner"), intent="follow_up")

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(), Focus("level", "4")))

    assert answer is not None
    assert answer.reply is not None
    assert answer.reply.text.startswith("Which Practitioner do you mean: P3O Practitioner")
    assert len(answer.reply.choices) > 1


def test_a_grade_alone_is_of_the_scheme_before_a_detour() -> None:
    question = a_question("and practitioner?", ("practitioner", "grade", "practitioner"), intent="follow_up")
    trail = (Focus("certification", "aipmo_ipmo_f"),)

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(), Focus("level", "4"), trail))

    assert answer is not None
    assert answer.focus == Focus("certification", "aipmo_ipmo_p", (), answer.focus.offered if answer.focus else ())


@pytest.mark.parametrize("focus", [Focus("function", "reporting_dashboards"), Focus("role", "pmo_analyst")])
def test_what_only_a_certification_has_is_not_told_of_anything_else(focus: Focus) -> None:
    question = a_question("do i need one", ("do i need", "facet", "prerequisites"), intent="follow_up")

    assert answer_follow_up(question, Situation(KNOWLEDGE, Profile(), focus)) is None


def follow(text: str, *found: tuple[str, str, str], focus: Focus | None, trail: tuple[Focus, ...] = ()) -> Focus | None:
    """Return what the talk is about after a follow-up; None where it leaned on nothing."""
    question = a_question(text, *found, intent="follow_up")
    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(role="pmo_analyst"), focus, trail))
    return None if answer is None else answer.focus


@pytest.mark.parametrize(
    ("text", "found", "focus", "trail", "expected"),
    [
        ("and level 3", [("level 3", "level", "3")], Focus("level", "2", ("roles",)), (), ("level", "3")),
        ("its exam", [("exam", "facet", "exam")], P3O, (), ("certification", "p3o_foundation")),
        ("its exam", [("exam", "facet", "exam")], Focus("level", "2"), (P3O,), ("certification", "p3o_foundation")),
        ("practitioner", [("practitioner", "grade", "practitioner")], P3O, (), ("certification", "p3o_practitioner")),
        ("compare with prince2", [("prince2", "certification", "prince2")], P3O, (),
         ("comparison", "prince2,p3o_foundation")),
        ("in the uk", [("uk", "region", "uk")], RECOMMENDED, (), ("next_qualification", "p3o_foundation")),
    ],
    ids=["another level", "its exam", "its exam after a detour", "another grade", "compared", "asked again"],
)  # fmt: skip
def test_a_follow_up_takes_its_subject_from_the_talk(text, found, focus, trail, expected) -> None:
    after = follow(text, *found, focus=focus, trail=trail)

    assert after is not None
    assert (after.kind, after.id) == expected


def test_a_part_asked_of_one_level_is_told_of_the_next_one_too() -> None:
    after = follow("and level 3", ("level 3", "level", "3"), focus=Focus("level", "2", ("certifications",)))

    assert after is not None
    assert "certifications" in after.facets


def test_a_part_of_two_that_were_compared_is_asked_of_which() -> None:
    question = a_question("the exam", ("exam", "facet", "exam"), intent="follow_up")

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(), BOTH))

    assert answer is not None
    assert answer.reply is not None
    assert answer.reply.text == "Which of them do you mean?"


@pytest.mark.parametrize(
    ("text", "found", "focus"),
    [
        ("and then", [], None),
        ("and then", [], P3O),
        ("practitioner", [("practitioner", "grade", "practitioner")], None),
        ("practitioner", [("practitioner", "grade", "practitioner")], Focus("certification", "prince2")),
        ("the exam", [("exam", "facet", "exam")], Focus("assess_level", "2")),
        ("the exam", [("exam", "facet", "exam")], Focus("builder_grower", "mixed")),
    ],
    ids=["nothing before", "nothing said", "grade of nothing", "grade that it has not", "part of a level found",
         "part of a result"],
)  # fmt: skip
def test_what_leans_on_nothing_is_no_follow_up(text: str, found: list, focus: Focus | None) -> None:
    assert follow(text, *found, focus=focus) is None


@pytest.mark.parametrize(
    ("focus", "words"),
    [
        (Focus("assess_level", "2"), "Here is how I got there."),
        (RECOMMENDED, "I took you to be at level two."),
        (Focus("next_qualification", "gone"), "**P3O Foundation**: PeopleCert runs it now"),
        (P3O, "The article (about 2018) names P3O"),
        (None, "not sure what that refers to"),
        (Focus("topic", "gone"), "That is all I know about it"),
    ],
    ids=["a level", "a recommendation", "no longer recommended", "a fact", "nothing before", "nothing more"],
)
def test_why_gives_the_reasons_of_the_last_answer(focus: Focus | None, words: str) -> None:
    answer = answer_why(Situation(KNOWLEDGE, Profile(role="pmo_analyst"), focus))

    assert answer.reply is not None
    assert words in answer.reply.text


@pytest.mark.parametrize(
    ("focus", "about"),
    [(P3O, "certification"), (RECOMMENDED, "next_qualification"), (Focus("assess_level", "2"), None), (None, None)],
    ids=["a fact", "a recommendation", "a level", "nothing before"],
)
def test_more_goes_deeper_into_the_same_subject(focus: Focus | None, about: str | None) -> None:
    answer = answer_more(Situation(KNOWLEDGE, Profile(role="pmo_analyst"), focus))

    assert (answer is None) == (focus is None)
    if about is not None:
        assert answer is not None
        assert answer.focus is not None
        assert answer.focus.kind == about
        assert answer.focus.facets


def test_when_all_is_told_there_is_something_else_to_do() -> None:
    reply = all_told(KNOWLEDGE).reply

    assert reply is not None
    assert "all I know" in reply.text
    assert len(reply.choices) == 3


@pytest.mark.parametrize("url", [None, "https://example.org/a"], ids=["book", "page"])
def test_sources_are_listed_with_who_published_them_and_when(url: str | None) -> None:
    source = replace(next(iter(KNOWLEDGE.sources.values())), url=url)
    knowledge = replace(KNOWLEDGE, sources={source.id: source})

    reply = tell_sources(knowledge, (SourceLink(source.id, source.title),)).reply

    assert reply is not None
    assert [link.id for link in reply.sources] == [source.id]
    title = f"[{source.title}]({url})" if url else source.title
    assert f"- {title}, {source.publisher}, {source.date}" in reply.text


def test_talk_has_no_sources_and_says_so() -> None:
    reply = tell_sources(KNOWLEDGE, ()).reply

    assert reply is not None
    assert "no source" in reply.text
    assert reply.kind is ReplyKind.ANSWER


@pytest.mark.parametrize(
    ("text", "ordinal", "offered", "expected"),
    [
        ("the second", "2", OFFERED, OFFERED[1]),
        ("the last", "-1", OFFERED, OFFERED[2]),
        ("the ninth", "9", OFFERED, None),
        ("none of them", "0", OFFERED, None),
        ("why", None, OFFERED, OFFERED[1]),
        ("which level am i?", None, OFFERED, OFFERED[0]),
        ("something", None, OFFERED, None),
        ("the second", "2", (), None),
    ],
)
def test_a_choice_is_named_by_its_number_or_its_words(text, ordinal, offered, expected) -> None:
    question = a_question(text, *([(text, "ordinal", ordinal)] if ordinal else []))

    assert chosen(question, offered) == expected


def test_a_grade_that_the_scheme_of_the_talk_lacks_is_asked_about_and_not_taken_for_its_certification() -> None:
    question = a_question(
        "can i take practitioner without foundation",
        ("practitioner", "grade", "practitioner"),
        ("without foundation", "facet", "prerequisites"),
        intent="ask_certification",
    )

    answer = answer_question(question, Situation(KNOWLEDGE, Profile(), Focus("certification", "pmi_pmocp")))

    assert answer is not None
    assert answer.reply is not None
    assert answer.reply.kind is ReplyKind.CLARIFY


def test_why_when_all_was_told_says_so() -> None:
    focus = Focus("role", "pmo_analyst", ("told:reason", "told:work", "told:asks", "reason", "work", "asks"))

    answer = answer_why(Situation(KNOWLEDGE, Profile(), focus))

    assert answer.reply is not None
    assert answer.reply.text.startswith("That is all I know about it")


@pytest.mark.parametrize("focus", [Focus("topic", "raid_meaning"), Focus("next_qualification", "")])
def test_the_exam_of_nothing_in_particular_is_asked_of_which_certification(focus: Focus) -> None:
    question = a_question("is it open book", ("open book", "facet", "open_or_closed_book"), intent="follow_up")

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(), focus))

    assert answer is not None
    assert answer.reply is not None
    assert answer.reply.text.startswith("Which certification do you mean?")


def test_what_is_asked_after_a_topic_on_one_scheme_is_about_that_scheme() -> None:
    question = a_question("and who runs it", ("who runs", "facet", "owner"), intent="follow_up")

    answer = answer_follow_up(question, Situation(KNOWLEDGE, Profile(), Focus("topic", "pmo_or_p3o")))

    assert answer is not None
    assert answer.reply is not None
    assert "PeopleCert" in answer.reply.text


def test_a_grade_that_nothing_has_is_no_follow_up() -> None:
    assert follow("and wizard?", ("wizard", "grade", "wizard"), focus=Focus("level", "4")) is None


def test_a_long_list_of_sources_is_cut_and_says_where_the_rest_is() -> None:
    links = tuple(
        SourceLink(id=s.id, title=s.title, url=s.url, year=s.year) for s in list(KNOWLEDGE.sources.values())[:12]
    )

    answer = tell_sources(KNOWLEDGE, links)

    assert answer.reply is not None
    assert len(answer.reply.text.split()) <= 90
    assert "The others are under this answer." in answer.reply.text


def test_a_grade_that_no_certification_has_is_asked_of_which_certification() -> None:
    question = a_question("the wizard one", ("wizard", "grade", "wizard"), intent="ask_certification")

    answer = answer_question(question, Situation(KNOWLEDGE, Profile()))

    assert answer is not None
    assert answer.reply is not None
    assert answer.reply.text.startswith("Which certification do you mean?")


def test_a_level_names_few_sources_and_tells_the_others_when_asked() -> None:
    profile = Profile(role="pmo_analyst", level=Level.TWO)
    answer = assess_level(KNOWLEDGE, profile)
    assert answer.reply is not None
    further = further_sources(Situation(KNOWLEDGE, profile, answer.focus))
    told = tell_sources(KNOWLEDGE, answer.reply.sources, further).reply

    assert told is not None
    assert len(answer.reply.sources) <= 4 < len(told.sources)
    assert {link.id for link in told.sources} >= set(KNOWLEDGE.roles["pmo_analyst"].sources)
    assert told.sources[: len(answer.reply.sources)] == answer.reply.sources
