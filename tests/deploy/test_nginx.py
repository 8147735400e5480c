"""deploy/nginx.conf: nginx takes it as it is, but for addresses and folders, and a talk goes through it."""

import contextlib
import http.client
import json
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coach import Coach, free_port
from tests.conftest import make_var, served
from tests.deploy.reading import DEPLOY

pytestmark = pytest.mark.nginx
ADDRESSES = 20
MARK = "Zanzibar"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Nginx:
    """nginx with our configuration, before those servers, while its `with` block lasts."""

    def __init__(self, folder: Path, servers: list[str]) -> None:
        self.folder, self.http, self.https = folder, free_port(), free_port()
        site = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
        for theirs, ours in {
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.https} ssl http2;",
            "/etc/nginx/pmo-coach/": f"{folder}/",
            "/var/log/nginx/": f"{folder}/",
        }.items():
            assert theirs in site
            site = site.replace(theirs, ours)
        (folder / "site.conf").write_text(site)
        (folder / "servers.conf").write_text("".join(f"server {server};\n" for server in servers))
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
        make_certificate(folder)
        self.command = ["nginx", "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]

    def test(self) -> "subprocess.CompletedProcess[str]":
        """Have nginx check the configuration."""
        return subprocess.run([*self.command, "-t"], capture_output=True, text=True, check=False)

    def __enter__(self) -> "Nginx":
        self.process = subprocess.Popen(self.command)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.https), timeout=1):
                return self
            time.sleep(0.05)
        raise RuntimeError((self.folder / "error.log").read_text())

    def __exit__(self, *details: object) -> None:
        self.process.terminate()
        self.process.wait(10)


def make_certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
               "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder / "privkey.pem",
               "-out", folder / "fullchain.pem"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


class SecureCoach(Coach):
    """A coach behind TLS."""

    def __init__(self, nginx: Nginx, coach: Coach) -> None:
        super().__init__(f"https://127.0.0.1:{nginx.https}", coach.process)
        self.context = ssl.create_default_context(cafile=str(nginx.folder / "fullchain.pem"))

    def request(self, method, path, *, token=None, body=None, headers=None):  # type: ignore[no-untyped-def]
        """Send a request and return status, body and headers (names in lower case)."""
        connection = http.client.HTTPSConnection(*self.url[8:].split(":"), timeout=30, context=self.context)
        sent = {**(headers or {}), **({"Authorization": f"Bearer {token}"} if token else {})}
        data = None if body is None else json.dumps(body)
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, body=data, headers=sent)
            answer = connection.getresponse()
            return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory, encoder: Path, model: Path) -> Iterator[tuple[Nginx, SecureCoach]]:
    """nginx before a coach and a server that is not there."""
    var, folder = make_var(tmp_path_factory.mktemp("coach"), encoder), tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    with served(var, PMO_COACH_TRUSTED_PROXIES="1", PMO_COACH_RATE_ADDRESS=str(ADDRESSES)) as coach:
        nginx = Nginx(folder, [f"127.0.0.1:{free_port()}", coach.url.removeprefix("http://")])
        checked = nginx.test()
        assert checked.returncode == 0, checked.stderr
        with nginx:
            yield nginx, SecureCoach(nginx, coach)


def log_of(nginx: Nginx) -> list[list[str]]:
    return [line.split() for line in (nginx.folder / "pmo-coach.log").read_text().splitlines()]


def test_a_talk_goes_through_though_a_server_is_gone(nginx):
    _, coach = nginx
    talk = coach.talk()
    for _ in range(3):
        (answer,) = talk.say("does ppso still exist")
        assert answer["kind"] == "answer"
    assert len(talk.history()) == 6


def test_the_request_id_is_nginxs_own_and_in_its_log(nginx):
    server, coach = nginx
    _, _, headers = coach.request("GET", "/health", headers={"X-Request-Id": "made-by-a-client"})

    assert len(headers["x-request-id"]) == 32
    assert headers["x-request-id"] in [line[1] for line in log_of(server)]
    assert headers["strict-transport-security"]


def test_the_log_has_no_path_and_no_address_of_a_client(nginx):
    server, coach = nginx
    coach.request("GET", f"/{MARK}?{MARK}={MARK}", headers={"User-Agent": MARK, "X-Forwarded-For": MARK})

    assert MARK not in (server.folder / "pmo-coach.log").read_text()
    assert all(len(line) == 6 or "," in "".join(line) for line in log_of(server))


def test_metrics_are_not_shown_outside(nginx):
    _, coach = nginx
    assert coach.request("GET", "/metrics")[0] == 404


def test_a_client_cannot_pass_for_many(nginx):
    _, coach = nginx
    statuses = [
        coach.request("POST", "/webhooks/web/session", headers={"X-Forwarded-For": f"10.0.0.{number}"})[0]
        for number in range(ADDRESSES + 1)
    ]
    assert statuses[-1] == 429


def test_a_page_of_the_same_origin_may_ask(nginx):
    server, coach = nginx
    origin = {"Origin": f"https://127.0.0.1:{server.https}"}
    assert coach.request("GET", "/webhooks/web/history", headers=origin)[0] == 401
    foreign = {"Origin": "https://elsewhere.example", "X-Forwarded-Host": "elsewhere.example"}
    assert coach.request("GET", "/webhooks/web/history", headers=foreign)[0] == 403


def test_plain_http_leads_to_tls(nginx):
    server, _ = nginx
    connection = http.client.HTTPConnection("127.0.0.1", server.http, timeout=10)
    connection.request("GET", "/a?b=c")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (308, "https://127.0.0.1/a?b=c")
    connection.close()
