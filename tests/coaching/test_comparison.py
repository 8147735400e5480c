"""Comparisons of certifications: every pair is sound, and the telling pairs say what a coach would."""

import itertools
import json

import pytest

from bot.coaching.answering import answer_question
from bot.coaching.comparison import answer_comparison
from bot.coaching.comparison_table import comparison_table, markdown_table
from bot.coaching.role import answer_role
from bot.coaching.situation import Situation
from bot.records import CertificationStatus, Focus, Level, Prerequisite, PrerequisiteKind, Profile, ReplyKind
from tests.coaching.asking import a_question
from tests.coaching.checks import KNOWLEDGE, assert_sound, words_of
from tests.factories import a_certification, a_fact, some_knowledge

CERTIFICATIONS = list(KNOWLEDGE.certifications)


def said(*ids):
    return answer_comparison(KNOWLEDGE, ids).reply.text


def prose(text):
    return "\n".join(line for line in text.splitlines() if not line.startswith("|"))


@pytest.mark.parametrize("first", CERTIFICATIONS)
def test_every_pair_is_sound(first):
    for second in CERTIFICATIONS:
        if first != second:
            answer = answer_comparison(KNOWLEDGE, (first, second))
            assert_sound(answer)
            assert words_of(prose(answer.reply.text)) <= 90
            assert answer.reply.sources
            assert answer.focus.kind == "comparison"
            assert answer.focus.id == f"{first},{second}"


@pytest.mark.parametrize("count", [3, 4])
def test_three_and_four_are_compared_in_short(count):
    for ids in itertools.islice(itertools.combinations(CERTIFICATIONS, count), 0, None, 97):
        answer = answer_comparison(KNOWLEDGE, ids)
        assert_sound(answer, words=210)
        assert words_of(prose(answer.reply.text)) <= 130


def test_more_than_four_are_cut_to_four():
    figure = answer_comparison(KNOWLEDGE, CERTIFICATIONS[:6]).reply.figure
    assert len(figure.data["columns"]) == 5


def test_the_figure_is_a_table_of_at_most_five_rows_with_short_cells():
    for pair in itertools.combinations(CERTIFICATIONS, 2):
        figure = answer_comparison(KNOWLEDGE, pair).reply.figure
        assert figure.kind == "table"
        assert len(figure.data["rows"]) <= 5
        assert all(len(row) == len(figure.data["columns"]) == 3 for row in figure.data["rows"])
        assert all(0 < len(cell) <= 60 for row in figure.data["rows"] for cell in row)
        json.dumps(dict(figure.data))


def test_the_markdown_table_has_the_cells_of_the_figure():
    compared = [KNOWLEDGE.certifications[c] for c in ("prince2", "p3o_foundation")]
    table = markdown_table(comparison_table(KNOWLEDGE, compared))
    assert table.splitlines()[0] == "|  | PRINCE2 | P3O Foundation |"
    assert table.splitlines()[1] == "| --- | --- | --- |"
    assert "| Comes first | nothing for Foundation | nothing |" in table


def test_foundation_against_practitioner():
    text = said("p3o_practitioner", "p3o_foundation")
    assert text.startswith("**P3O Practitioner** needs **P3O Foundation** first:")
    assert "- **P3O Practitioner** if you manage an office" in text
    assert "Foundation alone can be all you need" in text


def test_ipmo_grades_build_on_each_other():
    assert said("aipmo_ipmo_f", "aipmo_ipmo_p").startswith("**IPMO-Practitioner** builds on **IPMO-Foundation**:")


def test_a_framework_against_practice():
    text = said("p3o_foundation", "aipmo_ipmo_f")
    assert "**P3O Foundation** is a framework, **IPMO-Foundation** is hands-on" in text
    assert "Whether IPMO-Foundation runs at present is unclear, so ask AIPMO" in text


def test_another_subject_is_the_difference_that_matters():
    text = said("prince2", "p3o_foundation")
    assert text.startswith("The difference that matters is the subject: **PRINCE2** is about projects")
    assert "if the office itself is your work" in text
    assert "Foundation alone can be all you need" not in text


def test_what_replaced_what_comes_first():
    for pair in itertools.permutations(("bcs_ppso_essentials", "hop_essentials_administrators")):
        text = said(*pair)
        assert text.startswith("**Essentials for PMO Administrators** replaced **PPSO Essentials**")
        assert "Choose" not in text


def test_two_that_have_gone_name_their_successors():
    text = said("bcs_ppso_essentials", "bcs_ppso_advanced")
    assert text.startswith("Neither can be taken any longer")
    assert "look at Essentials for PMO Managers" in text


def test_what_is_no_certificate_is_said_first():
    assert said("hop_competency_framework", "p3o_foundation").startswith("**PMO Competency Framework** is not a cert")
    assert said("agilepm", "agile_pmo").startswith("I found no certificate of the name **Agile PMO certificate**")
    assert "is not a certificate." in said("p3o_foundation", "hop_competency_framework", "prince2")


def test_twins_are_left_to_the_adverts():
    text = said("aipmo_ipmo_e", "hop_essentials_directors")
    assert text.startswith("They are close in subject, level and character")
    assert "Choose the one that employers near you name" in text


def test_a_whole_scheme_is_told_apart_by_level():
    scheme = [c.id for c in KNOWLEDGE.certifications.values() if c.family == "hop_essentials"]
    text = said(*scheme)
    assert text.startswith("The difference that matters is the level.")
    assert "- **Essentials for PMO Directors** if you direct several offices" in text


def test_one_alone_is_asked_what_to_compare_it_with():
    answer = answer_comparison(KNOWLEDGE, ("p3o_foundation", "p3o_foundation", "unheard_of"))
    assert answer.reply.kind is ReplyKind.ASK
    assert [choice.title for choice in answer.reply.choices] == [
        "P3O Foundation or P3O Practitioner?",
        "P3O Foundation or IPMO-Foundation?",
    ]
    assert answer_comparison(KNOWLEDGE, ("agile_pmo",)).reply.choices == ()


def test_none_is_asked_with_pairs_to_pick_from():
    answer = answer_comparison(KNOWLEDGE, ())
    assert answer.reply.kind is ReplyKind.ASK
    assert "P3O Foundation or IPMO-Foundation?" in [choice.title for choice in answer.reply.choices]


def test_a_bar_in_a_name_does_not_break_the_table():
    twins = (a_certification("one", name="A|B"), a_certification("two", levels=(Level.FOUR,)))
    text = answer_comparison(some_knowledge(certifications=twins), ("one", "two")).reply.text
    assert "|  | A/B | Two |" in text


def test_what_comes_first_in_each_way():
    heir = a_certification("heir", family="other", levels=(Level.FOUR,))
    cells = {
        "Heir": a_certification(prerequisites=(Prerequisite("heir", PrerequisiteKind.REQUIRED),)),
        "Heir, advised": a_certification(prerequisites=(Prerequisite("heir", PrerequisiteKind.ADVISED),)),
        "nothing that I found": a_certification(facts=(a_fact("prerequisites", value="None that I found"),)),
        "entry rules, ask me": a_certification(requirement="Two years."),
        "not known to me": a_certification(),
    }
    for cell, certification in cells.items():
        knowledge = some_knowledge(certifications=(certification, heir))
        assert comparison_table(knowledge, [certification])["rows"][3] == ["Comes first", cell]


def test_one_offered_and_one_that_left_nothing_behind():
    gone = a_certification("gone", status=CertificationStatus.SUPERSEDED)
    knowledge = some_knowledge(certifications=(gone, a_certification("kept", family="gone")))
    assert "Choose" not in answer_comparison(knowledge, ("gone", "kept")).reply.text


def test_titles_put_against_each_other_are_compared_as_titles():
    named = (("pmo analyst", "role", "pmo_analyst"), ("planner", "role", "planner"))
    question = a_question("pmo analyst or planner", *named, intent="compare_certifications")
    situation = Situation(KNOWLEDGE, Profile(), Focus("comparison", "msp,p3o_foundation"))

    answer = answer_question(question, situation)

    assert answer.reply.text == answer_role(KNOWLEDGE, ("pmo_analyst", "planner")).reply.text


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile(), "Choose:"),
        (Profile(level=Level.TWO), "For you, at level two, **PMP** comes first"),
        (Profile(level=Level.FOUR), "For you, at level four, **PgMP** comes first"),
        (Profile(level=Level.FOUR, held=("pmi_pgmp", "pmi_pmp")), "Choose:"),
    ],
    ids=["nobody", "level two", "level four", "holds both"],
)
def test_a_comparison_says_which_comes_first_for_the_person(profile, expected):
    named = [("PMP", "certification", "pmi_pmp"), ("PgMP", "certification", "pmi_pgmp")]
    question = a_question("PMP or PgMP?", *named, intent="compare_certifications")

    text = answer_question(question, Situation(KNOWLEDGE, profile)).reply.text

    assert expected in text
    assert words_of(prose(text)) <= 90
