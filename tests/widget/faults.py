"""Faulty widgets: each is built from the source with one fault planted in it, as a change might bring it."""

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

WIDGET = Path(__file__).parents[2] / "bot/widget"


class Fault(NamedTuple):
    """A fault: the file, the text that is there, and what stands there instead."""

    file: str
    right: str
    wrong: str


CONTRAST = Fault("src/widget.css", "--muted: #566264", "--muted: #b9c0c1")
FONT = Fault(
    "src/element.ts",
    "    this.#draw();\n    this.#listen",
    '    void new FontFace("Inter", "url(https://fonts.invalid/i.woff2)").load().catch(() => 0);\n'
    "    this.#draw();\n    this.#listen",
)
INLINE_STYLE = Fault("src/message-view.ts", '{ class: "text" }', '{ class: "text", style: "color: inherit" }')
INNER_HTML = Fault("src/message-view.ts", "text.append(markdown(message.text))", "text.innerHTML = message.text")
UNNAMED_BUTTON = Fault("src/panel.ts", 'class: "send", part: "send", "aria-label": strings.send, title', "alt")
SIZE = Fault("src/strings.ts", "Hello, I'm", "".join(f"{number * 2654435761 % 2**32:x}" for number in range(900)))


def build(fault: Fault | None, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Build the widget in the folder, with the fault; the built file is `dist/widget.js` in it."""
    copy = folder / "widget"
    shutil.copytree(WIDGET, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (copy / "node_modules").symlink_to(WIDGET / "node_modules")
    if fault:
        path = copy / fault.file
        text = path.read_text(encoding="utf-8")
        assert text.count(fault.right) == 1, "the place of the fault has gone: plant it anew"
        path.write_text(text.replace(fault.right, fault.wrong), encoding="utf-8")
    return subprocess.run(["node", "build.mjs"], cwd=copy, capture_output=True, text=True)


def built(fault: Fault, folder: Path) -> bytes:
    """Return the faulty widget."""
    done = build(fault, folder)
    assert done.returncode == 0, done.stderr
    return (folder / "widget/dist/widget.js").read_bytes()
