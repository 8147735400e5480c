"""Answers about certifications that a PMO leader adds: what the present content does not have must read well too."""

import re

import pytest

from bot.coaching.certification import answer_certification
from bot.records import CertificationStatus, Confidence, FactStatus, Level, Prerequisite, PrerequisiteKind
from tests.factories import a_body, a_certification, a_fact, a_source, some_knowledge


def answered(certification, *facets, **told):
    knowledge = some_knowledge(certifications=(certification, a_certification("heir", family="other")))
    return answer_certification(knowledge, certification.id, facets, **told).reply


def test_a_certification_of_which_nothing_is_known():
    bare = a_certification("p3o_foundation", caution=None)
    assert answered(bare).text.startswith("**P3O Foundation**")
    assert "I don't know who stands behind" in answered(bare, "owner").text
    assert "I found no official word" in answered(bare, "audience").text
    assert "I found no syllabus" in answered(bare, "content").text
    assert answered(bare, "status").text.startswith("**It is still there, as far as I can see.**")
    assert answered(bare, "exam").text.startswith("I don't know: I found no exam rules")
    assert answered(bare, "owner", "level").text.count("not known to me") == 1
    assert answered(bare, "worth").text.startswith("**It can be")


def test_a_fact_in_one_word_is_told_as_nothing_first():
    free = a_certification(facts=(a_fact("prerequisites", value="None"),))
    assert answered(free, "prerequisites").text.startswith("**Nothing.**")
    other = a_certification(facts=(a_fact("prerequisites", value="A degree. Two years help"),))
    assert answered(other, "prerequisites").text.startswith("**A degree.** Two years help.")


def test_a_requirement_after_a_required_certification():
    needed = (Prerequisite("heir", PrerequisiteKind.REQUIRED),)
    short = a_certification(prerequisites=needed, requirement="A pass in Heir.")
    assert answered(short, "prerequisites").text.startswith("You need **Heir** first. Check")
    long = a_certification(prerequisites=needed, requirement="Two years of work in an office. A degree helps.")
    assert "You need **Heir** first. Two years of work" in answered(long, "prerequisites").text
    assert "- **Comes first:** Heir" in answered(short, "prerequisites", "level").text


def test_a_replaced_certification_without_a_successor():
    gone = a_certification(status=CertificationStatus.SUPERSEDED, caution="It was closed.")
    assert answered(gone).text.startswith("It has gone.")
    assert answered(gone, "status").text.startswith("**It has gone.** It was closed.")
    assert "it has gone" in answered(gone, "worth").text
    assert "not as a new choice" in answered(gone, "worth", "level").text


def test_an_unclear_certification_of_an_unknown_body():
    unclear = a_certification(status=CertificationStatus.UNCLEAR)
    assert answered(unclear, "status").text.startswith("**I could not confirm that P3O Foundation runs today.** Ask")
    assert "whether it runs at present is unclear" in answered(unclear).text


def test_a_renamed_certification_whose_new_name_is_unknown_or_sure():
    renamed = a_certification(status=CertificationStatus.RENAMED, body="peoplecert", caution="See its new page.")
    assert answered(renamed, "status").text.startswith(
        "**It still exists, but the name has changed.** Peoplecert runs it now."
    )
    assert "Peoplecert runs it now. See its new page." in answered(renamed).text
    named = a_certification(status=CertificationStatus.RENAMED, facts=(a_fact("new_name", value="P4O"),))
    assert "Its name now: P4O." in answered(named, "name").text
    noted = a_certification(
        status=CertificationStatus.RENAMED, facts=(a_fact("new_name", value="P4O", note="Since May."),)
    )
    assert "Its name now: P4O. Since May." in answered(noted, "status").text


@pytest.mark.parametrize("status", list(CertificationStatus))
def test_the_status_answers_alive_and_dead_alike(status):
    """ "Is it true P3O is dead?" must not be told "Yes, but the name has changed"."""
    text = answered(a_certification(status=status), "status").text
    assert not re.match(r"\W*(?:yes|no)\b", text, re.IGNORECASE)


def test_a_certification_on_no_level():
    nowhere = a_certification(levels=(), status=CertificationStatus.NOT_FOUND)
    assert answered(nowhere, "level").text.startswith("**P3O Foundation**")
    homeless = a_certification(levels=(), level_reason="I place nothing.", facts=(a_fact("study_time"),))
    assert answered(homeless, "level").text == "**No level.** I place nothing."
    assert "none that I would name" in answered(homeless, "level", "study_time").text


def test_years_of_several_sources():
    facts = (a_fact("exam_format", year=2013), a_fact("pass_mark", value="50 %", year=2020))
    text = answered(a_certification(facts=facts), "exam").text
    assert "(2013)" in text
    assert "(2020)" in text
    undated = a_certification(
        facts=(a_fact("exam_format", year=None, sources=()), a_fact("pass_mark", year=None, sources=()))
    )
    assert "My sources for this carry no date" in answered(undated, "exam").text
    by_source = some_knowledge(
        sources=(a_source(year=2019),),
        certifications=(a_certification(facts=(a_fact("pass_mark", year=None),)),),
    )
    assert "as of 2019" in answer_certification(by_source, "p3o_foundation", ("pass_mark",)).reply.text


def test_a_weak_fact_is_told_as_a_trace():
    weak = a_certification(facts=(a_fact("pass_mark", value="Half", confidence=Confidence.LOW),))
    assert answered(weak, "pass_mark").text.startswith("I don't know for certain")
    assert "half" in answered(weak, "pass_mark").text


def test_a_disputed_fact_says_so_in_a_list():
    fact = a_fact("pass_mark", value="Half", status=FactStatus.DISPUTED)
    assert "half (2018, sources differ)" in answered(a_certification(facts=(fact,)), "pass_mark", "level").text


def test_subjects_beside_the_pmo_are_named_so():
    beside = a_certification(about="risk", levels=(Level.ONE,))
    assert "It is about risk, so it serves a PMO career from the side." in answered(beside, "worth").text


def test_a_body_that_says_nothing_of_changes():
    unclear = a_certification(status=CertificationStatus.UNCLEAR, body="aipmo")
    knowledge = some_knowledge(bodies=(a_body("aipmo"),), certifications=(unclear,))
    text = answer_certification(knowledge, unclear.id, ("status",)).reply.text
    assert text.endswith("Ask PeopleCert (peoplecert.org), and ask too whether it runs at present.")
