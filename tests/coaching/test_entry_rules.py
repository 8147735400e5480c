"""Numbers are read from the content's words, and nothing is read where it says that there is no rule."""

import pytest

from bot.coaching.entry_rules import course_days, months_asked, months_valid, renewal_due, stands_in, study_fact
from tests.coaching.checks import KNOWLEDGE
from tests.factories import a_certification, a_fact

BY_ID = KNOWLEDGE.certifications


def read(rule):
    return {i: value for i, c in BY_ID.items() if (value := rule(c)) is not None}


def test_months_asked_are_those_of_the_four_with_such_a_rule():
    assert read(months_asked) == {"pmi_pmocp": 36, "pmi_pmp": 36, "pmi_pgmp": 48, "pmi_pfmp": 96}


def test_months_valid_are_those_of_the_renewal_facts():
    assert read(months_valid) == dict.fromkeys(
        ["p3o_foundation", "p3o_practitioner", "prince2", "msp", "mop", "m_o_r", "pmi_pgmp", "pmi_pfmp"], 36
    )


def test_course_days_are_those_of_the_study_facts():
    assert read(course_days) == {
        "hop_essentials_administrators": 3, "hop_essentials_managers": 3, "hop_essentials_directors": 2,
        "aipmo_ipmo_p": 5, "aipmo_ipmo_e": 5, "p3o_foundation": 3, "p3o_practitioner": 2, "mop": 3,
        "bcs_ppso_essentials": 4,
    }  # fmt: skip


def test_a_fact_that_was_not_found_gives_no_time():
    certification = a_certification(facts=(a_fact("study_time", value=None), a_fact("validity_renewal", value=None)))
    assert study_fact(certification) is None
    assert months_valid(certification) is None


def test_only_another_door_stands_in_for_experience():
    assert stands_in(BY_ID["pmi_pmocp"], frozenset({"pmi_pmp"}))
    assert not stands_in(BY_ID["p3o_practitioner"], frozenset({"p3o_foundation"}))


@pytest.mark.parametrize(("got", "due"), [(2022, True), (2023, True), (2024, False), (None, False)])
def test_renewal_is_due_when_its_years_are_over(got, due):
    told = renewal_due(BY_ID["p3o_foundation"], got, 2026)
    assert (told is not None) == due
    assert told is None or "the rule I know, of 2023, is renewal after 3 years" in told


def test_renewal_without_a_dated_source_names_no_year():
    told = renewal_due(BY_ID["pmi_pgmp"], 2015, 2026)
    assert told is not None
    assert "the rule I know is renewal" in told


@pytest.mark.parametrize(("certification", "today"), [("pmi_pmp", 2026), ("p3o_foundation", None)])
def test_renewal_is_not_guessed_without_a_rule_or_a_year(certification, today):
    assert renewal_due(BY_ID[certification], 2000, today) is None
