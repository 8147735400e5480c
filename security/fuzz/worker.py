"""Fuzzes one target: `python -m security.fuzz.worker NAME OPTION...`, the options being libFuzzer's.

atheris is installed in .venv-tools, since its wheels are for one platform alone; it depends on nothing, so its
folder stands last on our path and nothing else of it is found before ours.
"""

import importlib
import sys

from bot.runtime.settings import project_root

FOLDER = project_root() / ".venv-tools/lib/python3.10/site-packages"
INSTRUMENTED = ["bot", "actions"]


def main(name: str, options: list[str]) -> None:
    """Fuzz until the options say that it is enough; ends the process."""
    sys.path.append(str(FOLDER))
    import atheris

    with atheris.instrument_imports(include=INSTRUMENTED):
        one = importlib.import_module(f"security.fuzz.targets.{name}").target()

    atheris.Setup([name, *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
