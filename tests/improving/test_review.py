"""The command `pmo-coach review`: masked, grouped, decided, written whole; nothing reviewed comes twice."""

import argparse
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import select

from bot import cli_review
from bot.cli_improving import Tools, read_corpus, write_all
from bot.errors import CoachError
from bot.improving.reviewing import sum_of
from bot.records import Rating
from bot.runtime.settings import project_root
from bot.store import Store, open_store
from bot.store.tables.reviews import reviewed_messages
from tests.improving.factories import coach, put, user
from tests.improving.test_data_files import NLU, TOPICS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of two data files and one held-out text."""
    for name, text in {
        "data/nlu/small.yml": NLU,
        "content/topics.yaml": TOPICS,
        "tests/nlu/held.yml": "utterances:\n  - {text: what is free, expect: [pay]}\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def run(
    store: Store, tools: Tools, root: Path, *answers: str, words: tuple[str, ...] = (), terminal: bool = False
) -> str:
    """Run the command with those answers, and return what it prints."""
    parser = argparse.ArgumentParser()
    out = Console(file=io.StringIO(), force_terminal=terminal, width=100)
    left = iter(answers)
    cli_review.add_commands(
        parser.add_subparsers(), lambda: store, lambda: tools, lambda: [root / "content"], root=root,
        console=lambda: out, ask=lambda prompt: next(left, None),
    )  # fmt: skip
    told = parser.parse_args(["review", *words])
    assert told.run(told) == 0
    return out.file.getvalue()


def unread(store: Store, text: str, person: str = "p1", *, readings=(("ask_topic", "pay", 0.3), ("greet", None, 0.1))):
    put(store, user(text, "nlu_fallback", readings=readings), *coach("fallback", "action_repair"), person=person)


def nlu(root: Path) -> str:
    return (root / "data/nlu/small.yml").read_text()


def topics(root: Path) -> str:
    return (root / "content/topics.yaml").read_text()


def test_message_becomes_a_question_of_the_first_suggestion(store: Store, tools: Tools, root: Path):
    unread(store, "is the pmo free")

    printed = run(store, tools, root, "1", words=("--apply",))

    assert "1  pay" in printed
    assert "+      - is the pmo free" in printed
    assert topics(root) == TOPICS.replace("a long time\n", "a long time\n      - is the pmo free\n")
    assert nlu(root) == NLU
    assert "nothing to review" in run(store, tools, root)


def test_message_is_put_in_own_words_and_out_of_scope(sqlite_store: Store, tools: Tools, root: Path):
    (root / "data/nlu/out.yml").write_text("nlu:\n  - intent: out_of_scope_craft\n    examples: |\n      - gantt\n")
    unread(sqlite_store, "im Wojciech and need a degree")

    printed = run(sqlite_store, tools, root, "o craft", "w do i need it", "o craft", words=("--apply",))

    assert "Wojciech" not in printed
    assert "There is a mask in it" in printed
    assert (root / "data/nlu/out.yml").read_text().endswith("- gantt\n      - do i need it\n")


def test_all_wordings_without_a_mask_become_examples(sqlite_store: Store, tools: Tools, root: Path):
    for number, text in enumerate(["use the exam", "use the pmo", "use Zzyzx1 pmo"]):
        unread(sqlite_store, text, f"p{number}")

    run(sqlite_store, tools, root, "greet all", words=("--apply",))

    assert nlu(root) == NLU.replace("hello   there\n", "hello   there\n      - use the exam\n      - use the pmo\n")


def test_new_topic_is_drafted_as_a_remark(sqlite_store: Store, tools: Tools, root: Path):
    unread(sqlite_store, "do you work for free")

    run(sqlite_store, tools, root, "n coach_price What it costs", words=("--apply",))

    assert "#  - id: coach_price\n#    title: What it costs\n" in topics(root)


def test_nothing_is_written_without_apply_and_all_comes_again(sqlite_store: Store, tools: Tools, root: Path):
    unread(sqlite_store, "is the pmo free")

    printed = run(sqlite_store, tools, root, "1", words=("--diff", str(root / "my.patch")))

    assert "Nothing was written" in printed
    assert (nlu(root), topics(root)) == (NLU, TOPICS)
    assert "+      - is the pmo free" in (root / "my.patch").read_text()
    assert "is the pmo free" in run(sqlite_store, tools, root)


def test_hidden_message_never_comes_again_and_leaves_a_sum_only(store: Store, tools: Tools, root: Path):
    unread(store, "is the pmo free")
    unread(store, "what about the exam", "p2")

    run(store, tools, root, "x", "s")
    put(store, user("Is the PMO free?!", "nlu_fallback"), *coach("fallback"), person="p3")

    printed = run(store, tools, root)
    assert "free" not in printed
    assert "what about the exam" in printed
    with store.engine.connect() as connection:
        assert connection.execute(select(reviewed_messages)).all() == [(sum_of("is the pmo free"),)]


def test_held_out_text_is_refused(sqlite_store: Store, tools: Tools, root: Path):
    unread(sqlite_store, "what is free")

    printed = run(sqlite_store, tools, root, "1", "greet", words=("--apply",))

    assert printed.count("held out in tests/nlu") == 2
    assert (nlu(root), topics(root)) == (NLU, TOPICS)


def test_text_of_whoever_is_forgotten_is_gone(store: Store, tools: Tools, root: Path):
    unread(store, "is the pmo free")
    unread(store, "what about the exam", "p2")
    with store.unit_of_work() as work:
        work.people.forget("p1")

    printed = run(store, tools, root)

    assert "free" not in printed
    assert "1 of 1" in printed


def test_what_is_an_example_by_now_is_not_shown(sqlite_store: Store, tools: Tools, root: Path):
    unread(sqlite_store, "Hello there!")

    assert "nothing to review" in run(sqlite_store, tools, root)


def test_thumbs_down_comes_first(sqlite_store: Store, tools: Tools, root: Path):
    unread(sqlite_store, "about the exam")
    put(sqlite_store, user("what is the exam", topic="pay"), *coach(), person="p2")
    with sqlite_store.unit_of_work() as work:
        work.people.add_feedback("p2", 3, Rating.DOWN, None)

    printed = run(sqlite_store, tools, root, words=("--limit", "1"))

    assert "1 of 1 (2 in all): 1 person, once, thumbs down\n  “what is the exam”" in printed


@pytest.mark.parametrize(
    "answer", ["99", "0", "-1", "²", "o", "o nothing", "n", "n pay Pay", "n x", "nonsense", "all", "1 2 3 4 " * 99]
)
def test_answers_that_mean_nothing_are_asked_again(sqlite_store: Store, tools: Tools, root: Path, answer: str):
    unread(sqlite_store, "is [a](b) free")

    run(sqlite_store, tools, root, answer, "?", "q", words=("--apply",))

    assert (nlu(root), topics(root)) == (NLU, TOPICS)


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
def test_hostile_and_huge_texts_are_shown_as_plain_short_text(
    sqlite_store: Store, tools: Tools, root: Path, terminal: bool
):
    unread(sqlite_store, "[bold red]what[/bold red] \x1b]0;x\x07 <script> " + "free " * 100_000)

    printed = run(sqlite_store, tools, root, "1", "q", terminal=terminal)

    assert "(bold red)what(/bold red)" in printed
    assert "\x1b]0" not in printed
    assert max(map(len, printed.splitlines())) < 400


def test_empty_database_has_nothing_to_review(store: Store, tools: Tools, root: Path):
    assert "nothing to review" in run(store, tools, root)


def test_talk_without_a_message_of_a_person_is_passed_over(sqlite_store: Store, tools: Tools, root: Path):
    put(sqlite_store, coach())

    assert "nothing to review" in run(sqlite_store, tools, root)


def test_database_that_is_down_is_said(tools: Tools, root: Path):
    with pytest.raises(CoachError, match="cannot be reached"):
        run(open_store("postgresql://nobody@127.0.0.1:9/none"), tools, root)


@pytest.mark.parametrize("words", [("--limit", "0"), ("--limit", "x"), ("--days", "-3")])
def test_numbers_are_whole(sqlite_store: Store, tools: Tools, root: Path, words: tuple[str, ...]):
    with pytest.raises(SystemExit):
        run(sqlite_store, tools, root, words=words)


def test_file_changed_by_somebody_meanwhile_is_left_alone(root: Path):
    first, second = root / "data/nlu/small.yml", root / "content/topics.yaml"
    second.write_text("# changed")

    with pytest.raises(CoachError, match="changed in the meantime: nothing was written"):
        write_all({first: "a", second: "b"}, expected={first: NLU, second: TOPICS})

    assert (nlu(root), topics(root)) == (NLU, "# changed")
    assert not list(root.rglob(".*"))


def test_file_that_cannot_be_written_keeps_the_others(root: Path):
    with pytest.raises(CoachError, match="cannot be written"):
        write_all({root / "data/nlu/small.yml": "a", root / "no/x.yml": "b"})

    assert nlu(root) == NLU
    assert not list(root.rglob(".*"))


KILLED = """
import os, signal, sys
from pathlib import Path
from bot.cli_improving import write_all
def replace(name, path):
    if path.name == "topics.yaml":
        os.kill(os.getpid(), signal.SIGKILL)
    os.replace(name, path)
root = Path(sys.argv[1])
write_all({root / "data/nlu/small.yml": "new", root / "content/topics.yaml": "new"}, replace=replace)
"""


def test_whoever_is_killed_in_the_middle_leaves_whole_files(sqlite_store: Store, tools: Tools, root: Path):
    died = subprocess.run([sys.executable, "-c", KILLED, str(root)], cwd=project_root(), env=dict(os.environ))

    assert died.returncode == -signal.SIGKILL
    assert (nlu(root), topics(root)) == ("new", TOPICS)
    # What was left lying about is no data file.
    (root / "data/nlu/small.yml").write_text(NLU)
    assert read_corpus(root, [root / "content"]).topics == {root / "content/topics.yaml": TOPICS}
    unread(sqlite_store, "is the pmo free")
    assert "Written: 1 file." in run(sqlite_store, tools, root, "1", words=("--apply",))


def test_apply_that_was_cut_off_is_finished_by_the_next(sqlite_store: Store, tools: Tools, root: Path):
    unread(sqlite_store, "is the pmo free")
    unread(sqlite_store, "use the pmo", "p2")
    run(sqlite_store, tools, root, "1", "greet", words=("--diff", str(root / "all.patch")))
    # One of the two files was written when it was cut off.
    (root / "data/nlu/small.yml").write_text(NLU.replace("hello   there\n", "hello   there\n      - use the pmo\n"))

    printed = run(sqlite_store, tools, root, "1", words=("--apply",))

    assert "1 of 1" in printed
    assert nlu(root).count("use the pmo") == 1
    assert topics(root).count("is the pmo free") == 1


def test_review_reads_answers_from_a_pipe(root: Path, tmp_path: Path, sqlite_store: Store, encoder: Path):
    unread(sqlite_store, "is the pmo free")
    environment = {**os.environ, "PMO_COACH_DATABASE_URL": str(sqlite_store.engine.url)}

    done = subprocess.run([sys.executable, "-m", "bot.cli", "review"], input=b"2\n", capture_output=True,
                          cwd=project_root(), env=environment, check=True)  # fmt: skip

    assert "“is the pmo free”" in done.stdout.decode()
    assert "+      - is the pmo free" in done.stdout.decode()
    assert "Nothing was written" in done.stdout.decode()
