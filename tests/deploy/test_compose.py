"""deploy/compose.yaml and the image: what they name exists, and nothing can be reached or done that need not."""

import re
from typing import Any

import pytest

from tests.deploy.reading import DEPLOY, exists_in_checkout, known_variables, load

COMPOSE: dict[str, Any] = load("compose.yaml")
SERVICES: dict[str, Any] = COMPOSE["services"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
MADE_BY_HAND = ("./secrets/", "./tls/")


def test_the_services_are_there():
    assert set(SERVICES) == {"coach", "postgres", "redis", "nginx"}
    assert SERVICES["coach"]["scale"] >= 2


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_hardened_and_watched(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["tmpfs"]
    assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"])
    assert "privileged" not in service


@pytest.mark.parametrize("name", ["coach", "postgres", "redis"])
def test_only_nginx_is_started_as_root_and_reached_from_outside(name):
    assert SERVICES[name]["user"].partition(":")[0] not in ("", "0", "root")
    assert "ports" not in SERVICES[name]
    assert SERVICES[name]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_ports_are_on_loopback():
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["nginx"]["ports"])


def test_the_coach_is_told_settings_that_there_are():
    assert set(SERVICES["coach"]["environment"]) <= known_variables()
    named = re.findall(r"PMO_COACH_[A-Z_]+", DOCKERFILE)
    assert set(named) <= known_variables()


def test_secrets_come_as_files_and_each_is_declared():
    used = {name for service in SERVICES.values() for name in service.get("secrets", [])}
    assert used == set(COMPOSE["secrets"])
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    for name in re.findall(r"/run/secrets/([a-z_]+)", text):
        assert name in used
    assert not re.search(r"(?m)^ *[A-Z_]*(PASSWORD|SECRET|_URL): *\S", text)


def test_files_that_are_mounted_exist_or_are_made_by_hand():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            if source.startswith("./"):
                assert source.startswith(MADE_BY_HAND) or (DEPLOY / source).is_file(), source
            else:
                assert source in COMPOSE["volumes"]


def test_services_wait_for_services_that_there_are():
    for service in SERVICES.values():
        for name, how in service.get("depends_on", {}).items():
            assert name in SERVICES
            assert how == {"condition": "service_healthy"}


def test_the_image_runs_as_nobodys_root_from_files_that_exist():
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert SERVICES["coach"]["user"] == "10001:10001"
    for path in re.findall(r"/opt/pmo-coach/[\w./-]+", last):
        assert exists_in_checkout(path), path
    for source in re.findall(r"^COPY (?!--from)(\S+)", last, re.MULTILINE):
        assert (DEPLOY.parent / source).is_file(), source
    assert (DEPLOY / "entrypoint.sh").stat().st_mode & 0o111


def test_the_image_takes_no_data_and_no_secrets_along():
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv", "var", "models", "deploy/secrets", "deploy/tls"} <= {*ignored}
