"""Draws the pictures of the web widget: a real talk with a coach that it starts, at three sizes, light and dark.

PYTHONPATH=. .venv/bin/python -m scripts.screenshots docs/images
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SIZES = {"320": (320, 720), "768": (768, 1024), "1440": (1440, 900)}
TALK = ("I'm a PMO analyst, three years, with P3O Foundation. What should I do next?",)
README = ("1440", "light")
START_SECONDS = 90


def main(folder: Path) -> None:
    """Write web.png, and web-WIDTH-SCHEME.png for each size and scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bot.cli", "serve"]
    server = subprocess.Popen(command, env={**os.environ, "PMO_COACH_PORT": str(port)}, stdout=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, server)
        _draw_all(url, folder)
    finally:
        server.terminate()
        server.wait()


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(START_SECONDS * 5):
        try:
            with urllib.request.urlopen(f"{url}/ready", timeout=5):
                return
        except urllib.error.URLError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    raise SystemExit("The coach did not start: try `make serve`.")


def _draw_all(url: str, folder: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        for size in SIZES:
            for scheme in SCHEMES:
                picture = folder / f"web-{size}-{scheme}.png"
                _draw(browser, url, size, scheme, picture)
                if (size, scheme) == README:
                    shutil.copyfile(picture, folder / "web.png")
        browser.close()


def _draw(browser: Browser, url: str, size: str, scheme: Scheme, picture: Path) -> None:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(url)
    for number, words in enumerate(TALK):
        page.locator("pmo-coach textarea").fill(words)
        page.keyboard.press("Enter")
        page.locator("pmo-coach li.coach").nth(number).wait_for()
    page.wait_for_timeout(400)
    page.screenshot(path=picture)
    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
