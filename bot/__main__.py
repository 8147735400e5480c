"""Where `pmo-coach` and `python -m bot` begin: it imports nothing before it can bear Ctrl-C.

Importing what a command needs takes a tenth of a second, in which people think better of it.
"""

INTERRUPTED = 130
"""What a shell says of a command that Ctrl-C ended."""


def main() -> int:
    """Run the command and return its exit code."""
    try:
        from bot.cli import main as run

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main())
