"""Gives a target single inputs, without atheris: `python -m security.fuzz.replay NAME [FILE...]`.

With files, what fuzzing found happens again, here with a debugger at hand. Without, the target gets its seeds and the
inputs that once broke it, which are kept in tests/security/found/NAME/.
"""

import importlib
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.runtime.settings import project_root

FOUND = project_root() / "tests/security/found"


def main(name: str, files: list[str]) -> None:
    """Give the target each input; what it raises ends the run."""
    module = importlib.import_module(f"security.fuzz.targets.{name}")
    inputs = [Path(file).read_bytes() for file in files] or [*module.seeds(), *kept(name)]
    one = module.target()
    for data in inputs:
        one(data)
    print(f"{name}: {len(inputs)} inputs")


def kept(name: str) -> Iterable[bytes]:
    """Yield the inputs that once broke the target."""
    for path in sorted((FOUND / name).glob("*")):
        yield path.read_bytes()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
