"""A server on this machine is found, or started once, or its death explained."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.runtime.settings import Settings
from bot.terminal import local_server
from bot.terminal.client import probe
from bot.terminal.errors import NoServerError
from bot.terminal.local_server import LocalServer, local_address
from bot.terminal.notices import Notices
from tests.fakes.coach_server import Answer, CoachServer, message
from tests.terminal.conftest import COMMAND, Run
from tests.terminal.drawing import Terminal


@pytest.fixture(autouse=True)
def _kill_servers(settings: Settings) -> Iterator[None]:
    """Kill every server that a test started; each has written its process id into the log."""
    yield
    for pid in started(settings):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def started(settings: Settings) -> list[int]:
    """Return the process ids of all servers that were started."""
    log = settings.var / "log" / "server.log"
    lines = log.read_text().splitlines() if log.exists() else []
    return [int(line.split()[4]) for line in lines if line.startswith("the paper coach starts")]


def test_ask_starts_a_server_and_the_next_one_finds_it(run: Run, settings: Settings) -> None:
    first = run("ask", "hello")
    second = run("ask", "hello again")

    assert (first.code, first.out) == (0, "You said: hello\n")
    assert first.err.splitlines() == ["Starting the coach on this machine ...", "The coach is ready."]
    assert (second.code, second.out, second.err) == (0, "You said: hello again\n", "")
    assert len(started(settings)) == 1


def test_the_server_has_a_session_of_its_own_and_stops_when_idle(run: Run, settings: Settings) -> None:
    run("ask", "hello")

    (pid,) = started(settings)
    assert os.getsid(pid) == pid
    assert (settings.var / "log" / "server.log").read_text().split()[5] == "900"
    assert (settings.var / "log" / "server.log").stat().st_mode & 0o777 == 0o600


def test_the_idle_time_of_the_settings_goes_before_ours(run: Run, settings: Settings) -> None:
    run("ask", "hello", PMO_COACH_IDLE_SECONDS="77")

    assert (settings.var / "log" / "server.log").read_text().split()[5] == "77"


def test_two_at_once_start_one(environment: dict[str, str], settings: Settings) -> None:
    slow = {**environment, "PMO_COACH_TEST_SLOW": "1"}
    commands = [
        subprocess.Popen([*COMMAND, "ask", f"hello {number}"], env=slow, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for number in range(4)
    ]

    answers = [command.communicate(timeout=60)[0] for command in commands]

    assert [command.returncode for command in commands] == [0] * 4
    assert answers == [f"You said: hello {number}\n".encode() for number in range(4)]
    assert len(started(settings)) == 1


def test_a_server_that_dies_is_explained_by_its_log(run: Run, settings: Settings) -> None:
    folder = settings.var / "log"
    folder.mkdir(parents=True)
    (folder / "server.log").write_text("from an earlier run\n")

    actual = run("ask", "hello", PMO_COACH_TEST_DIE="1")

    assert (actual.code, actual.out) == (3, "")
    assert "The coach stopped while it was starting." in actual.err
    assert "  no model found: run `make train`" in actual.err
    assert "earlier" not in actual.err
    assert "\x1b" not in actual.err


def test_a_server_that_died_is_started_again(run: Run, settings: Settings) -> None:
    run("ask", "hello")
    (pid,) = started(settings)
    os.kill(pid, signal.SIGKILL)

    assert run("ask", "hello").code == 0
    assert len(started(settings)) == 2


def test_nothing_is_left_in_temp(run: Run, tmp_path: Path) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()

    run("ask", "hello", TMPDIR=str(temp))

    assert not list(temp.iterdir())


def test_a_given_server_is_never_started(run: Run, settings: Settings) -> None:
    assert run("ask", "--server", f"http://127.0.0.1:{settings.port}", "hello").code == 3
    assert not started(settings)


def test_something_else_at_the_port_is_told(run: Run, settings: Settings) -> None:
    with CoachServer(port=settings.port) as other:
        other.health = 404

        actual = run("ask", "hello")

    assert actual.code == 3
    assert "is no PMO Coach; set another PMO_COACH_PORT." in actual.err


def test_a_server_that_is_not_ready_yet_is_waited_for(paper: CoachServer, tmp_path: Path) -> None:
    paper.ready = False
    notices, local = waiting_for(paper, tmp_path)
    states = iter([False, False, True])
    local._notices = notices
    is_ready = local._is_ready

    def becomes_ready() -> bool:
        paper.ready = next(states)
        return is_ready()

    local._is_ready = becomes_ready  # type: ignore[method-assign]
    local.ensure()

    assert local.process is None


def waiting_for(paper: CoachServer, var: Path) -> tuple[Notices, LocalServer]:
    notices, settings = Notices(Terminal()), Settings(var=var, port=paper.port)
    paper.home = settings.home
    return notices, LocalServer(settings, notices, serve=["false"])


def test_a_server_that_never_gets_ready_is_given_up_with_its_reasons(
    paper: CoachServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_server, "START_SECONDS", 0.3)
    paper.ready = False

    with pytest.raises(NoServerError, match=r"not ready within 0\.3 seconds \(model is loading\)"):
        waiting_for(paper, tmp_path)[1].ensure()


def test_a_running_server_that_cannot_answer_says_why_without_a_long_wait(
    paper: CoachServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_server, "UNREADY_SECONDS", 0.3)
    paper.ready = False

    with pytest.raises(NoServerError, match=rf"The coach at {paper.url} cannot answer\. model is loading"):
        waiting_for(paper, tmp_path)[1].ensure()


def test_a_slow_start_is_reported_where_nothing_can_be_drawn(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(local_server, "START_SECONDS", 0.9)
    monkeypatch.setattr(local_server, "REPORT_SECONDS", 0.3)
    server = LocalServer(settings, Notices(), serve=["sleep", "5"])

    with pytest.raises(NoServerError, match="its log is"):
        server.ensure()

    assert server.process is not None
    server.process.kill()
    server.process.wait()
    assert "... still starting, 0 seconds" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_a_sentence(settings: Settings) -> None:
    settings.var.write_text("in the way")

    with pytest.raises(NoServerError, match="cannot be started on this machine"):
        LocalServer(settings, Notices(Terminal()), serve=["false"]).ensure()


def test_a_long_log_is_begun_anew(run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = settings.var / "log"
    folder.mkdir(parents=True)
    (folder / "server.log").write_bytes(b"old\n" * 300_000)

    run("ask", "hello")

    assert (folder / "server.log").stat().st_size < 1000


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:5005"),
        ("0.0.0.0", "http://127.0.0.1:5005"),
        ("::", "http://[::1]:5005"),
        ("coach.local", "http://coach.local:5005"),
    ],
)
def test_local_address(host: str, url: str) -> None:
    assert local_address(Settings(host=host)).url == url


def test_a_chat_starts_its_server_again(environment: dict[str, str], settings: Settings) -> None:
    process = subprocess.Popen(
        [*COMMAND, "chat"], env=environment, text=True, bufsize=1, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("one\n")
    assert process.stdout.readline() == "You said: one\n"
    os.kill(started(settings)[0], signal.SIGKILL)
    while probe(local_address(settings), "/health", 1) is not None:
        time.sleep(0.02)

    out, err = process.communicate("again\n", timeout=60)

    assert out == "\nYou said: again\n"
    assert "The coach has stopped. It is being started again." in err
    assert process.returncode == 0
    assert len(started(settings)) == 2


def test_a_running_server_is_asked_without_a_word(run: Run, settings: Settings) -> None:
    with CoachServer(port=settings.port, home=settings.home) as running:
        running.answers.append(Answer([message("hi")]))

        actual = run("ask", "hello")

    assert (actual.code, actual.out, actual.err) == (0, "hi\n", "")


@pytest.mark.parametrize("home", ["another", ""], ids=["of another folder", "of an older version"])
def test_the_coach_of_another_is_left_alone(run: Run, settings: Settings, home: str) -> None:
    with CoachServer(port=settings.port, home=home) as other:
        first = run("ask", "--json", "hello")
        second = run("ask", "--conversation", json.loads(first.out)["conversation"], "hello again")

    assert (first.code, second.code, second.out, second.err) == (0, 0, "You said: hello again\n", "")
    assert f"The coach at {other.url} is that of another folder or database; this one gets http://127" in first.err
    assert f"--server {other.url}" in first.err
    assert {request.path for request in other.requests} == {"/health"}
    assert len(started(settings)) == 1


def test_the_same_folder_with_another_database_is_another_coach(tmp_path: Path) -> None:
    ours = Settings(var=tmp_path)
    others = [
        replace(ours, var=tmp_path / "other"),
        replace(ours, model=tmp_path),
        replace(ours, content=(tmp_path,)),
        replace(ours, database_url=f"sqlite:///{tmp_path}/other.db"),
        replace(ours, database_url="postgresql://anna:word@localhost/coach"),
        replace(ours, database_url="postgresql://anna:word@localhost:5433/coach"),
    ]

    assert len({ours.home, *(other.home for other in others)}) == 1 + len(others)
    assert replace(ours, port=1, log_level="DEBUG", database_url=ours.database).home == ours.home
    assert replace(others[-1], database_url="postgresql://ben:other@localhost:5433/coach").home == others[-1].home


def test_ports_that_are_all_taken_are_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_server, "NEXT_PORTS", 0)
    with (
        CoachServer(port=settings.port, home="another") as other,
        pytest.raises(NoServerError, match=f"Others are at {other.url} and the ports after it"),
    ):
        LocalServer(settings, Notices(Terminal())).find()


def test_another_that_took_the_port_meanwhile_is_told(settings: Settings) -> None:
    local = LocalServer(settings, Notices(Terminal()), serve=["false"])
    local.find()

    with (
        CoachServer(port=settings.port, home="another"),
        pytest.raises(NoServerError, match="is the coach of another folder or database"),
    ):
        local.ensure()
