"""Answers about job titles: every role and facet is sound, and titles stay what they are, weak evidence."""

import pytest

from bot.coaching.role import answer_role, answer_roles_at_level, level_told
from bot.records import Basis, Level
from tests.coaching.checks import FACETS, KNOWLEDGE, assert_sound, words_of
from tests.factories import a_certification, a_level, a_role, some_knowledge

ROLES = list(KNOWLEDGE.roles)
BASIS_WORDS = (
    "article",
    "PMO Learning",
    "APMG",
    "common reading",
    "bodies",
    "my reading",
    "I read",
    "I treat",
    "We would",
)


def said(*roles, facets=()):
    return answer_role(KNOWLEDGE, roles, facets).reply.text


@pytest.mark.parametrize("facet", [None, *FACETS])
@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_sound(role, facet):
    answer = answer_role(KNOWLEDGE, (role,), (facet,) if facet else ())
    assert_sound(answer, words=100)
    assert answer.reply.sources
    assert (answer.focus.kind, answer.focus.id) == ("role", role)


@pytest.mark.parametrize("role", ROLES)
def test_the_level_is_told_with_its_basis_and_its_doubt(role):
    record, text = KNOWLEDGE.roles[role], said(role)
    assert "Titles are weak evidence" in text
    if record.level is None:
        assert "beside the PMO levels" in text
    else:
        assert f"**level {record.level.word}**" in text or f"**level-{record.level.word}**" in text
        assert any(words in text for words in BASIS_WORDS)
    if record.question:
        assert record.question in text
    for level in record.also:
        assert f"level {level.word}" in text


@pytest.mark.parametrize(
    ("basis", "opening"),
    [
        (Basis.ARTICLE, "The article says **level two**."),
        (Basis.CITED, "PMO trainers and professional bodies place it at **level two**."),
        (Basis.JUDGEMENT, "We would say **level two**, usually."),
    ],
)
def test_a_reason_that_names_no_level_gets_an_opening(basis, opening):
    assert level_told(a_role(basis=basis, reason="So it is.")) == f"{opening} So it is."


def test_a_delivery_role_stands_beside_the_levels():
    assert level_told(a_role(level=None, reason="It delivers.")) == "It stands beside the PMO levels. It delivers."
    assert level_told(a_role(level=None, summary="It stands beside the PMO levels.", reason="Yes.")) == "Yes."


def test_the_facets_of_a_role():
    assert said("pmo_analyst", facets=("level",)).startswith(
        "PMO Analyst is the article's own example of **level two**"
    )
    assert "Turn project data into reports" in said("pmo_analyst", facets=("work",))
    assert "A view across projects" in said("pmo_analyst", facets=("asks",))
    certifications = said("pmo_analyst", facets=("certifications",))
    assert "**P3O Foundation**" in certifications
    assert "The article says of no role that it requires a certificate." in certifications
    assert "PPSO Essentials" not in said("project_administrator", facets=("certifications",))


def test_a_level_without_certificates():
    text = answer_role(some_knowledge(), ("pmo_analyst",), ("certifications",)).reply.text
    assert "I know of no certificate for it." in text
    knowledge = some_knowledge(levels=[a_level(n, certifications=("p3o_foundation",)) for n in (1, 2, 3, 4)],
                               certifications=(a_certification(),))  # fmt: skip
    assert "**P3O Foundation**" in answer_role(knowledge, ("pmo_analyst",), ("certifications",)).reply.text


def test_two_roles_of_one_level_differ_by_their_work():
    text = said("pmo_lead", "pmo_manager")
    assert text.startswith("They are usually one level, **level three**, so the work is what differs:")
    assert "- A **PMO Lead** is more senior than an analyst" in text
    assert "What may settle it: Do you manage people" in text


def test_two_roles_of_two_levels_differ_by_their_level():
    text = said("pmo_analyst", "pmo_manager")
    assert "PMO Analyst is usually level two and PMO Manager is usually level three." in text


def test_delivery_roles_against_pmo_roles():
    assert "Project Manager stands beside the PMO levels" in said("project_manager", "pmo_manager")
    assert said("project_manager", "programme_manager").startswith("They all stand beside the PMO levels")
    assert "What may settle it" not in said("pmo_analyst", "planner")


@pytest.mark.parametrize("first", ROLES)
def test_every_pair_of_roles_is_sound(first):
    for second in ROLES:
        if second != first:
            assert_sound(answer_role(KNOWLEDGE, (first, second)))


def test_no_role_gives_all_of_them_by_level():
    answer = answer_role(KNOWLEDGE, ("unheard_of",))
    assert_sound(answer)
    assert all(role.title in answer.reply.text for role in KNOWLEDGE.roles.values())
    assert answer.reply.text.index("Level one") < answer.reply.text.index("Level four")
    assert answer.focus.id == ""
    assert "Beside" not in answer_role(some_knowledge()).reply.text


@pytest.mark.parametrize("level", list(Level))
def test_the_roles_of_a_level(level):
    answer = answer_roles_at_level(KNOWLEDGE, level)
    assert_sound(answer, words=110)
    here = [role.title for role in KNOWLEDGE.roles.values() if level in (role.level, *role.also)]
    assert here
    assert all(title in answer.reply.text for title in here)
    assert (answer.focus.kind, answer.focus.id) == ("level", str(int(level)))


def test_levels_three_and_four_are_named_together_with_the_articles_three_jobs():
    for level in (Level.THREE, Level.FOUR):
        text = answer_roles_at_level(KNOWLEDGE, level).reply.text
        for words in ("three and four", "programme offices", "portfolio offices", "enterprise-level PMOs"):
            assert words in text


def test_the_plain_answer_leaves_room_for_the_choices():
    assert max(words_of(said(role)) for role in ROLES) <= 95
