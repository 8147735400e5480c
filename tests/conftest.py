"""What the tests share: a trained model, settings of their own, and a running coach to talk to."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import is_hypothesis_test

from bot.runtime import lean
from bot.runtime.settings import Settings, project_root, read_settings
from tests.coach import Clock, Coach, free_port, wait_until_ready

ROOT = project_root()
COVERING = ("coaching", "actions")
"""The folders whose tests enter every branch of what they test."""

# Before any test module imports Rasa.
lean.install()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """With `--cov`, watch the tests that must enter every branch; what a property's examples enter is chance.

    A watched test takes three times as long; `unwatched` marks others that can do without.
    pytest-cov's own mark for that does not help in a worker of xdist, where it starts two watches and stops one.
    """
    is_chance = is_hypothesis_test(getattr(item, "obj", None)) or item.get_closest_marker("unwatched")
    if (item.path.parent.name in COVERING and not is_chance) or not item.config.pluginmanager.hasplugin("_cov"):
        return (yield)
    watch, watch_of_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)  # type: ignore[arg-type]
    try:
        return (yield)
    finally:
        sys.settrace(watch)
        threading.settrace(watch_of_threads)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def encoder() -> Path:
    """The installed encoder's folder; `make test` installs it first."""
    from bot.nlu.encoder_files import verify

    folder = read_settings({}).encoder
    verify(folder)
    return folder


@pytest.fixture(scope="session")
def model(encoder: Path) -> Path:
    """The trained model, trained first where it is missing or out of date; workers that run at once train once."""
    settings = read_settings({})
    settings.var.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.var / "training.lock"):
        command = [sys.executable, "-m", "bot.cli", "train", "--if-needed"]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=_environment())
    return settings.model / "pmo-coach.tar.gz"


@pytest.fixture
def settings(tmp_path: Path, encoder: Path) -> Settings:
    """Settings with a var folder of their own, which has the encoder."""
    return read_settings({"PMO_COACH_VAR": str(make_var(tmp_path, encoder))})


@pytest.fixture(scope="session")
def coach(tmp_path_factory: pytest.TempPathFactory, encoder: Path, model: Path) -> Iterator[Coach]:
    """A coach served in a process of its own, on a free port of loopback."""
    var = make_var(tmp_path_factory.mktemp("coach"), encoder)
    with served(var) as running:
        yield running


@pytest.fixture(scope="session")
def coach_in_time(
    tmp_path_factory: pytest.TempPathFactory, encoder: Path, model: Path
) -> Iterator[tuple[Coach, Clock]]:
    """A coach whose clock the test turns on: it begins in the past."""
    var = make_var(tmp_path_factory.mktemp("coach_in_time"), encoder)
    clock = Clock(var / "seconds_ago")
    with served(
        var, command="tests.fakes.coach_in_time", COACH_IN_TIME=str(clock.file), PMO_COACH_TOKEN_DAYS="800"
    ) as running:
        yield running, clock


class served:
    """Serves the coach from a var folder while the block runs; `environment` adds settings."""

    def __init__(self, var: Path, *options: str, command: str = "bot.cli", **environment: str) -> None:
        self.var, self.options, self.command, self.environment = var, options, command, environment

    def __enter__(self) -> Coach:
        port = free_port()
        environment = {
            **_environment(),
            "PMO_COACH_VAR": str(self.var),
            "PMO_COACH_PORT": str(port),
            "PMO_COACH_RATE_CONVERSATION": "100000",
            "PMO_COACH_RATE_ADDRESS": "100000",
            **self.environment,
        }
        self.log = (self.var / "server.log").open("wb")
        command = [sys.executable, "-m", self.command, "serve", *self.options]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self.log, stderr=self.log)
        url = f"http://127.0.0.1:{port}"
        try:
            wait_until_ready(url, self.process, self.var / "server.log")
        except BaseException:
            self.__exit__()
            raise
        return Coach(url, self.process)

    def __exit__(self, *details: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


def make_var(folder: Path, encoder: Path) -> Path:
    """Return a new var folder that holds the encoder."""
    var = folder / "var"
    var.mkdir(exist_ok=True)
    if not (var / "encoder").exists():
        shutil.copytree(encoder, var / "encoder", copy_function=os.link)
    return var


def _environment() -> dict[str, str]:
    """The environment without settings of whoever runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PMO_COACH_")}
