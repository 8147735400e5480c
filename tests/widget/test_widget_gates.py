"""The gates themselves: a widget with a fault in it does not pass the one that is there for it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.widget import faults
from tests.widget.browsing import Visit
from tests.widget.host import Host
from tests.widget.views import rich

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (shutil.which("node") and (faults.WIDGET / "node_modules").is_dir()),
        reason="the widget's tools are not installed: `make widget` installs them",
    ),
]
PROBE = "<img src=x onerror='window.hit=1'>"
LAX = "default-src * 'unsafe-inline'"


@pytest.fixture
def visit_of(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Make a visit to a page with a faulty widget; what the visit complains of is what the test looks at."""
    hosts: list[Host] = []

    def make(fault: faults.Fault, policy: str = "") -> Visit:
        host = Host(rich)
        hosts.append(host)
        host.widget = faults.built(fault, tmp_path)
        host.policy = policy or host.policy
        visit = Visit(browser, host.__enter__())
        visit.complain = False
        return visit

    yield make
    for host in hosts:
        host.__exit__()


def test_gate_of_contrast(visit_of: Callable[..., Visit], axe: str) -> None:
    with visit_of(faults.CONTRAST) as visit:
        visit.open().say("answer")

        assert any(found.startswith("color-contrast") for found in visit.violations(axe))


def test_gate_of_names(visit_of: Callable[..., Visit], axe: str) -> None:
    with visit_of(faults.UNNAMED_BUTTON) as visit:
        visit.open()

        assert any(found.startswith("button-name") for found in visit.violations(axe))


def test_gate_of_our_origin(visit_of: Callable[..., Visit]) -> None:
    with visit_of(faults.FONT, LAX) as visit:
        visit.open()

        assert visit.foreign == ["https://fonts.invalid/i.woff2"]


def test_gate_of_the_policy_stops_a_font(visit_of: Callable[..., Visit]) -> None:
    with visit_of(faults.FONT) as visit:
        visit.open()

        assert any("fonts.invalid" in found and "Content Security Policy" in found for found in visit.problems)


def test_gate_of_the_policy_stops_an_inline_style(visit_of: Callable[..., Visit]) -> None:
    with visit_of(faults.INLINE_STYLE) as visit:
        visit.open().say("answer")

        assert any("inline style" in found for found in visit.problems)


def test_gate_of_markup(visit_of: Callable[..., Visit]) -> None:
    with visit_of(faults.INNER_HTML) as visit:
        visit.open().say(PROBE)

        assert visit.harmful() == 1
        assert any("inline event handler" in found for found in visit.problems)


def test_markup_would_do_harm_under_a_lax_policy(visit_of: Callable[..., Visit]) -> None:
    with visit_of(faults.INNER_HTML, LAX) as visit:
        visit.open().say(PROBE)
        visit.page.wait_for_function("window.hit === 1")


def test_gate_of_size(tmp_path: Path) -> None:
    done = faults.build(faults.SIZE, tmp_path)

    assert done.returncode == 1
    assert "kB gz (at most 30)" in done.stdout


def test_built_file_is_what_the_source_builds(tmp_path: Path) -> None:
    assert faults.build(None, tmp_path).returncode == 0

    assert (tmp_path / "widget/dist/widget.js").read_bytes() == (faults.WIDGET / "dist/widget.js").read_bytes()
