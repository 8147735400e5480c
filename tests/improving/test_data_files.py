"""Data files are edited line by line: everything else in them stays as it is, and hostile texts change nothing else."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.content import KNOWLEDGE_FOLDER
from bot.improving.corpus import Corpus, ExampleError, changed, diff, plain
from bot.improving.nlu_data import examples_in, intents_in, with_example
from bot.improving.topic_data import questions_in, topics_in, with_draft, with_question
from bot.improving.yaml_nodes import EditError
from bot.runtime.settings import project_root

NLU = """\
version: "3.1"  # a remark
nlu:
  - intent: greet
    examples: |
      - hi
      - hello   there

  # about goodbyes
  - intent: say_goodbye
    examples: |
      - bye
"""
TOPICS = """\
# Remarks first.
topics:
  - id: pay
    title: "Pay"   # short
    questions:
      - what is the pay
      - "how much: a lot"
      - how much does somebody earn who has been here for
        a long time
    # a remark
    answer: >-
      It depends.
    sources: [A]
  - id: hours
    questions: [a, b]
"""
NLU_FILE, TOPIC_FILE = Path("/p/data/nlu/small.yml"), Path("/p/topics/work.yaml")


def a_corpus(*, held_out: tuple[str, ...] = ()) -> Corpus:
    return Corpus({NLU_FILE: NLU}, {TOPIC_FILE: TOPICS}, frozenset(map(plain, held_out)))


def added(before: str, after: str) -> list[str]:
    """Return the lines that were put in; fail when any other line changed."""
    old, new = before.splitlines(), after.splitlines()
    for line in old:
        assert line in new
    left = list(new)
    for line in old:
        left.remove(line)
    return left


def test_example_is_put_at_the_end_of_its_intent():
    edited = with_example(NLU, "greet", "good day")

    assert edited == NLU.replace("hello   there\n", "hello   there\n      - good day\n")


def test_example_is_put_into_a_file_without_a_last_line_end():
    assert with_example(NLU.rstrip("\n"), "say_goodbye", "so long").endswith("- bye\n      - so long\n")


def test_line_ends_of_another_system_are_kept():
    edited = with_example(NLU.replace("\n", "\r\n"), "greet", "good day")

    assert edited.count("\r\n") == NLU.count("\n") + 1
    assert edited.count("\n") == edited.count("\r\n")


def test_question_is_put_at_the_end_of_its_topic():
    edited = with_question(TOPICS, "pay", "is the pay: good?")

    assert edited == TOPICS.replace("a long time\n", "a long time\n      - 'is the pay: good?'\n")


@pytest.mark.parametrize(
    "text", ["yes", "12", "null", "- x", "a: b", "# no", "'", '"', "&a", "*b", "!x", "%", "@", "~"]
)
def test_question_stays_a_text_whatever_yaml_would_make_of_it(text: str):
    assert yaml.safe_load(with_question(TOPICS, "pay", text))["topics"][0]["questions"][-1] == text


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60))
def test_any_printable_question_changes_nothing_else(text: str):
    text = " ".join(text.split()) or "x"

    edited = with_question(TOPICS, "pay", text)

    assert len(added(TOPICS, edited)) == 1


@pytest.mark.parametrize("source", ["", "[]", "nlu: 3", "nlu: [1, {intent: 4}]", "topics: x", "topics: [{id: [1]}]"])
def test_files_of_other_shapes_have_nothing(source: str):
    assert list(examples_in(source)) == intents_in(source) == []
    assert list(questions_in(source)) == topics_in(source) == []
    with pytest.raises(EditError):
        with_example(source, "greet", "x")
    with pytest.raises(EditError):
        with_question(source, "pay", "x")


@pytest.mark.parametrize("source", ["a: [", "\x00", "a: b: c", "- - :\n -"])
def test_what_is_no_yaml_is_said(source: str):
    with pytest.raises(EditError, match="not YAML"):
        list(examples_in(source))


def test_topic_with_its_questions_on_one_line_is_left_alone():
    with pytest.raises(EditError, match="one a line"):
        with_question(TOPICS, "hours", "when")


def test_draft_is_a_remark_until_it_is_written():
    edited = with_draft(TOPICS, "holiday", 'Days: "off"', ["when do i get off?", "yes"])

    assert yaml.safe_load(edited) == yaml.safe_load(TOPICS)
    draft = edited[edited.index("#  - id") :].replace("\n#", "\n").removeprefix("#")
    told = yaml.safe_load(f"topics:\n{draft}")["topics"][0]
    assert (told["id"], told["title"], told["questions"]) == ("holiday", 'Days: "off"', ["when do i get off?", "yes"])


@pytest.mark.parametrize("file", sorted((project_root() / "data" / "nlu").glob("*.yml")), ids=lambda path: path.stem)
def test_our_own_examples_can_all_be_added_to(file: Path):
    source = file.read_text(encoding="utf-8")
    for intent in intents_in(source):
        assert [line.strip() for line in added(source, with_example(source, intent, "zz top zz"))] == ["- zz top zz"]


@pytest.mark.parametrize("file", sorted((KNOWLEDGE_FOLDER / "topics").glob("*.yaml")), ids=lambda path: path.stem)
def test_our_own_topics_can_be_added_to(file: Path):
    source = file.read_text(encoding="utf-8")
    topics = topics_in(source)
    for topic in (topics[0], topics[-1]):
        assert [line.strip() for line in added(source, with_question(source, topic, "zz: top"))] == ["- 'zz: top'"]


def test_text_becomes_an_example_of_an_intent_or_a_topic():
    corpus = a_corpus().with_text("greet", "good  day").with_text("pay", "do they pay")

    assert corpus.owners()["good day"] == "greet"
    assert corpus.owners()["do they pay"] == "pay"
    assert set(changed(a_corpus(), corpus)) == {NLU_FILE, TOPIC_FILE}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hello,  there!", "example of greet already"),
        ("HOW MUCH - A LOT?", "example of pay already"),
        ("my secret exam question?", "held out"),
        ("i am [name]", "mask"),
        ("[p3o](certification) please", "brackets"),
        ("/restart", "begin"),
        ("- x", "begin"),
        ("x", "2 to 200"),
        ("x" * 201, "2 to 200"),
        ("", "2 to 200"),
        ("?!", "2 to 200"),
        ("a\x1b[31m", "2 to 200"),
    ],
)
@pytest.mark.parametrize("target", ["greet", "say_goodbye", "pay"])
def test_text_that_may_be_no_example_is_refused(target: str, text: str, why: str):
    with pytest.raises(ExampleError, match=why):
        a_corpus(held_out=("My secret exam question",)).with_text(target, text)


@pytest.mark.parametrize("target", ["", "nothing", "../x", "1"])
def test_unknown_target_is_said(target: str):
    with pytest.raises(ExampleError, match="no topic or intent"):
        a_corpus().with_text(target, "good day")


@pytest.mark.parametrize(
    ("id", "title", "why"),
    [("pay", "Pay", "already"), ("greet", "x", "already"), ("Two Words", "x", "small letters"), ("", "x", "small"),
     ("new", "", "1 to 40"), ("new", "x" * 41, "1 to 40")],
)  # fmt: skip
def test_draft_needs_a_new_id_and_a_short_title(id: str, title: str, why: str):
    with pytest.raises(ExampleError, match=why):
        a_corpus().with_topic(id, title, ["when"], beside=None)


def test_patch_can_be_applied(tmp_path: Path):
    import subprocess

    file = tmp_path / "data/nlu/small.yml"
    file.parent.mkdir(parents=True)
    file.write_text(NLU.rstrip("\n"))
    before = Corpus({file: NLU.rstrip("\n")}, {TOPIC_FILE: TOPICS}, frozenset())
    patch = diff(changed(before, before.with_text("say_goodbye", "so long")), root=tmp_path)

    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, check=True)

    assert file.read_text().endswith("- bye\n      - so long\n")
