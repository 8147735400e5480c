"""Files that cannot be taken are refused with file and line, and nothing in them is ever carried out."""

import os
from pathlib import Path

import pytest

from bot.content.files import MAX_BYTES
from tests.content.folder import P3O, WORK, Folder

REFUSED = {
    "syntax": ("kinds:\n  - id: a\n b: [c\n", 3, "this is not YAML: "),
    "open bracket": ("kinds: [a,\n", 2, "this is not YAML: while parsing a flow"),
    "control character": ("kinds:\n  - id: \x07a\n", 2, "a character that YAML does not allow"),
    "two documents": ("kinds: []\n---\nroles: []\n", 2, "this is not YAML: expected a single document"),
    "anchor": ("kinds:\n  - &a {id: b}\n", 2, "anchors and aliases (& and *) are not allowed"),
    "alias": ("kinds:\n  - &a [x]\n  - *a\n", 2, "anchors and aliases (& and *) are not allowed"),
    "merge key": ("kinds:\n  - <<: {id: b}\n", 2, "a key must be a plain word"),
    "list for a key": ("kinds:\n  - ? [a]\n    : b\n", 2, "a key must be a plain word"),
    "key told twice": ("kinds:\n  - id: a\n    id: b\n", 3, "the key 'id' is told twice"),
    "tag of Python": ("kinds: !!python/object/apply:os.abort []\n", 1, "the tag '!!python/object/apply:os.abort' is"),
    "tag of a scalar": ("kinds:\n  - !secret a\n", 2, "the tag '!secret' is not allowed"),
    "tag of a set": ("kinds: !!set {a}\n", 1, "the tag '!!set' is not allowed"),
    "nesting": ("kinds:\n  - " + "[" * 25 + "]" * 25 + "\n", 2, "nested deeper than 20 levels"),
    "nesting that ends libyaml": ("kinds:\n  " + "[" * 200_000, 2, "nested deeper than 20 levels"),
    "nesting by dashes": ("kinds:\n  " + "- " * 200_000, 2, "nested deeper than 20 levels"),
}


@pytest.mark.parametrize(("text", "line", "said"), REFUSED.values(), ids=REFUSED)
def test_file_is_refused_at_its_line(folder: Folder, text: str, line: int, said: str) -> None:
    folder.write("bad.yaml", text)

    (problem,) = folder.problems()

    assert problem.startswith(f"bad.yaml:{line}: {said}")


def test_bomb_of_aliases_is_refused_before_it_grows(folder: Folder) -> None:
    lines = ["kinds:", "  - &a0 [x, x, x, x, x, x, x, x]"]
    lines += [f"  - &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 30)]
    folder.write("bomb.yaml", "\n".join(lines))

    assert folder.problems() == ["bomb.yaml:2: anchors and aliases (& and *) are not allowed; write the value out"]


def test_ampersands_and_stars_in_prose_are_no_anchors(folder: Folder) -> None:
    folder.edit(WORK, "summary: Supports several projects.", 'summary: "R&D, and *every* project & office, &c"')

    assert folder.problems() == []


def test_many_lists_are_no_deep_nesting(folder: Folder) -> None:
    comment = "# [[[[[[[[[[\n" * 200
    folder.write("more.yaml", f"{comment}sources: []\n")

    assert folder.problems() == []


def test_text_that_is_not_utf8_is_refused(folder: Folder) -> None:
    (folder.path / "latin.yaml").write_bytes("kinds:\n  - id: café\n".encode("latin-1"))

    assert folder.problems() == ["latin.yaml:2: the text is not UTF-8 here; save the file as UTF-8"]


def test_file_that_is_too_large_is_refused(folder: Folder) -> None:
    folder.write("large.yaml", "# " + "x" * MAX_BYTES)

    assert folder.problems() == ["large.yaml: the file is larger than 1024 KiB; split it into several"]


def test_files_that_cannot_be_read_are_told(folder: Folder) -> None:
    (folder.path / "gone.yaml").symlink_to("nowhere")
    os.mkfifo(folder.path / "pipe.yaml")

    assert folder.problems() == [
        "gone.yaml: the file cannot be read: No such file or directory",
        "pipe.yaml: the file cannot be read: it is no plain file",
    ]


def test_missing_folder_is_told(folder: Folder, tmp_path: Path) -> None:
    assert folder.problems(tmp_path / "none") == [f"{tmp_path / 'none'}: there is no such folder of knowledge"]


def test_broken_file_does_not_make_references_to_it_dangle(folder: Folder) -> None:
    folder.edit(P3O, "certifications:", "certifications: [")

    (problem,) = folder.problems()

    assert problem.startswith(f"{P3O}:2: this is not YAML")


def test_hidden_files_and_other_files_are_passed_over(folder: Folder) -> None:
    folder.write(".draft.yaml", "nonsense")
    folder.write(".git/a.yaml", "nonsense")
    folder.write("README.md", "nonsense")
    folder.write("folder.yaml/README", "nonsense")

    assert folder.problems() == []


def test_words_that_yaml_takes_for_something_else_stay_words(folder: Folder) -> None:
    folder.edit(WORK, "aliases: [analyst]", "aliases: [analyst, no, on, Yes, 2018-09-01, 1:30, 1:30.5, 0x1f, =]")

    assert folder.problems() == []


def test_windows_line_ends_and_a_byte_order_mark_are_read(folder: Folder) -> None:
    path = folder.path / WORK
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert folder.problems() == []
