"""Checks that no file of the project names a package registry's address or a path of somebody's machine.

Such an address works for one person and breaks, or tells on them, for the next. Prints each place as
`file:line: what` and exits with 1 when there is one. Reads the files that git has or would add.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

RULES = {
    "a package registry's address": re.compile(
        r"\b(?:pypi\.org|pypi\.python\.org|files\.pythonhosted\.org|registry\.(?:npmjs\.org|yarnpkg\.com)|npm\.pkg\.github\.com"
        r"|deb\.debian\.org|archive\.ubuntu\.com|proxy\.golang\.org|static\.crates\.io)\b",
        re.IGNORECASE,
    ),
    "an option that names a package index": re.compile(
        r"--(?:extra-)?index-url\b|--find[-]links\b|--trusted[-]host\b|^\s*(?:extra-)?index-url\s*=|^\s*\[\[tool\.uv\.index\]\]"
        r"|\b(?:PIP|UV)_(?:EXTRA_)?(?:DEFAULT_)?INDEX(?:_URL)?\b"
    ),
    # A path starts after a space, a quote or the like, never inside an address.
    "a path of somebody's machine": re.compile(
        r"(?<![\w.:/~$}-])(?:/root[/]|/home/\w|/Users/\w|/work[/]|/private/(?:tmp|var)/|/opt/(?:pypi|wheels)\b|[A-Z]:\\Users\\)"
    ),
}


def problems_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line's number and the rule's name for everything in the text that a rule forbids."""
    for number, line in enumerate(text.splitlines(), start=1):
        for name, pattern in RULES.items():
            if pattern.search(line):
                yield number, name


def problems(root: Path, files: Iterable[str]) -> Iterator[str]:
    """Yield `file:line: what` for every problem in the files, which are named relative to the root."""
    for file in files:
        path = root / file
        data = path.read_bytes() if path.is_file() else b""
        if b"\0" in data:
            continue
        for number, name in problems_in(data.decode("utf-8", "replace")):
            yield f"{file}:{number}: {name}"


def project_files(root: Path) -> list[str]:
    """Return the files that git has or would add, sorted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return sorted(filter(None, listing.split("\0")))


def main() -> int:
    """Print every problem of the project and return the exit code."""
    found = list(problems(ROOT, project_files(ROOT)))
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
