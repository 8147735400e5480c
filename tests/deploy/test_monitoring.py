"""The dashboard and the alarms ask for metrics that there are, with labels that they have."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest
from jsonschema import validate

from bot.observing.metrics import REGISTRY
from bot.runtime.settings import project_root
from tests.deploy.reading import DEPLOY, load

DASHBOARD: dict[str, Any] = json.loads((DEPLOY / "grafana-dashboard.json").read_text(encoding="utf-8"))
ALERTS: dict[str, Any] = load("alerts.yml")
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
BY_PROMETHEUS = {"up"}
OTHER_LABELS = {"instance", "job", "le"}
RULE_FILE = {
    "type": "object",
    "required": ["groups"],
    "additionalProperties": False,
    "properties": {"groups": {"type": "array", "minItems": 1, "items": {
        "type": "object",
        "required": ["name", "rules"],
        "additionalProperties": False,
        "properties": {"name": {"type": "string"}, "rules": {"type": "array", "minItems": 1, "items": {
            "type": "object",
            "required": ["alert", "expr", "labels", "annotations"],
            "additionalProperties": False,
            "properties": {
                "alert": {"type": "string", "pattern": "^PmoCoach[A-Z][A-Za-z]+$"},
                "expr": {"type": "string"},
                "for": {"type": "string", "pattern": "^[0-9]+[smhd]$"},
                "labels": {"type": "object", "required": ["severity"],
                           "properties": {"severity": {"enum": ["page", "warn"]}}},
                "annotations": {"type": "object", "required": ["summary"]},
            },
        }}},
    }}},
}  # fmt: skip


def shown() -> dict[str, set[str]]:
    """Return the names of all series that a server shows, each with its labels."""
    found: dict[str, set[str]] = {name: set() for name in BY_PROMETHEUS}
    for family in REGISTRY.collect():
        metric = REGISTRY._names_to_collectors.get(family.name)
        labels = set(getattr(metric, "_labelnames", ()))
        endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}.get(family.type, [""])
        found.update({f"{family.name}{ending}": labels for ending in endings})
    return found


def check(expression: str) -> None:
    series = shown()
    named = re.findall(r"\b(?:pmo_coach|process)_[a-z_]+|\bup\b", expression)
    assert named, expression
    for name in named:
        assert name in series, f"{name} in {expression}"
    for name, matchers in re.findall(r"\b([a-z_]+)\{([^}]*)\}", expression):
        for label in re.findall(r"(\w+)=~?\"", matchers):
            assert label in series[name] | OTHER_LABELS, f"{name} has no {label}"
    allowed = OTHER_LABELS.union(*(series[name] for name in named))
    for labels in re.findall(r"\bby \(([^)]*)\)", expression):
        assert {label.strip() for label in labels.split(",")} <= allowed, expression


@pytest.mark.parametrize("panel", DASHBOARD["panels"], ids=lambda panel: panel["title"])
def test_a_panel_asks_for_metrics_that_there_are(panel):
    assert panel["targets"]
    for target in panel["targets"]:
        check(target["expr"])


def test_the_dashboard_is_one_that_grafana_takes():
    assert {"title", "uid", "schemaVersion", "panels", "templating", "time"} <= set(DASHBOARD)
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len({*ids}) == len(ids)
    cells = [
        (x, y)
        for panel in DASHBOARD["panels"]
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len({*cells}) == len(cells), "panels lie over each other"
    assert max(x for x, _ in cells) < 24
    (variable,) = DASHBOARD["templating"]["list"]
    assert all(panel["datasource"]["uid"] == f"${{{variable['name']}}}" for panel in DASHBOARD["panels"])


def test_the_alarms_are_rules_as_prometheus_reads_them():
    validate(ALERTS, RULE_FILE)
    names = [rule["alert"] for rule in RULES]
    assert len({*names}) == len(names)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alarm_asks_for_metrics_that_there_are_and_is_explained(rule):
    check(rule["expr"])
    assert f"`{rule['alert']}`" in (project_root() / "docs/operating.md").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("promtool") is None, reason="Prometheus is not installed here")
def test_prometheus_itself_takes_the_alarms():
    done = subprocess.run(["promtool", "check", "rules", DEPLOY / "alerts.yml"], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
