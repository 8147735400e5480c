"""The commands that the client handles by itself."""

from pathlib import Path

import pytest

from bot.terminal.slash import COMMANDS
from tests.fakes.coach_server import Answer, CoachServer, message, source
from tests.terminal.talk import Talk


@pytest.fixture
def planner(paper: CoachServer) -> CoachServer:
    """A paper coach that has a plan."""
    paper.plan = {"md": b"# Plan\n\n- **Book** it\n", "json": b'{"steps": []}', "ics": b"BEGIN:VCALENDAR\r\n"}
    return paper


def test_help_lists_every_command(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, "/help").run()

    assert all(any(line.startswith(name) for line in talk.told) for name in COMMANDS)
    assert (talk.shown, paper.said()) == ([], [])


@pytest.mark.parametrize("typed", ["/quit", "/QUIT", "/quit now"])
def test_quit_ends_the_chat(paper: CoachServer, tmp_path: Path, typed: str) -> None:
    assert Talk(paper, tmp_path, typed, "hello").run().shown == []


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("/hlep", "/hlep is no command. Did you mean /help?"),
        ("/soruces", "Did you mean /sources?"),
        ("/", "/ is no command. /help lists the commands."),
        ("/pmo what", "To send it as a message, put a space before it."),
        ('/"quote', "is no command"),
        ("/\x1b[31mred\x1b[0m", "/red is no command"),
    ],
)
def test_what_is_no_command_is_refused_with_a_hint(paper: CoachServer, tmp_path: Path, typed: str, hint: str) -> None:
    talk = Talk(paper, tmp_path, typed, "hello").run()

    assert hint in talk.told[0]
    assert paper.said() == [{"text": "hello"}]


def test_a_space_before_a_slash_sends_the_text(paper: CoachServer, tmp_path: Path) -> None:
    Talk(paper, tmp_path, " /quit means what?").run()

    assert paper.said() == [{"text": "/quit means what?"}]


@pytest.mark.parametrize("typed", ["/plan", "/export", "/export ics x.ics"])
def test_a_server_without_plans_is_told_plainly(paper: CoachServer, tmp_path: Path, typed: str) -> None:
    assert Talk(paper, tmp_path, typed).run().told == ["This server does not offer plans yet."]


def test_plan_is_drawn(planner: CoachServer, tmp_path: Path) -> None:
    assert Talk(planner, tmp_path, "/plan").run().shown == ["Plan", "- Book it"]


def test_an_empty_plan_is_a_sentence(planner: CoachServer, tmp_path: Path) -> None:
    planner.plan = {"md": b"\n"}

    assert Talk(planner, tmp_path, "/plan").run().told == ["There is no plan yet; ask the coach to make one with you."]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/export", ["# Plan", "- **Book** it"]),
        ("/export JSON", ['{"steps": []}']),
        ("/export ics", ["BEGIN:VCALENDAR"]),
    ],
)
def test_export_prints(planner: CoachServer, tmp_path: Path, typed: str, expected: list[str]) -> None:
    assert Talk(planner, tmp_path, typed).run().shown == expected


@pytest.mark.parametrize("typed", ["/export ics {}", '/export ics "{}"', "/export {}"])
def test_export_saves_to_a_file_of_its_owner(planner: CoachServer, tmp_path: Path, typed: str) -> None:
    target = tmp_path / "plan.ics"

    talk = Talk(planner, tmp_path, typed.format(target)).run()

    assert target.read_bytes() == b"BEGIN:VCALENDAR\r\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert talk.told == [f"Saved in {target}."]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/export ics {folder}/there.ics", "exists already"),
        ("/export md {folder}/no/such/x.md", "cannot be written: No such file"),
        ("/export pdf", "An export is md, json or ics"),
        ("/export plan.pdf", "An export is md, json or ics"),
    ],
)
def test_export_refuses_what_it_cannot_do(planner: CoachServer, tmp_path: Path, typed: str, words: str) -> None:
    (tmp_path / "there.ics").write_text("mine")

    talk = Talk(planner, tmp_path, typed.format(folder=tmp_path), "hello").run()

    assert words in talk.told[0]
    assert (tmp_path / "there.ics").read_text() == "mine"
    assert talk.shown == ["You said: hello"]


def test_forget_erases_and_begins_anew(paper: CoachServer, tmp_path: Path) -> None:
    paper.answers.append(Answer([message("a", sources=[source("S")])]))

    talk = Talk(paper, tmp_path, "hello", "/forget", "/sources", "again", agrees=True).run()

    deleted = [request for request in paper.requests if request.method == "DELETE"]
    assert [(request.path, request.token) for request in deleted] == [("/webhooks/web/history", "token.conversation-1")]
    assert len(talk.reader.questions) == 1
    assert talk.reader.forgotten
    assert talk.told == ["All of it is erased. This is a new conversation.", "No answer so far has named a source."]
    assert paper.requests[-1].token == "token.conversation-2"
    assert len(list((tmp_path / "terminal" / "conversations").iterdir())) == 1


def test_forget_does_nothing_without_a_yes(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, "/forget").run()

    assert talk.told == ["Nothing was erased."]
    assert not [request for request in paper.requests if request.method == "DELETE"]


def test_restart_begins_a_new_conversation(paper: CoachServer, tmp_path: Path) -> None:
    talk = Talk(paper, tmp_path, "hello", "/restart", "hello").run()

    assert [request.token for request in paper.requests if request.body and "text" in request.body] == [
        "token.conversation-1",
        "token.conversation-2",
    ]
    assert talk.told == ["This is a new conversation."]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (b'{"v": 1, "plans": []}', "There is no plan in that file."),
        (b'{"v": 1, "plans": [{}]}', "One plan is back. /plan shows it."),
        (b'{"v": 1, "plans": [{}, {}], "profile": {"role": "x"}}', "2 plans are back. /plan shows them."),
        (b'{"plans": [{}]}', "This file is not an export of version 1."),
        (b"[]", "is no export. Save one with /export json plan.json"),
        (b"{", "is not JSON. Save an export with /export json plan.json"),
        (b"[" * 100_000, "is not JSON"),
        (b" " * (1024 * 1024 + 1), "is no export"),
    ],
    ids=["none", "one", "two", "version", "no export", "no JSON", "deep", "large"],
)
def test_an_export_is_brought_back(planner: CoachServer, tmp_path: Path, written: bytes, told: str) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(written)

    talk = Talk(planner, tmp_path, f"/import {file}").run()

    assert told in talk.told[-1]
    assert all("profile" not in (request.body or {}) for request in planner.requests)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/import", "Name the file"),
        ("/import a b", "Name the file"),
        ("/import no/such.json", "cannot be read: No such"),
    ],
)
def test_an_import_needs_a_file(planner: CoachServer, tmp_path: Path, typed: str, told: str) -> None:
    assert told in Talk(planner, tmp_path, typed).run().told[-1]


def test_a_server_without_plans_takes_none_back(paper: CoachServer, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text('{"v": 1, "plans": []}')

    assert Talk(paper, tmp_path, f"/import {file}").run().told == ["This server does not offer plans yet."]
