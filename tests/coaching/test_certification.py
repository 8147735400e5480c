"""Answers about certifications: right for every certification and facet, and as a coach would say the telling ones."""

import itertools
import re

import pytest

from bot.coaching.certification import answer_certification, names_grade
from bot.coaching.certification_facts import EXAM
from bot.records import (
    CertificationStatus,
    Confidence,
    FactStatus,
)
from tests.coaching.checks import FACETS, KNOWLEDGE, assert_sound, words_of

CERTIFICATIONS = list(KNOWLEDGE.certifications)
DATED = (*EXAM, "validity_renewal")


def said(certification, *facets, **told):
    return answer_certification(KNOWLEDGE, certification, facets, **told).reply.text


@pytest.mark.parametrize("facet", [None, *FACETS])
@pytest.mark.parametrize("certification", CERTIFICATIONS)
def test_every_answer_is_sound_and_names_a_source_or_whom_to_ask(certification, facet):
    answer = answer_certification(KNOWLEDGE, certification, (facet,) if facet else ())
    assert_sound(answer)
    assert (
        answer.reply.sources
        or re.search(r"\bask\b", answer.reply.text, re.IGNORECASE)
        or "There is no" in answer.reply.text
    )
    assert answer.focus.kind == "certification"
    assert answer.focus.id == certification


@pytest.mark.parametrize("certification", CERTIFICATIONS)
def test_the_plain_answer_leaves_room_for_the_choices(certification):
    assert words_of(said(certification)) <= 90
    assert words_of(said(certification, family_mention=True)) <= 95
    assert_sound(answer_certification(KNOWLEDGE, certification, family_mention=True))


@pytest.mark.parametrize("certification", CERTIFICATIONS)
def test_pairs_of_facets_are_answered_together(certification):
    for facets in itertools.combinations(FACETS, 2):
        assert_sound(answer_certification(KNOWLEDGE, certification, facets))


@pytest.mark.parametrize("certification", CERTIFICATIONS)
def test_all_that_is_asked_of_entry_fits_a_message(certification):
    facets = ("prerequisites", "exam", "study_time", "owner", "level")
    assert_sound(answer_certification(KNOWLEDGE, certification, facets))


@pytest.mark.parametrize("field", [*EXAM, "validity_renewal", "study_time", "prerequisites"])
@pytest.mark.parametrize("certification", CERTIFICATIONS)
def test_an_unknown_never_shows_a_value_and_a_known_one_is_shown(certification, field):
    record = KNOWLEDGE.certifications[certification]
    fact = record.fact(field)
    text = said(certification, field)
    if record.status in (CertificationStatus.NOT_FOUND, CertificationStatus.NOT_A_CERTIFICATE):
        assert not re.search(r"\d+ (?:questions|minutes|%)", text)
    elif field == "prerequisites" and record.requirement:
        assert not text.startswith("I don't know")
    elif fact is None or fact.value is None:
        assert text.startswith("I don't know")
        assert "Ask " in text
        opening = text.replace(record.name, "").partition(". ")[0]
        assert fact is None or fact.status is FactStatus.DISPUTED or not re.search(r"\d", opening)
    elif fact.confidence is Confidence.LOW:
        assert text.startswith("I don't know for certain")
    elif field in EXAM:
        assert fact.value.partition(". ")[0].rstrip(".") in text


@pytest.mark.parametrize("field", DATED)
@pytest.mark.parametrize("certification", CERTIFICATIONS)
def test_exam_and_validity_facts_carry_their_year_and_whom_to_check_with(certification, field):
    record = KNOWLEDGE.certifications[certification]
    fact = record.fact(field)
    if fact is None or fact.value is None or fact.confidence is Confidence.LOW:
        return
    if record.status is CertificationStatus.NOT_A_CERTIFICATE:
        return
    text = said(certification, field)
    assert re.search(r"\b(?:19|20)\d\d\b|a source without a date", text)
    assert "before you book" in text or "history" in text
    assert record.ask in text


@pytest.mark.parametrize(
    ("certification", "successor"),
    [
        ("bcs_ppso_essentials", "Essentials for PMO Administrators"),
        ("bcs_ppso_advanced", "Essentials for PMO Managers"),
    ],
)
def test_a_superseded_certification_names_its_successor_first(certification, successor):
    answer = answer_certification(KNOWLEDGE, certification)
    assert successor in answer.reply.text.splitlines()[0]
    assert answer.reply.choices[0].title == successor
    assert said(certification, "status").startswith(f"**It has gone; look at {successor} instead.**")
    for facet in ("exam", "prerequisites", "study_time", "validity_renewal", "booking", "worth"):
        assert successor in said(certification, facet)


def test_p3o_foundation_tells_what_for_level_owner_then_and_now():
    text = said("p3o_foundation")
    for words in (
        "portfolio, programme and project offices",
        "level two",
        "AXELOS",
        "about 2018",
        "PeopleCert",
        "PRINCE2",
    ):
        assert words in text


def test_the_exam_of_p3o_foundation_is_told_whole():
    text = said("p3o_foundation", "exam")
    for words in ("75 multiple-choice", "60 minutes", "35 out of 70", "closed book", "2013", "check with PeopleCert"):
        assert words in text


def test_p3o_practitioner_needs_foundation():
    assert said("p3o_practitioner", "prerequisites").startswith("You need **P3O Foundation** first.")


def test_p3o_practitioner_says_at_once_what_comes_first():
    assert "You need P3O Foundation first." in said("p3o_practitioner")
    assert "You need" not in said("bcs_ppso_advanced")


def test_renewal_tells_that_sources_differ_and_whom_to_follow():
    text = said("p3o_foundation", "validity_renewal")
    assert "Sources differ" in text
    assert "I follow the owner" in text


def test_ipmo_expert_questions_and_pass_mark_are_not_invented():
    text = said("aipmo_ipmo_e", "exam_format", "pass_mark")
    assert text.startswith("I don't know")
    assert "won't guess" in text
    assert "I don't know the pass mark" in text
    assert "ask too whether it runs at present" in text
    choices = answer_certification(KNOWLEDGE, "aipmo_ipmo_e", ("exam_format", "pass_mark")).reply.choices
    assert "Alternatives at level four" in [choice.title for choice in choices]


def test_two_unknown_facets_are_one_sentence():
    text = said("aipmo_ipmo_f", "exam_duration", "study_time")
    assert text.startswith("I don't know: I found no exam length or study time for IPMO-Foundation")


def test_contradicting_sources_are_not_quoted():
    assert said("pmi_pmocp", "exam").startswith("I don't know the exam rules of PMI-PMOCP for certain.")
    assert "- **Exam format:** sources contradict each other" in said("pmi_pmocp", "exam_format", "prerequisites")


def test_a_part_of_the_exam_says_more_than_the_word_exam():
    assert said("p3o_foundation", "exam", "pass_mark") == said("p3o_foundation", "pass_mark")


def test_the_word_certificate_is_no_question_of_its_own():
    assert said("p3o_foundation", "certifications") == said("p3o_foundation")
    assert said("p3o_foundation", "certifications", "worth") == said("p3o_foundation", "worth")
    assert said("p3o_foundation", "roles") == said("p3o_foundation", "audience")


def test_several_facets_come_in_the_order_asked():
    text = said("p3o_practitioner", "study_time", "prerequisites", "exam_duration")
    assert text.index("Study time") < text.index("Comes first") < text.index("Exam length")


@pytest.mark.parametrize("typed", ["P30", "p3-0 found", "p 30 exam"])
def test_a_zero_is_put_right_once(typed):
    for facets in ((), ("exam",), ("pass_mark",), ("worth",)):
        text = said("p3o_foundation", *facets, typed=typed)
        assert text.count("letter O, not a zero") == (1 if "P3O" in text else 0)
    assert "**P3O Practitioner** (letter O, not a zero)" in said("p3o_practitioner", typed="p30 prac")


def test_no_zero_no_lesson():
    assert "zero" not in said("p3o_practitioner", "exam", typed="p3o prac")


def test_the_bare_scheme_offers_both_certificates():
    answer = answer_certification(KNOWLEDGE, "p3o_foundation", family_mention=True, typed="p3o")
    assert answer.reply.text.startswith("**P3O** is a scheme of two certificates:")
    assert [choice.title for choice in answer.reply.choices] == [
        "P3O Foundation",
        "P3O Practitioner",
        "What is the difference?",
    ]


def test_a_facet_of_the_bare_scheme_offers_the_same_of_the_other():
    answer = answer_certification(KNOWLEDGE, "p3o_foundation", ("exam",), family_mention=True, typed="p3o")
    assert answer.reply.choices[0].title == "And P3O Practitioner?"
    assert '"facet": "exam"' in answer.reply.choices[0].payload


@pytest.mark.parametrize(
    ("certification", "typed"),
    [
        ("p3o_practitioner", "p3o"),
        ("hop_essentials_analysts", "essentials for pmo analysts"),
        ("hop_essentials_administrators", "essentials for pmo admins"),
        ("p3o_foundation", "p3o f"),
        ("p3o_foundation", "p3o fnd"),
        ("pmi_pmp", "pmp"),
        ("prince2", "prince2"),
    ],
)
def test_what_names_one_certificate_is_not_the_scheme(certification, typed):
    assert said(certification, family_mention=True, typed=typed) == said(certification)


@pytest.mark.parametrize("typed", ["ppso", "bcs ppso", "hop essentials", "", "house of pmo essentials"])
def test_a_bare_name_names_no_grade(typed):
    for certification in ("bcs_ppso_essentials", "hop_essentials_administrators"):
        if certification.startswith("bcs") and "essentials" in typed:
            continue
        assert not names_grade(KNOWLEDGE.certifications[certification], typed)


def test_ppso_the_scheme_is_told_as_gone():
    text = said("bcs_ppso_essentials", family_mention=True, typed="ppso")
    assert text.startswith("**PPSO** was a scheme")
    assert "Essentials for PMO Managers" in text


def test_what_does_not_exist_is_said_first():
    text = said("agile_pmo", "exam")
    assert "I found no certificate of this name" in text
    assert "Ask " in text


def test_the_framework_has_no_exam():
    assert said("hop_competency_framework", "exam").startswith("**No exam:")
    assert said("hop_competency_framework", "pass_mark").startswith("There is no exam.")
    assert said("hop_competency_framework", "status").startswith("**It is still there, but it is not a certificate.**")
    assert "not a certificate" in said("hop_competency_framework", "study_time", "validity_renewal")
    assert "does not apply" in said("hop_competency_framework", "validity_renewal", "prerequisites")


def test_prices_and_pass_rates_are_never_told():
    for certification in CERTIFICATIONS:
        if KNOWLEDGE.certifications[certification].status is not CertificationStatus.NOT_FOUND:
            assert said(certification, "price").startswith("I don't quote prices")
            assert said(certification, "pass_rate").startswith("I don't know: I have no pass rate")


def test_worth_is_a_judgement_without_a_promise():
    assert said("p3o_foundation", "worth").startswith("**It can be, if you serve or analyse several projects")
    assert "No certificate promises" in said("p3o_foundation", "worth")
    assert said("aipmo_ipmo_e", "worth").startswith("**Only once you know that it runs")
    assert said("bcs_ppso_essentials", "worth").startswith("**Not as a new choice")


def test_sources_are_those_of_what_is_stated():
    answer = answer_certification(KNOWLEDGE, "p3o_foundation", ("pass_mark",))
    fact = KNOWLEDGE.certifications["p3o_foundation"].fact("pass_mark")
    assert tuple(source.id for source in answer.reply.sources) == fact.sources
    assert answer_certification(KNOWLEDGE, "p3o_foundation", ("price",)).reply.sources == ()


def test_offers_leave_out_what_was_just_told():
    titles = {choice.title for choice in answer_certification(KNOWLEDGE, "p3o_foundation", ("exam",)).reply.choices}
    assert "What is the exam like?" not in titles
    assert "What comes first?" in titles
