"""Content that breaks the schema is refused with file, line and a hint."""

import pytest

from tests.content.folder import GROUND, P3O, RUNNING, WORK, Folder

STATUSES = "current, renamed, superseded, unclear, not_a_certificate, not_found"

BREACHES = {
    "unknown key": (P3O, "levels: [2]", "levle: [2]", "levle", "unknown key 'levle' (did you mean 'levels'?)"),
    "unknown list": (WORK, "kinds:", "kidns:", "kidns", "unknown key 'kidns' (did you mean 'kinds'?)"),
    "unknown word": (
        P3O,
        "status: current\n    levels: [2]",
        "status: curent\n    levels: [2]",
        "curent",
        f"'status' must be one of {STATUSES}, not 'curent' (did you mean 'current'?)",
    ),
    "no such level": (P3O, "[2]", "[5]", "[5]", "item 1 of 'levels' must be a level from 1 to 4, not '5'"),
    "text for a list": (P3O, "levels: [2]", "levels: two", "two", "'levels' must be a list, not a text"),
    "number for a text": (
        P3O,
        "[p3o, p30]",
        "[p3o, 30]",
        "[p3o, 30]",
        "item 2 of 'aliases' must be a text, not a whole number; put it in quotes",
    ),
    "fraction for a year": (
        GROUND,
        "year: 2024",
        "year: 2024.5",
        "2024.5",
        "'year' must be a whole number or null, not a number",
    ),
    "entry without an id": (WORK, "id: group_support, ", "", "name: Support", "the key 'id' is missing"),
    "text for the questionnaire": (
        WORK,
        "questionnaire:\n",
        "questionnaire: none\nkinds_of_old:\n",
        "questionnaire: none",
        "'questionnaire' must be a mapping of keys to values, not a text",
    ),
    "null for a text": (
        P3O,
        "summary: Applies it.",
        "summary: null",
        "summary: null",
        "'summary' must be a text, not null",
    ),
    "empty text": (
        P3O,
        "summary: Applies it.",
        "summary: ' '",
        "summary: ' '",
        "'summary' must be a text that says something, not ' '",
    ),
    "address for a host": (
        GROUND,
        "website: peoplecert.org",
        "website: https://peoplecert.org",
        "website:",
        "'website' must be a host name such as example.org, or null, not 'https://peoplecert.org'",
    ),
    "script for an address": (
        GROUND,
        "https://example.org/p3o",
        "javascript:alert(1)",
        "javascript",
        "'url' must be an address with http:// or https://, or null, not 'javascript:alert(1)'",
    ),
    "title too long": (
        RUNNING,
        "title: Showing value",
        f"title: {'Showing value ' * 4}",
        "title: Showing",
        "'title' has 55 characters; at most 40 fit",
    ),
    "no such fact of the article": (
        RUNNING,
        "[F46]",
        "[F61]",
        "[F61]",
        "item 1 of 'article_facts' must be a fact of the article, F1 to F60, not 'F61'",
    ),
    "told twice in a list": (RUNNING, "[F46]", "[F1, F1]", "[F1, F1]", "'article_facts' tells 'F1' twice"),
    "list too short": (
        RUNNING,
        "      - roi\n",
        "",
        "questions:\n      - what is",
        "'questions' has 2 entries; it needs at least 3",
    ),
    "missing key": (
        WORK,
        "    reason: The article names it.\n",
        "",
        "id: pmo_analyst",
        "the key 'reason' is missing",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "place", "said"), BREACHES.values(), ids=BREACHES)
def test_breach_is_told_with_its_line(folder: Folder, file: str, old: str, new: str, place: str, said: str) -> None:
    folder.edit(file, old, new)

    assert f"{folder.line(file, place)}: {said}" in folder.problems()


def test_topic_that_offers_too_much_is_told(folder: Folder) -> None:
    folder.edit(RUNNING, "next: [showing_value,", 'next: [showing_value, "level:1",')

    assert folder.problems() == [f"{folder.line(RUNNING, 'next:')}: 'next' has 5 entries; at most 4 fit"]


def test_file_that_is_no_mapping_or_says_nothing_is_told(folder: Folder) -> None:
    folder.write("blank.yaml", "\n")
    folder.write("braces.yaml", "{}\n")
    folder.write("list.yaml", "- a\n- b\n")

    assert folder.problems() == [
        "blank.yaml:1: the file is empty",
        "braces.yaml:1: the file has 0 entries; it needs at least 1",
        "list.yaml:1: the file must be a mapping of keys to values, not a list",
    ]


def test_all_problems_are_told_at_once_in_the_order_of_files_and_lines(folder: Folder) -> None:
    folder.edit(WORK, "    level: 3", "    level: 33")
    folder.edit(P3O, "level_basis: judgement", "level_basis: guess")
    folder.edit(P3O, "status: found, confidence: low", "status: lost, confidence: low")
    folder.edit(RUNNING, "role:pmo_manager", "role:pmo_manger")

    problems = folder.problems()

    assert [problem.split(": ")[0] for problem in problems] == [
        folder.line(P3O, "status: lost"),
        folder.line(P3O, "level_basis: guess"),
        folder.line(RUNNING, "role:pmo_manger"),
        folder.line(WORK, "level: 33"),
    ]


def test_entry_that_breaks_the_schema_can_still_be_referred_to(folder: Folder) -> None:
    folder.edit(P3O, "style: framework\n    regions: [any]", "style: loose\n    regions: [any]")

    assert [problem.split(": ")[0] for problem in folder.problems()] == [folder.line(P3O, "style: loose")]
