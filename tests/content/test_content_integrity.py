"""Entries that do not go together are refused with file and line."""

import pytest

from tests.content.folder import GROUND, P3O, RUNNING, WORK, Folder

DANGLING = {
    "source of a role": (
        WORK,
        "sources: []\n    confidence",
        "sources: [P3O_PAGES]\n    confidence",
        "P3O_PAGES",
        "'pmo_manager' refers to 'P3O_PAGES', which is none of the sources (did you mean 'P3O_PAGE'?)",
    ),
    "source of a fact": (
        P3O,
        "sources: [ARTICLE, UNDATED]",
        "sources: [ARTICLE, NOWHERE]",
        "NOWHERE",
        "'p3o_foundation' refers to 'NOWHERE', which is none of the sources",
    ),
    "source of an item": (
        WORK,
        "appeals to me., sources: [ARTICLE]",
        "appeals to me., sources: [NOWHERE]",
        "NOWHERE",
        "'builder_or_grower' refers to 'NOWHERE', which is none of the sources",
    ),
    "body": (
        P3O,
        "body: peoplecert\n    status: current\n    levels: [2]",
        "body: peoplesert\n    status: current\n    levels: [2]",
        "peoplesert",
        "'p3o_foundation' refers to 'peoplesert', which is none of the bodies (did you mean 'peoplecert'?)",
    ),
    "prerequisite": (
        P3O,
        "certification: p3o_foundation",
        "certification: p3o_fondation",
        "p3o_fondation",
        "'p3o_practitioner' refers to 'p3o_fondation', which is none of the certifications (did you mean "
        "'p3o_foundation'?)",
    ),
    "successor": (
        P3O,
        "successors: []",
        "successors: [nowhere]",
        "nowhere",
        "'p3o_foundation' refers to 'nowhere', which is none of the certifications",
    ),
    "certification of a level": (
        GROUND,
        "certifications: [p3o_foundation]",
        "certifications: [p3o_expert]",
        "p3o_expert",
        "level 2 refers to 'p3o_expert', which is none of the certifications",
    ),
    "group": (
        WORK,
        "group: group_support",
        "group: group_suport",
        "group_suport",
        "'reporting' refers to 'group_suport', which is none of the groups (did you mean 'group_support'?)",
    ),
    "next topic": (
        RUNNING,
        "next: [showing_value,",
        "next: [showing_valeu,",
        "showing_valeu",
        "'showing_valeu' leads nowhere (did you mean 'showing_value'?)",
    ),
    "next level": (RUNNING, '"level:3"', '"level:5"', '"level:5"', "'level:5' leads nowhere"),
    "next certification": (
        RUNNING,
        "certification:p3o_practitioner",
        "certification:p4o_practitioner",
        "p4o",
        "'certification:p4o_practitioner' leads nowhere (did you mean 'p3o_practitioner'?)",
    ),
    "next role": (
        RUNNING,
        "role:pmo_manager",
        "role:pmo_manger",
        "pmo_manger",
        "'role:pmo_manger' leads nowhere (did you mean 'pmo_manager'?)",
    ),
    "next kind": (RUNNING, "kind:programme_office", "kind:nothing", "nothing", "'kind:nothing' leads nowhere"),
    "next function": (RUNNING, "function:reporting", "function:none", "function:none", "'function:none' leads nowhere"),
    "next insight": (RUNNING, '"insight:1"', '"insight:6"', "insight:6", "'insight:6' leads nowhere"),
    "next skill": (
        RUNNING,
        "skill:next_qualification",
        "skill:next_qualifikation",
        "qualifikation",
        "'skill:next_qualifikation' leads nowhere (did you mean 'next_qualification'?)",
    ),
    "next of no kind": (
        RUNNING,
        '"insight:1"',
        '"topic:showing_value"',
        "topic:showing_value",
        "'topic:showing_value' begins with none of certification, function, insight, kind, level, role, skill",
    ),
}

CONTRADICTIONS = {
    "found without a value": (
        P3O,
        "value: 75 questions",
        "value: null",
        "value: null, status: found",
        "the fact 'exam_format' is found, so it needs a value",
    ),
    "not found with a value": (
        P3O,
        "study_time, value: null",
        "study_time, value: long",
        "value: long",
        "the fact 'study_time' is not found, so its value is null",
    ),
    "fact without a source": (
        P3O,
        "sources: [P3O_PAGE]",
        "sources: []",
        "value: 75 questions",
        "the fact 'exam_format' needs a source",
    ),
    "fact told twice": (P3O, "field: pass_mark", "field: study_time", "50 %", "the fact 'study_time' is told twice"),
    "prerequisite told twice": (
        P3O,
        "[{certification: p3o_foundation, kind: required}]",
        "[{certification: p3o_foundation, kind: required}, {certification: p3o_foundation, kind: advised}]",
        "kind: advised",
        "'p3o_foundation' is asked for twice",
    ),
    "agreement without a side": (
        WORK,
        "keyed: builder, ",
        "",
        "id: BG1",
        "an item of type likert needs the key 'keyed'",
    ),
    "choice without an option": (
        WORK,
        ", option_b: The new",
        "",
        "id: BG2",
        "an item of type forced_choice needs the key 'option_b'",
    ),
    "choice with a side": (
        WORK,
        "a_is: grower",
        "a_is: grower, keyed: grower",
        "id: BG2",
        "an item of type forced_choice has no 'keyed'",
    ),
    "item told twice": (WORK, "id: BG2", "id: BG1", "Which job?", "the id 'BG1' is already taken"),
    "item named as a source": (WORK, "id: BG2", "id: ARTICLE", "Which job?", "the id 'ARTICLE' is already taken"),
    "band upside down": (WORK, "from: -1, to: 1", "from: 1, to: -1", "label: mixed", "'from' is above 'to'"),
    "bands with a gap": (WORK, "from: -1, to: 1", "from: 0, to: 1", "bands:", "no band covers the balance -1"),
    "bands that overlap": (
        WORK,
        "from: -1, to: 1",
        "from: -1, to: 3",
        "bands:",
        "more than one band covers the balance 2, 3",
    ),
    "number of an insight told twice": (
        GROUND,
        "number: 5, id: insight_niche",
        "number: 4, id: insight_niche",
        "insight_niche",
        "insight 4 is already told, at ground.yaml:41",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "place", "said"), DANGLING.values(), ids=DANGLING)
def test_dangling_reference_is_told(folder: Folder, file: str, old: str, new: str, place: str, said: str) -> None:
    folder.edit(file, old, new)

    assert folder.problems() == [f"{folder.line(file, place)}: {said}"]


@pytest.mark.parametrize(("file", "old", "new", "place", "said"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradiction_is_told(folder: Folder, file: str, old: str, new: str, place: str, said: str) -> None:
    folder.edit(file, old, new)

    assert f"{folder.line(file, place)}: {said}" in folder.problems()


@pytest.mark.parametrize("key", ["ARTICLE", "peoplecert", "pmo_analyst", "p3o_foundation", "builder_or_grower"])
def test_id_is_unique_across_all_kinds(folder: Folder, key: str) -> None:
    kind = "sources" if key.isupper() else "topics"
    entry = {
        "sources": f"{{id: {key}, title: t, publisher: p, date: d, reliability: press}}",
        "topics": f"{{id: {key}, title: t, questions: [a x, b x, c x], answer: a, sources: []}}",
    }[kind]
    folder.write("zz.yaml", f"{kind}:\n  - {entry}\n")

    (problem,) = folder.problems()

    assert problem.startswith(f"zz.yaml:2: the id '{key}' is already taken, at ")


def test_level_is_told_once(folder: Folder) -> None:
    folder.edit(GROUND, "number: 3, name: Three", "number: 2, name: Three")

    assert folder.problems() == [
        f"{folder.line(GROUND, 'number: 1, name')}: there must be 4 levels; missing: 3",
        f"{folder.line(GROUND, 'name: Three')}: the id level 2 is already taken, at "
        f"{folder.line(GROUND, 'number: 2, name: Two')}",
        f"{folder.line(RUNNING, 'level:3')}: 'level:3' leads nowhere",
    ]


def test_all_levels_insights_and_the_questionnaire_are_needed(folder: Folder) -> None:
    for path in folder.path.rglob("*.yaml"):
        path.unlink()

    assert folder.problems() == [
        "the knowledge: there is no questionnaire",
        "the knowledge: there must be 4 levels; missing: 1, 2, 3, 4",
        "the knowledge: there must be 5 insights; missing: 1, 2, 3, 4, 5",
    ]


@pytest.mark.parametrize(
    ("file", "old", "alias", "said"),
    [
        pytest.param(P3O, "p3o pract]", "P30!]", "'P30!' means 'p3o_foundation' already", id="two certifications"),
        pytest.param(
            P3O, "p3o pract]", "P3O-Foundation]", "'P3O-Foundation' means 'p3o_foundation' already", id="name"
        ),
        pytest.param(
            P3O, "p3o pract]", "PEOPLE CERT]", "'people cert' means 'p3o_practitioner' already", id="and body"
        ),
        pytest.param(WORK, "head of pmo]", "Analyst.]", "'Analyst.' means 'pmo_analyst' already", id="two roles"),
        pytest.param(
            WORK,
            "prog office]",
            "Status-Reports]",
            "'Status-Reports' means 'reporting' already",
            id="function and kind",
        ),
    ],
)
def test_name_that_two_entries_claim_is_told(folder: Folder, file: str, old: str, alias: str, said: str) -> None:
    folder.edit(file, old, alias)
    place = folder.line(GROUND, "aliases: [people cert]") if "people" in said else folder.line(file, alias)

    (problem,) = folder.problems()

    assert problem.startswith(f"{place}: {said}, at ")


def test_certification_and_role_may_share_a_name(folder: Folder) -> None:
    folder.edit(P3O, "[p3o pract]", "[analyst]")

    assert folder.problems() == []


def test_question_belongs_to_one_topic(folder: Folder) -> None:
    folder.edit(RUNNING, "- roi", "- PMO from scratch?")

    assert folder.problems() == [
        f"{folder.line(RUNNING, 'PMO from scratch?')}: the question 'PMO from scratch?' belongs to 'setting_up_a_pmo' "
        f"already, at {folder.line(RUNNING, '- id: setting_up_a_pmo')}"
    ]


def test_prerequisites_in_a_ring_are_told(folder: Folder) -> None:
    folder.edit(P3O, "prerequisites: []", "prerequisites: [{certification: p3o_practitioner, kind: one_of}]")

    (problem,) = folder.problems()

    said = "the prerequisites go round in a ring: "
    assert problem in (
        f"{folder.line(P3O, 'kind: one_of')}: {said}p3o_foundation -> p3o_practitioner -> p3o_foundation",
        f"{folder.line(P3O, 'kind: required')}: {said}p3o_practitioner -> p3o_foundation -> p3o_practitioner",
    )


def test_certification_that_succeeds_itself_is_told(folder: Folder) -> None:
    folder.edit(P3O, "successors: []", "successors: [p3o_foundation]")

    assert folder.problems() == [
        f"{folder.line(P3O, 'successors:')}: the successors go round in a ring: p3o_foundation -> p3o_foundation"
    ]


def test_second_questionnaire_is_told(folder: Folder) -> None:
    text = (folder.path / WORK).read_text(encoding="utf-8")
    folder.write("zz.yaml", text[text.index("questionnaire:") :].replace("id: builder_or_grower", "id: other_sheet"))

    problems = folder.problems()

    assert f"zz.yaml:1: there is a questionnaire already, at {folder.line(WORK, 'questionnaire:')}" in problems
