"""Drives Chromium: a visit to a page of the host, with all that went wrong in it."""

import shutil
from typing import Any
from urllib.parse import urlsplit

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium(playwright: Any) -> Any:
    """Start the machine's Chromium."""
    return playwright.chromium.launch(executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=ARGUMENTS)


SILENT = {"InlineTextBox", "ListMarker", "generic", "none", "LineBreak"}
STATES = {"expanded", "pressed", "modal", "disabled", "live"}


def _lines(node: dict[str, Any], nodes: dict[str, dict[str, Any]], depth: int) -> list[str]:
    """Return the node and what is below it; what only holds others together has no line."""
    role, name = node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "")
    said = not node["ignored"] and role not in SILENT
    if said and role == "StaticText":
        return [f"{'  ' * depth}{name.strip()}"] if name.strip() else []
    states = [
        f" [{each['name']}: {each['value']['value']}]".replace(": True]", "]")
        for each in node.get("properties", ())
        if each["name"] in STATES and str(each["value"]["value"]) not in ("", "False", "off")
    ]
    line = [f"{'  ' * depth}{role}{f' {name!r}' if name else ''}{''.join(states)}"] if said else []
    below = [each for child in node.get("childIds", ()) for each in _lines(nodes[child], nodes, depth + said)]
    if [each.strip() for each in below] == [name]:
        below = []  # a button's text is its name
    return [*line, *below]


HARMFUL = """() => document.querySelector('pmo-coach').shadowRoot
  .querySelectorAll('img, script, iframe, object, embed, [onerror], [onload], a[href^="java" i]').length"""


class Visit:
    """A visit: `page` is the page, `problems` what it, its policy or the network complained of; a visit
    that had some fails at its end, unless `complain` is false."""

    def __init__(self, browser: Any, host: Any, **context: Any) -> None:
        self.browser, self.host, self.context = browser, host, context
        self.problems: list[str] = []
        self.foreign: list[str] = []
        self.expected: tuple[str, ...] = ()
        self.complain = True

    def __enter__(self) -> "Visit":
        self.session = self.browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **self.context})
        self.page = self.session.new_page()
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._check)
        return self

    def __exit__(self, kind: object, *details: object) -> None:
        self.session.close()
        if kind is None and self.complain:
            assert self.problems == []
            assert self.foreign == []

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(part in text for part in self.expected):
            self.problems.append(text)

    def _check(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.foreign.append(request.url)

    def open(self, path: str = "/") -> "Visit":
        """Go to the page and open the chat."""
        self.page.goto(self.host.url + path)
        self.page.locator("pmo-coach .launcher").click()
        return self

    def say(self, text: str, *, answers: int = 1) -> None:
        """Type and send, and wait until so many more messages of the coach are there."""
        before = self.page.locator("pmo-coach li.coach").count()
        self.page.locator("pmo-coach textarea").fill(text)
        self.page.keyboard.press("Enter")
        self.page.locator("pmo-coach li.coach").nth(before + answers - 1).wait_for()

    def log(self) -> list[str]:
        """Return what both sides said, in order; what is far off the screen has no inner text."""
        return list(self.page.locator("pmo-coach .messages > li .bubble").all_text_contents())

    def harmful(self) -> int:
        """Count the elements in the widget that could do harm, and that the coach's text never makes."""
        return int(self.page.evaluate(HARMFUL))

    def tree(self) -> str:
        """Return what the browser tells a screen reader, in its order: a role and a name a line."""
        client = self.session.new_cdp_session(self.page)
        nodes = {node["nodeId"]: node for node in client.send("Accessibility.getFullAXTree")["nodes"]}
        root = next(node for node in nodes.values() if "parentId" not in node)
        return "\n".join(_lines(root, nodes, 0)) + "\n"

    def violations(self, axe: str, where: str = "'pmo-coach, main'") -> list[str]:
        """Return what axe-core finds against WCAG 2.2 AA and good practice."""
        self.page.wait_for_timeout(250)
        self.page.evaluate(axe)
        options = {"runOnly": {"type": "tag", "values": TAGS}}
        found = self.page.evaluate(f"options => axe.run({where}, options)", options)
        return [
            f"{each['id']}: {each['nodes'][0]['html']} {each['nodes'][0]['failureSummary']}"
            for each in found["violations"]
        ]
