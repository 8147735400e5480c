"""The tokens of conversations are kept for their owner alone."""

from pathlib import Path

import pytest

from bot.terminal import kept as kept_module
from bot.terminal.errors import TerminalError
from bot.terminal.kept import KeptConversations
from bot.terminal.messages import Session

SERVER = "http://localhost:5005"


def test_a_kept_conversation_is_found_again(tmp_path: Path) -> None:
    session = Session("c1", "secret", "2030-01-01")

    KeptConversations(tmp_path, SERVER).keep(session)

    assert KeptConversations(tmp_path, SERVER).find("c1") == session


def test_files_and_folders_are_private(tmp_path: Path) -> None:
    KeptConversations(tmp_path, SERVER).keep(Session("c1", "secret"))

    (file,) = (tmp_path / "terminal" / "conversations").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("conversation", ["c2", "../../etc/passwd", "", "\ud800", "x" * 10_000])
def test_an_unknown_conversation_is_an_error(tmp_path: Path, conversation: str) -> None:
    kept = KeptConversations(tmp_path, SERVER)
    kept.keep(Session("c1", "secret"))

    with pytest.raises(TerminalError, match="knows no conversation"):
        kept.find(conversation)


def test_a_conversation_belongs_to_its_server(tmp_path: Path) -> None:
    KeptConversations(tmp_path, SERVER).keep(Session("c1", "secret"))

    with pytest.raises(TerminalError):
        KeptConversations(tmp_path, "http://elsewhere").find("c1")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"conversation": "c1"}'])
def test_a_damaged_file_is_an_unknown_conversation(tmp_path: Path, text: str) -> None:
    kept = KeptConversations(tmp_path, SERVER)
    kept.keep(Session("c1", "secret"))
    (file,) = (tmp_path / "terminal" / "conversations").iterdir()
    file.write_text(text)

    with pytest.raises(TerminalError):
        kept.find("c1")


def test_a_forgotten_conversation_leaves_no_file(tmp_path: Path) -> None:
    kept = KeptConversations(tmp_path, SERVER)
    kept.keep(Session("c1", "secret"))

    kept.forget(Session("c1", "secret"))
    kept.forget(Session("c1", "secret"))

    assert not list((tmp_path / "terminal" / "conversations").iterdir())


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "MAX_KEPT", 3)
    kept = KeptConversations(tmp_path, SERVER)

    for number in range(5):
        kept.keep(Session(f"c{number}", "secret"))

    assert len(list((tmp_path / "terminal" / "conversations").iterdir())) == 3
    assert kept.find("c4").token == "secret"


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "terminal").write_text("in the way")

    with pytest.raises(TerminalError, match="cannot be kept"):
        KeptConversations(tmp_path, SERVER).keep(Session("c1", "secret"))
