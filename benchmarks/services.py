"""PostgreSQL, Redis, nginx and coaches of our own: each on a free port of loopback, with its files in its own folder.

A service can be ended as a crash ends it and started again on the same port with what it had stored. Whoever starts
one does it with `started`, which ends it with the block: after a failure and on Ctrl-C as well.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from benchmarks.environment import child_environment
from benchmarks.processes import STOP_SECONDS, Process, finish, free_port, last_words
from benchmarks.records import BenchmarkError, NotMeasuredError
from bot.runtime.settings import project_root

HOST = "127.0.0.1"
START_SECONDS = 60.0
PAUSE_SECONDS = 0.05
POSTGRES_USER = "postgres"
POSTGRES_FOLDER = Path("/usr/lib/postgresql")
SITE = project_root() / "deploy" / "nginx.conf"
STICKY = "hash $pmo_coach_conversation consistent;"
SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/sbin")


class Service(ABC):
    """A program that listens on a port; `politely` is the signal that ends it in good order."""

    name: str
    politely = signal.SIGTERM

    def __init__(self, folder: Path) -> None:
        """Keep its files in that folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.port = folder, free_port()
        self.process: Process | None = None

    @property
    def log(self) -> Path:
        """Everything that it says."""
        return self.folder / f"{self.name}.log"

    @property
    def pid(self) -> int:
        """The id of the process; raise BenchmarkError when it does not run."""
        if self.process is None:
            raise BenchmarkError(f"{self.name} is not running")
        return self.process.pid

    @abstractmethod
    def command(self) -> list[str]:
        """Return the command that runs it in the foreground."""

    def environment(self) -> Mapping[str, str]:
        """Return the environment that it runs in."""
        return child_environment()

    def user(self) -> str | None:
        """Return the user that it runs as, where it is not ours."""
        return None

    def is_ready(self) -> bool:
        """Tell whether it listens."""
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex((HOST, self.port)) == 0

    def start(self) -> None:
        """Start it and return when it is ready; raise BenchmarkError when it does not become so."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command(), cwd=self.work_folder(), env=dict(self.environment()), stdin=subprocess.DEVNULL,
                stdout=output, stderr=output, start_new_session=True, user=self.user(),
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise BenchmarkError(f"{self.name} did not start\n{last_words(self.log)}")
            time.sleep(PAUSE_SECONDS)

    def work_folder(self) -> Path:
        """Return the folder that it runs in."""
        return self.folder

    def stop(self) -> None:
        """End it in good order, or kill it when that takes too long; nothing happens when it does not run."""
        self._end(self.politely)

    def kill(self) -> None:
        """End it as `kill -9` does."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(number)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(process.pid, signal.SIGKILL)  # children that outlived it
        except ProcessLookupError:
            pass
        process.wait()


class Postgres(Service):
    """A PostgreSQL with its default settings, made from nothing."""

    name = "postgres"
    politely = signal.SIGINT  # ends without waiting for its clients

    @property
    def url(self) -> str:
        """The URL of its database."""
        return f"postgresql://coach@{HOST}:{self.port}/postgres"

    def user(self) -> str | None:
        """Return the user of Debian's package where we are root, as whom it refuses to run."""
        return POSTGRES_USER if os.geteuid() == 0 else None

    def command(self) -> list[str]:
        """Return `postgres`, on loopback alone."""
        places = ("-c", f"listen_addresses={HOST}", "-c", "unix_socket_directories=")
        return [_postgres_program("postgres"), "-D", str(self.data), "-p", str(self.port), *places]

    @property
    def data(self) -> Path:
        """The folder of its files."""
        return self.folder / "data"

    def start(self) -> None:
        """Start it, after making its files the first time."""
        if not self.data.exists():
            self._make_data()
        super().start()

    def is_ready(self) -> bool:
        """Tell whether it takes connections: it listens before it does."""
        command = [_postgres_program("pg_isready"), "-q", "-h", HOST, "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def _make_data(self) -> None:
        options = ["-U", "coach", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        command = [_postgres_program("initdb"), "-D", str(self.data), *options]
        if (user := self.user()) is not None:
            shutil.chown(self.folder, user)
            command = ["runuser", "-u", user, "--", *command]
        finish(command, folder=self.folder, environment=self.environment(), log=self.log, limit=START_SECONDS)


class Redis(Service):
    """A Redis that keeps nothing on disk."""

    name = "redis"

    @property
    def url(self) -> str:
        """Its URL."""
        return f"redis://{HOST}:{self.port}/0"

    def command(self) -> list[str]:
        """Return `redis-server`."""
        options = ("--bind", HOST, "--save", "", "--appendonly", "no", "--dir", str(self.folder))
        return [program("redis-server"), "--port", str(self.port), *options]


class Nginx(Service):
    """An nginx with deploy/nginx.conf; unless it is sticky, it hands requests to any server, whoever sends them."""

    name = "nginx"
    politely = signal.SIGQUIT

    def __init__(self, folder: Path, ports: list[int], *, sticky: bool = False) -> None:
        """Stand before the servers on these ports."""
        super().__init__(folder)
        self._ports, self._plain_port, self._sticky = ports, free_port(), sticky

    @property
    def url(self) -> str:
        """Where people find it."""
        return f"http://{HOST}:{self.port}"

    def command(self) -> list[str]:
        """Return `nginx`, after writing its configuration."""
        file = self.folder / "nginx.conf"
        file.write_text(self._configuration(), encoding="utf-8")
        return [program("nginx"), "-p", str(self.folder), "-c", str(file), "-e", str(self.folder / "error.log")]

    def _configuration(self) -> str:
        temporary = "\n".join(
            f"{kind}_temp_path {self.folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
        return f"""{user} daemon off; worker_processes 1; pid {self.folder / "nginx.pid"};
events {{ worker_connections 2048; }}
http {{
{temporary}
{self._site()}
}}
"""

    def _site(self) -> str:
        """Return deploy/nginx.conf for loopback: without TLS, with ports and folders of its own, sticky or not."""
        servers = "".join(f"server {HOST}:{port};\n" for port in self._ports)
        (self.folder / "servers.conf").write_text(servers, encoding="utf-8")
        lines = SITE.read_text(encoding="utf-8").splitlines()
        site = "\n".join(line for line in lines if not line.strip().startswith("ssl_"))
        for theirs, ours in {
            "listen 80;": f"listen {HOST}:{self._plain_port};",
            "listen 443 ssl http2;": f"listen {HOST}:{self.port};",
            "/etc/nginx/pmo-coach/": f"{self.folder}/",
            "/var/log/nginx/": f"{self.folder}/",
            STICKY: STICKY if self._sticky else "least_conn;",
        }.items():
            if theirs not in site:
                raise BenchmarkError(f"{SITE} has no {theirs!r} any more: benchmarks/services.py is to follow it")
            site = site.replace(theirs, ours)
        return site


def program(name: str) -> str:
    """Return the path of an installed program; raise NotMeasuredError where it is missing."""
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(SYSTEM_FOLDERS))
    if found is None:
        raise NotMeasuredError(f"{name} is not installed")
    return found


def _postgres_program(name: str) -> str:
    # Debian keeps the programs of the server away from the path, a folder for each version.
    newest = sorted(POSTGRES_FOLDER.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    return str(newest[-1]) if newest else program(name)


@contextmanager
def all_started(services: Sequence[Service]) -> Iterator[None]:
    """Run services that start at the same time while the block lasts."""
    try:
        with ThreadPoolExecutor(len(services)) as threads:
            for starting in [threads.submit(service.start) for service in services]:
                starting.result()
        yield
    finally:
        for service in services:
            service.stop()


AnyService = TypeVar("AnyService", bound=Service)


@contextmanager
def started(service: AnyService) -> Iterator[AnyService]:
    """Run the service while the block lasts."""
    try:
        service.start()
        yield service
    finally:
        service.stop()
