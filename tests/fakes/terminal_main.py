"""A command line with nothing but the terminal's two commands, for tests that run them as a process."""

import argparse
import sys

from bot.runtime.settings import read_settings
from bot.terminal.commands import add_commands

SERVE = (sys.executable, "-m", "tests.fakes.coach_server")


def main() -> int:
    """Run the command in the arguments; a local server is the paper coach."""
    parser = argparse.ArgumentParser(prog="pmo-coach")
    add_commands(parser.add_subparsers(required=True), read_settings, serve=SERVE)
    namespace = parser.parse_args()
    code = namespace.run(namespace)
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
