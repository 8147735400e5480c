"""What the reader makes of valid content: records, overlays, digests."""

from pathlib import Path

from bot.content import KNOWLEDGE_FOLDER, content_digest, read_knowledge
from bot.records import (
    Basis,
    CertificationStatus,
    Confidence,
    Fact,
    FactStatus,
    Level,
    Prerequisite,
    PrerequisiteKind,
    QuestionnaireBand,
    Topic,
)
from tests.content.folder import GROUND, P3O, RUNNING, WORK, Folder


def test_topic_is_read_with_paragraphs_and_defaults(folder: Folder) -> None:
    topics = read_knowledge([folder.path]).topics

    assert list(topics) == ["setting_up_a_pmo", "showing_value"]
    assert topics["setting_up_a_pmo"].answer == "Ask what the business needs.\nThen begin small."
    assert topics["showing_value"] == Topic(
        id="showing_value",
        title="Showing value",
        questions=("what is my pmo worth", "prove the value of a pmo", "roi"),
        answer="Ask who would miss it.",
        more=None,
        next=("role:pmo_manager", "kind:programme_office", "function:reporting", "insight:1"),
        article_facts=(),
        sources=("UNDATED",),
    )


def test_certification_is_read_with_facts_and_relations(folder: Folder) -> None:
    certifications = read_knowledge([folder.path]).certifications

    practitioner = certifications["p3o_practitioner"]
    assert practitioner.levels == (Level.THREE, Level.FOUR)
    assert practitioner.level_basis is Basis.JUDGEMENT
    assert practitioner.status is CertificationStatus.CURRENT
    assert practitioner.prerequisites == (Prerequisite("p3o_foundation", PrerequisiteKind.REQUIRED),)
    assert practitioner.facts == ()
    assert certifications["p3o_foundation"].fact("pass_mark") == Fact(
        field="pass_mark",
        value="50 %",
        status=FactStatus.FOUND,
        confidence=Confidence.LOW,
        sources=("ARTICLE", "UNDATED"),
        year=2018,
        note="old",
    )


def test_keys_of_levels_insights_and_the_questionnaire_become_fields(folder: Folder) -> None:
    knowledge = read_knowledge([folder.path])

    assert list(knowledge.levels) == list(Level)
    assert list(knowledge.insights) == [1, 2, 3, 4, 5]
    assert knowledge.insights[1].step == "t"
    assert [item.builder_side for item in knowledge.questionnaire.items] == [True, False]
    assert knowledge.questionnaire.bands[0] == QuestionnaireBand(2, 4, "builder", "You build.")
    assert knowledge.questionnaire.advice["mixed"] == ()
    assert knowledge.questionnaire.scales["likert"][0] == "no"


def test_text_loses_the_line_ends_of_its_block(folder: Folder) -> None:
    folder.edit(WORK, "summary: Manages an office.", "summary: |\n      Manages\n      an office.\n")

    assert read_knowledge([folder.path]).roles["pmo_manager"].summary == "Manages\nan office."


def test_overlay_replaces_an_entry_as_a_whole_in_its_place(folder: Folder, overlay: Folder) -> None:
    overlay.write(
        "ours.yaml",
        "topics:\n  - {id: setting_up_a_pmo, title: Ours, questions: [x y, y z, z a], answer: a, sources: [ARTICLE]}\n",
    )

    topics = read_knowledge([folder.path, overlay.path]).topics

    assert list(topics) == ["setting_up_a_pmo", "showing_value"]
    assert topics["setting_up_a_pmo"].title == "Ours"
    assert topics["setting_up_a_pmo"].article_facts == ()


def test_overlay_adds_entries_that_refer_to_ours(folder: Folder, overlay: Folder) -> None:
    overlay.write(
        "nested/ours.yml",
        "sources:\n  - {id: WIKI, title: t, publisher: p, date: undated, reliability: community}\n"
        "topics:\n  - {id: our_way, title: Ours, questions: [x y, y z, z a], answer: a, next: [showing_value],"
        " sources: [WIKI, ARTICLE]}\n",
    )

    knowledge = read_knowledge([folder.path, overlay.path])

    assert list(knowledge.topics)[-1] == "our_way"
    assert knowledge.sources["WIKI"].url is None


def test_overlay_replaces_a_level_an_insight_and_the_questionnaire(folder: Folder, overlay: Folder) -> None:
    text = (folder.path / WORK).read_text(encoding="utf-8")
    overlay.write("sheet.yaml", text[text.index("questionnaire:") :].replace("Two questions.", "Our questions."))
    overlay.write(
        "ground.yaml",
        "levels:\n  - {number: 3, name: Lead, summary: s, article: a, work: [w], asks: [k], sources: []}\n"
        "insights:\n  - {number: 5, id: insight_niche, name: Ours, summary: s, article: a, try: t, question: q,"
        " sources: []}\n",
    )

    knowledge = read_knowledge([folder.path, overlay.path])

    assert knowledge.levels[Level.THREE].name == "Lead"
    assert list(knowledge.levels) == list(Level)
    assert knowledge.insights[5].name == "Ours"
    assert knowledge.questionnaire.intro == "Our questions."


def test_problem_of_an_overlay_names_its_folder(folder: Folder, overlay: Folder) -> None:
    overlay.write("ours.yaml", "roles:\n  - {id: pmo_analyst}\n  - {id: peoplecert}\n")

    problems = folder.problems(overlay.path)

    assert problems[0] == f"{overlay.path}/ours.yaml:2: the key 'basis' is missing"
    assert (
        f"{overlay.path}/ours.yaml:3: the id 'peoplecert' is already taken, at {folder.line(GROUND, '- id: peop')}"
        in (problems)
    )


def test_removing_what_others_refer_to_is_told_after_merging(folder: Folder, overlay: Folder) -> None:
    overlay.write("ours.yaml", "groups:\n  - {id: group_other, name: Other, sources: []}\n")
    folder.edit(WORK, "id: group_support", "id: group_old")

    place = folder.line(WORK, "group: group_support")
    assert folder.problems(overlay.path) == [
        f"{place}: 'reporting' refers to 'group_support', which is none of the groups"
    ]


def test_digest_follows_names_bytes_and_folders(folder: Folder, overlay: Folder) -> None:
    digests = [content_digest([folder.path]), content_digest([folder.path, overlay.path])]
    (folder.path / P3O).rename(folder.path / "certifications/p4o.yaml")
    digests.append(content_digest([folder.path]))
    folder.edit(RUNNING, "title: Showing value", "title: Showing values")
    digests.append(content_digest([folder.path]))
    overlay.write("a.yaml", "sources: []\n")
    digests += [content_digest([folder.path, overlay.path]), content_digest([overlay.path, folder.path])]

    assert digests[0] == digests[1]
    assert len(set(digests)) == len(digests) - 1
    assert content_digest([folder.path]) == digests[3]


def test_digest_passes_over_what_cannot_be_read(folder: Folder, tmp_path: Path) -> None:
    (folder.path / "gone.yaml").symlink_to("nowhere")

    assert content_digest([folder.path, tmp_path / "none"]) == content_digest([folder.path])


def test_our_knowledge_is_valid() -> None:
    assert len(read_knowledge([KNOWLEDGE_FOLDER]).topics) > 100
