""" "Tell me more" goes on until all is told, never tells a thing twice and always ends."""

import pytest

from bot.coaching.certification import answer_certification
from bot.coaching.comparison import answer_comparison
from bot.coaching.entries import answer_function, answer_insight, answer_kind, answer_topic, more
from bot.coaching.level_answer import answer_level
from bot.coaching.role import answer_role
from bot.records import CertificationStatus, Focus
from tests.coaching.checks import KNOWLEDGE, assert_sound
from tests.factories import a_certification, some_knowledge

MOST_PAGES = 8


def pages(answer, knowledge=KNOWLEDGE):
    """Return all that "Tell me more" gives after an answer."""
    told = []
    while (answer := more(knowledge, answer.focus)) is not None:
        told.append(answer)
        assert len(told) <= MOST_PAGES
    return told


def texts(answer):
    return "\n".join(page.reply.text for page in pages(answer))


def assert_well_told(answer, *, words=130):
    told = pages(answer)
    for page in told:
        assert_sound(page, words=words)
        assert page.reply.sources or page.focus.kind == "topic"
    for page in told[:-1]:
        assert page.reply.choices[0].title == "Tell me more"
    if told:
        assert "Tell me more" not in [choice.title for choice in told[-1].reply.choices]
    lines = [line for page in told for line in page.reply.text.splitlines() if line.startswith("- **")]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("certification", list(KNOWLEDGE.certifications))
def test_more_of_a_certification(certification):
    answer = answer_certification(KNOWLEDGE, certification)
    assert_well_told(answer)
    record = KNOWLEDGE.certifications[certification]
    if record.article:
        assert record.article.splitlines()[0] in texts(answer)
    for field in ("audience", "criticism", "guide_edition", "use_case"):
        fact = record.fact(field)
        if fact and fact.value:
            assert fact.value[1:40] in texts(answer)


def test_more_after_the_exam_does_not_tell_the_exam_again():
    answer = answer_certification(KNOWLEDGE, "p3o_foundation", ("exam",))
    assert "60 minutes" not in texts(answer)
    assert "50 %" in texts(answer_certification(KNOWLEDGE, "p3o_foundation", ("exam_format",)))


def test_more_of_exam_rules_ends_with_whom_to_check_with():
    assert "Check with PeopleCert (peoplecert.org) before you book." in texts(
        answer_certification(KNOWLEDGE, "prince2")
    )
    assert "All of that is history now." in texts(answer_certification(KNOWLEDGE, "bcs_ppso_advanced"))


def test_more_of_a_superseded_certification_offers_its_successor():
    titles = {
        c.title for page in pages(answer_certification(KNOWLEDGE, "bcs_ppso_advanced")) for c in page.reply.choices
    }
    assert "Essentials for PMO Managers" in titles
    assert not any(title.startswith("PPSO Advanced or") for title in titles)


def test_more_of_a_certification_without_rival_or_level():
    lone = a_certification(article="The article names it.", status=CertificationStatus.NOT_FOUND, levels=())
    knowledge = some_knowledge(certifications=(lone,))
    [page] = pages(answer_certification(knowledge, lone.id), knowledge)
    assert page.reply.text == "The article names it."
    assert [choice.title for choice in page.reply.choices] == ["What should I take next?"]


@pytest.mark.parametrize(
    "ids", [("p3o_foundation", "aipmo_ipmo_f"), ("prince2", "pmi_pmp", "apm_pmq", "msp"), ("agile_pmo", "agilepm")]
)
def test_more_of_a_comparison_gives_the_reasons(ids):
    answer = answer_comparison(KNOWLEDGE, ids)
    assert_well_told(answer)
    for certification in ids:
        assert KNOWLEDGE.certifications[certification].level_reason in texts(answer)


@pytest.mark.parametrize("role", list(KNOWLEDGE.roles))
def test_more_of_a_role(role):
    answer = answer_role(KNOWLEDGE, (role,))
    assert_well_told(answer)
    level = KNOWLEDGE.roles[role].level
    assert bool(pages(answer)) == (level is not None)
    if level:
        assert KNOWLEDGE.levels[level].work[0] in texts(answer)


def test_more_of_two_roles_gives_why_each_has_its_level():
    text = texts(answer_role(KNOWLEDGE, ("pmo_lead", "pmo_manager")))
    assert "with no team or budget you stand between two and three" in text
    assert "Managing a PMO is the common reading" in text
    assert "Work of level" not in text


@pytest.mark.parametrize("kinds", [(kind,) for kind in KNOWLEDGE.kinds] + [("project_office", "programme_office")])
def test_more_of_kinds_gives_the_article_and_since(kinds):
    answer = answer_kind(KNOWLEDGE, kinds)
    assert_well_told(answer)
    everything = f"{answer.reply.text}\n{texts(answer)}"
    for kind in kinds:
        for said in (KNOWLEDGE.kinds[kind].article, KNOWLEDGE.kinds[kind].since):
            assert said is None or said in everything


@pytest.mark.parametrize("number", list(KNOWLEDGE.insights))
def test_more_of_an_insight_gives_article_since_and_question(number):
    answer = answer_insight(KNOWLEDGE, (number,))
    assert_well_told(answer)
    insight = KNOWLEDGE.insights[number]
    everything = f"{answer.reply.text}\n{texts(answer)}"
    assert insight.question[1:] in everything
    assert all(line.strip() in everything for line in (insight.article + "\n" + insight.since).splitlines())


@pytest.mark.parametrize("level", ["1", "2", "3", "4"])
def test_more_of_a_level(level):
    assert_well_told(answer_level(KNOWLEDGE, (level,)))
    assert "Since the article" in texts(answer_level(KNOWLEDGE, (level,)))


@pytest.mark.parametrize("topic", list(KNOWLEDGE.topics))
def test_more_of_a_topic_once(topic):
    answer = answer_topic(KNOWLEDGE, topic)
    assert_well_told(answer)
    assert len(pages(answer)) == (1 if KNOWLEDGE.topics[topic].more else 0)


def test_more_of_the_overviews_is_in_their_topics():
    for answer in (
        answer_level(KNOWLEDGE),
        answer_kind(KNOWLEDGE),
        answer_function(KNOWLEDGE),
        answer_insight(KNOWLEDGE),
    ):
        assert_well_told(answer)
        assert len(pages(answer)) == 1
        assert more(some_knowledge(), answer.focus) is None


@pytest.mark.parametrize("kind", ["body", "function", "next_qualification", "assess_level"])
def test_there_is_no_more_where_nothing_is_left(kind):
    assert more(KNOWLEDGE, Focus(kind, "governance")) is None


def test_an_unknown_subject_has_no_more():
    assert more(KNOWLEDGE, Focus("role", "")) is None
