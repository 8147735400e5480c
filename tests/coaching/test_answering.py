"""A question is answered by its intent and what it names; what it leaves out comes from the talk, or is asked."""

import pytest

from bot.coaching.answer import Answer
from bot.coaching.answering import answer_question, of_grade, subject
from bot.coaching.situation import Situation
from bot.records import Focus, Level, Mention, Profile, Question, ReplyKind
from tests.coaching.checks import KNOWLEDGE, assert_sound, named

P3O = Focus("certification", "p3o_foundation")
BOTH = Focus("comparison", "p3o_foundation,prince2")
NEXT = Focus("next_qualification", "p3o_practitioner", offered=("p3o_practitioner", "msp"))
ANALYST = Profile(role="pmo_analyst", level=Level.TWO)


def asked(intent: str, *found: tuple[str, str], text: str = "", topic: str | None = None) -> Question:
    """Return a question that names what was found."""
    return Question(text, intent, 1.0, topic, tuple(Mention(entity, value, text, 0, 0) for entity, value in found))


def answer_to(question: Question, *, focus: Focus | None = None) -> Answer:
    answer = answer_question(question, Situation(KNOWLEDGE, Profile(), focus))
    assert answer is not None
    assert_sound(answer)
    return answer


def test_what_is_no_question_of_the_domain_has_no_answer() -> None:
    assert answer_question(asked("greet"), Situation(KNOWLEDGE, Profile())) is None


@pytest.mark.parametrize(
    ("question", "focus", "ids"),
    [
        (asked("ask_level", ("level", "3")), Focus("level", "2"), ("3",)),
        (asked("ask_level"), Focus("level", "2,3"), ("2", "3")),
        (asked("ask_level"), Focus("level", ""), ()),
        (asked("ask_level"), P3O, ()),
        (asked("ask_level"), None, ()),
    ],
    ids=["named", "of the talk", "of an overview", "of another kind", "nothing before"],
)
def test_subject_is_what_is_named_else_what_the_talk_is_about(
    question: Question, focus: Focus | None, ids: tuple[str, ...]
) -> None:
    assert subject(question, "level", focus) == ids


@pytest.mark.parametrize(
    ("question", "focus", "kind", "ids"),
    [
        (asked("ask_certification", ("certification", "prince2")), P3O, "certification", "prince2"),
        (asked("ask_certification", ("facet", "exam")), P3O, "certification", "p3o_foundation"),
        (asked("ask_certification", ("facet", "exam")), NEXT, "certification", "p3o_practitioner"),
        (asked("ask_certification", ("grade", "practitioner")), P3O, "certification", "p3o_practitioner"),
        (asked("ask_certification", ("certifications", "msp,mop")), P3O, "comparison", "msp,mop"),
        (asked("ask_certification", ("certification", "gone"), ("body", "body_apm")), None, "body", "body_apm"),
    ],
    ids=["named", "of the talk", "recommended", "another grade", "listed", "of a body"],
)
def test_a_certification_is_the_one_named_else_the_one_of_the_talk(
    question: Question, focus: Focus | None, kind: str, ids: str
) -> None:
    found = answer_to(question, focus=focus).focus

    assert found is not None
    assert (found.kind, found.id) == (kind, ids)


@pytest.mark.parametrize(
    "question",
    [
        asked("ask_certification"),
        asked("ask_certification", ("certification", "gone")),
        asked("compare_certifications"),
        asked("ask_topic", topic="gone"),
        asked("ask_topic"),
    ],
    ids=["none named", "one that is gone", "nothing to compare", "a topic that is gone", "no topic"],
)
def test_a_certification_that_nobody_named_is_asked_for(question: Question) -> None:
    reply = answer_to(question).reply

    assert reply is not None
    assert reply.kind is ReplyKind.CLARIFY
    assert "Which certification do you mean?" in reply.text


def test_a_part_of_two_that_were_compared_is_asked_of_which() -> None:
    reply = answer_to(asked("ask_certification", ("facet", "exam")), focus=BOTH).reply

    assert reply is not None
    assert reply.text == "Which of them do you mean?"
    assert [choice.title for choice in reply.choices] == [named("certification", id) for id in BOTH.id.split(",")]
    assert all('"facet": "exam"' in choice.payload for choice in reply.choices)


def test_a_name_without_its_grade_is_told_as_the_family() -> None:
    bare = answer_to(asked("ask_certification", ("certification", "p3o_foundation"), text="P3O")).reply
    graded = answer_to(asked("ask_certification", ("certification", "p3o_foundation"), text="P3O Foundation")).reply

    assert bare is not None
    assert graded is not None
    assert bare.text != graded.text


@pytest.mark.parametrize(("entry", "found"), [("p3o_foundation", ("p3o_practitioner",)), ("gone", ())])
def test_the_same_scheme_has_another_grade_or_none(entry: str, found: tuple[str, ...]) -> None:
    assert of_grade(KNOWLEDGE, entry, "practitioner") == found


@pytest.mark.parametrize(
    ("question", "focus", "ids"),
    [
        (asked("compare_certifications", ("certification", "prince2")), P3O, "prince2,p3o_foundation"),
        (asked("compare_certifications", ("certification", "msp")), NEXT, "msp,p3o_practitioner"),
        (asked("compare_certifications", ("certification", "p3o_foundation")), None, "p3o_foundation,p3o_practitioner"),
        (asked("compare_certifications"), BOTH, BOTH.id),
        (asked("compare_certifications"), NEXT, "p3o_practitioner,msp"),
    ],
    ids=["with the one of the talk", "with what was recommended", "in its own scheme", "the same again", "the offered"],
)
def test_a_comparison_takes_what_is_missing_from_the_talk(question: Question, focus: Focus | None, ids: str) -> None:
    found = answer_to(question, focus=focus).focus

    assert found is not None
    assert (found.kind, found.id) == ("comparison", ids)


def test_what_has_nothing_beside_it_is_told_alone() -> None:
    found = answer_to(asked("compare_certifications", ("certification", "prince2"))).focus

    assert found is not None
    assert (found.kind, found.id) == ("certification", "prince2")


def test_two_roles_are_compared_as_roles() -> None:
    found = answer_to(asked("compare_certifications", ("role", "pmo_lead"), ("role", "pmo_manager"))).focus

    assert found is not None
    assert found.kind == "role"


@pytest.mark.parametrize(
    ("question", "focus", "kind"),
    [
        (asked("ask_awarding_body", ("facet", "exam")), P3O, "certification"),
        (asked("ask_awarding_body"), P3O, "certification"),
        (asked("ask_awarding_body", ("body", "body_apm")), P3O, "body"),
        (asked("ask_awarding_body"), Focus("body", "body_apm"), "body"),
    ],
    ids=["what no body has", "whose it is", "named", "of the talk"],
)
def test_a_body_without_a_name_is_that_of_the_certification(question: Question, focus: Focus | None, kind: str) -> None:
    found = answer_to(question, focus=focus).focus

    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    ("question", "focus", "words"),
    [
        (asked("ask_role", ("level", "3"), ("level", "9")), None, "levels three"),
        (asked("ask_role", ("role", "pmo_lead")), None, named("role", "pmo_lead")),
        (asked("ask_role"), Focus("role", "pmo_lead"), named("role", "pmo_lead")),
        (asked("ask_level", ("role", "pmo_lead")), None, "level three"),
        (asked("ask_level"), Focus("level", "3"), "evel three"),
        (asked("ask_level", ("ladder", "sfia")), Focus("level", "3"), "SFIA"),
        (asked("ask_pmo_kind"), Focus("kind", "project_office"), named("kind", "project_office")),
        (asked("ask_function", ("function", "governance")), None, named("function", "governance")),
        (asked("ask_insight"), Focus("insight", "2"), named("insight", "2")),
        (asked("ask_topic", topic="four_levels_overview"), None, "level"),
    ],
    ids=["roles of a level", "role", "role of the talk", "level of a role", "level of the talk", "another ladder",
         "kind", "function", "insight", "topic"],
)  # fmt: skip
def test_a_question_is_answered_about_its_subject(question: Question, focus: Focus | None, words: str) -> None:
    reply = answer_to(question, focus=focus).reply

    assert reply is not None
    assert words.casefold() in reply.text.casefold()


@pytest.mark.parametrize(
    ("question", "profile", "focus", "form"),
    [
        (asked("assess_level"), Profile(), None, "level_form"),
        (asked("assess_level", ("form", "yes")), ANALYST, None, "level_form"),
        (asked("assess_level"), ANALYST, None, None),
        (asked("assess_level", ("ladder", "sfia")), Profile(), None, None),
        (asked("next_qualification"), Profile(), None, "qualification_form"),
        (asked("next_qualification", ("form", "yes")), ANALYST, None, "qualification_form"),
        (asked("next_qualification"), ANALYST, None, None),
        (asked("next_qualification"), Profile(), Focus("next_qualification", ""), None),
        (asked("next_qualification", ("level", "2")), Profile(), None, None),
        (asked("find_builder_or_grower"), Profile(), None, "builder_grower_form"),
        (asked("check_insights"), ANALYST, None, "insights_form"),
    ],
    ids=["level unknown", "level asked for", "level known", "another ladder", "nothing known", "form asked for",
         "enough known", "under way", "of a level", "builder or grower", "insights"],
)  # fmt: skip
def test_a_form_begins_where_too_little_is_known_or_it_was_asked_for(
    question: Question, profile: Profile, focus: Focus | None, form: str | None
) -> None:
    answer = answer_question(question, Situation(KNOWLEDGE, profile, focus))

    assert answer is not None
    assert answer.start == form
    assert (answer.reply is None) == (form is not None)
