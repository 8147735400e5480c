"""Makes the README's picture: a real talk with a running coach, drawn as the terminal draws it.

PYTHONPATH=. .venv/bin/python scripts/picture.py http://127.0.0.1:5005 docs/images/chat.svg
"""

import io
import json
import re
import sys
import urllib.request
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from bot.terminal.messages import CoachMessage, read_event
from bot.terminal.presenter import TextPresenter
from bot.terminal.render import RichRenderer

TALK = ("im a pmo analyst 3 yrs, got p3o f. whats next", "does ppso still exist")
WIDTH = 92


def main(url: str, target: Path) -> None:
    """Talk with the coach at that address and write the picture."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    renderer = RichRenderer(console)
    presenter = TextPresenter(renderer, compact=True)
    token = json.loads(_ask(f"{url}/webhooks/web/session", None, {}))["token"]
    for words in TALK:
        renderer.person(words)
        answer = _ask(f"{url}/webhooks/web/message", token, {"text": words})
        messages = [event for line in answer.splitlines() if isinstance(event := read_event(line), CoachMessage)]
        for message in messages:
            presenter.message(message, first_choice=1)
        renderer.space()
    target.parent.mkdir(parents=True, exist_ok=True)
    drawing = console.export_svg(title="make chat", theme=MONOKAI)
    # rich names fonts on a server that is not ours; whoever looks has a font of fixed width.
    drawing = re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", drawing, flags=re.DOTALL)
    target.write_text(drawing.replace("Fira Code", "ui-monospace, Menlo, Consolas"), encoding="utf-8")


def _ask(url: str, token: str | None, body: dict[str, str]) -> bytes:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(url, data=json.dumps(body).encode(), headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
