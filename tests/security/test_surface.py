"""What the server offers to a stranger: the described routes and nothing of Rasa's own; a model is read as a file."""

import io
import re
import tarfile
import uuid
from pathlib import Path
from typing import Any

import pytest
import yaml
from sanic import Sanic

from bot.runtime import server
from bot.runtime.settings import project_root, read_settings

DESCRIBED = yaml.safe_load((project_root() / "docs/openapi.yaml").read_text(encoding="utf-8"))["paths"]
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s" * 32, "SLACK_MODE": "http"}
RASAS = (
    "/webhooks/rest/webhook", "/webhooks/socketio", "/model", "/model/parse", "/conversations", "/status",
    "/domain", "/version", "/webhook",
)  # fmt: skip


@pytest.fixture
def several_apps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process make more than one app of the name that the server gives its own."""
    monkeypatch.setattr(Sanic, "test_mode", True)
    monkeypatch.setattr(Sanic, "_app_registry", {})


def routes_of(var: Path, **settings: str) -> set[str]:
    """Return the addresses that a server with these settings has."""
    environment = {"VAR": str(var), "SECRET": uuid.uuid4().hex, **settings}
    app: Any = server.create_app(read_settings({f"PMO_COACH_{name}": value for name, value in environment.items()}))
    return {re.sub("<([a-z]+):[^>]*>", r"{\1}", f"/{route.path}") for route in app.router.routes}


@pytest.mark.usefixtures("several_apps")
def test_server_has_the_described_routes_and_no_other(tmp_path: Path) -> None:
    assert routes_of(tmp_path) == set(DESCRIBED)


@pytest.mark.usefixtures("several_apps")
def test_slack_over_http_adds_its_one_route(tmp_path: Path) -> None:
    assert routes_of(tmp_path, **SLACK) - set(DESCRIBED) == {"/webhooks/slack/events"}


@pytest.mark.parametrize("path", RASAS)
def test_nothing_of_rasas_own_api_answers(coach: Any, path: str) -> None:
    for method in ("GET", "POST", "PUT"):
        assert coach.request(method, path, body={"sender": "someone", "message": "hi"})[0] == 404


@pytest.mark.parametrize("name", ["../evil", "/evil", "components/../../evil"])
def test_model_that_writes_outside_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    archive, folder = tmp_path / "model.tar.gz", tmp_path / "inside"
    folder.mkdir()
    with tarfile.open(archive, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))

    with pytest.raises(Exception, match=r"(?i)travers|metadata"):
        LocalModelStorage.from_model_archive(folder, archive)

    assert not any(path.name == "evil" for path in tmp_path.rglob("*"))
