"""The terminal client: `pmo-coach chat` and `pmo-coach ask`.

A thin client of the web channel's HTTP API (`docs/openapi.yaml`). It decides nothing about careers and
imports neither Rasa nor spaCy, so it starts in a blink:

    commands -> ask | chat | piped -> conversation -> client -> transport -> the server
                        |
                        +-> presenter -> plain text, rich text or JSON on stdout

Answers go to stdout and all else to stderr. What comes from the server or from a person is cleaned of
control characters at the door (`cleaning`) and is never read as rich markup. prompt_toolkit is imported
by the interactive chat alone, rich only where something is drawn in a terminal.
"""

from bot.terminal.commands import add_commands

__all__ = ["add_commands"]
