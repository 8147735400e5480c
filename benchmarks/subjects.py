"""The subjects of the benchmarks: the coach, and stock Rasa's starter bot. Each serves on loopback and trains."""

import shutil
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from os import link
from pathlib import Path

from benchmarks.environment import child_environment
from benchmarks.messages import HELD_OUT, read_utterances, varied
from benchmarks.processes import finish, free_port, last_words, running
from benchmarks.records import BenchmarkError, Say
from benchmarks.talking import Protocol, Talks, answers, hold_talks
from bot.runtime import training
from bot.runtime.settings import Settings, project_root

HOST = "127.0.0.1"
START_SECONDS = 300.0
TRAINING_SECONDS = 900.0
PAUSE_SECONDS = 0.02
NO_LIMIT = "1000000"


@dataclass(frozen=True)
class Server:
    """A running server; `first_answer` is the seconds from its start until a message was answered."""

    protocol: Protocol
    url: str
    pid: int
    first_answer: float

    def talk(self, talks: Sequence[Sequence[str]], say: Say, *, people: int = 1) -> Talks:
        """Hold these conversations with the server."""
        return hold_talks(self.protocol, self.url, talks, say, people=people)


class Subject(ABC):
    """Something that can be served, talked to and trained; `scratch` is a folder that is thrown away."""

    protocol: Protocol
    first_words = "hello"

    def __init__(self, scratch: Path) -> None:
        """Keep logs and what else is made in the folder."""
        self.scratch = scratch
        self._made = 0

    def new_folder(self) -> Path:
        """Return a new empty folder."""
        self._made += 1
        folder = self.scratch / f"{self.protocol.value}-{self._made}"
        folder.mkdir()
        return folder

    @contextmanager
    def served(self, home: Path | None = None) -> Iterator[Server]:
        """Serve while the block lasts, with the state in `home`; raise BenchmarkError when it does not start."""
        home = home or self.new_folder()
        port, log = free_port(), home / "server.log"
        command, folder, settings = self.serve_command(home, port)
        began = time.monotonic()
        with running(command, folder=folder, environment=child_environment(**settings), log=log) as process:
            url = f"http://{HOST}:{port}"
            while not answers(self.protocol, url, self.first_words):
                if process.poll() is not None or time.monotonic() - began > START_SECONDS:
                    how = "takes too long" if process.returncode is None else f"ended with {process.returncode}"
                    raise BenchmarkError(f"the server did not start: it {how}\n{last_words(log)}")
                time.sleep(PAUSE_SECONDS)
            yield Server(self.protocol, url, process.pid, time.monotonic() - began)

    def train(self) -> float:
        """Train everything anew and return the seconds that the command took."""
        return self.train_into(self.new_folder())

    def train_into(self, folder: Path) -> float:
        """Train everything anew into a folder and return the seconds that the command took."""
        command, place, settings = self.train_command(folder)
        settings = {"RASA_CACHE_DIRECTORY": str(folder / "cache"), **settings}
        began = time.monotonic()
        finish(
            command, folder=place, environment=child_environment(**settings), log=folder / "training.log",
            limit=TRAINING_SECONDS,
        )  # fmt: skip
        return time.monotonic() - began

    @abstractmethod
    def texts(self, number: int) -> list[str]:
        """Return so many texts to send, in a fixed order."""

    @abstractmethod
    def serve_command(self, home: Path, port: int) -> tuple[list[str], Path, dict[str, str]]:
        """Return the command that serves, the folder to run it in, and what to add to the environment."""

    @abstractmethod
    def train_command(self, folder: Path) -> tuple[list[str], Path, dict[str, str]]:
        """Return the command that trains into a folder, the folder to run it in, and the environment's additions."""


class Coach(Subject):
    """Our coach as `pmo-coach serve` runs it: default settings, a fresh database, no limit on messages."""

    protocol = Protocol.COACH
    first_words = "what is a pmo?"

    def __init__(self, scratch: Path, settings: Settings) -> None:
        """Use the encoder and, when it is current, the trained model of these settings."""
        super().__init__(scratch)
        self.settings = settings
        self._models = scratch / "models"

    def model(self) -> Path:
        """Return the model's folder, current; or the file, where the settings name one, which is taken as it is.

        It is a copy of the project's, or trained now where that is out of date, or was edited during the run.
        """
        if self.settings.model.is_file():
            return self.settings.model
        if not self._models.exists():
            self._models.mkdir()
            if training.is_current(self.settings):
                for name in (f"{training.MODEL_NAME}.tar.gz", training.RECORD):
                    shutil.copy2(self.settings.model / name, self._models / name)
        if not training.is_current(replace(self.settings, model=self._models)):
            self.train_into(self._models)
        return self._models

    def model_file(self) -> Path:
        """Return the model's file."""
        model = self.model()
        return model if model.is_file() else model / f"{training.MODEL_NAME}.tar.gz"

    def texts(self, number: int) -> list[str]:
        """Return held-out utterances, none twice."""
        return varied([utterance.text for utterance in read_utterances(HELD_OUT)], number)

    def var(self, home: Path) -> dict[str, str]:
        """Make a folder ready to be the server's own and return the setting that says so."""
        if not (home / "encoder").exists():
            shutil.copytree(self.settings.encoder, home / "encoder", copy_function=_link_or_copy)
        return {"PMO_COACH_VAR": str(home)}

    def serve_command(self, home: Path, port: int) -> tuple[list[str], Path, dict[str, str]]:
        """Return `pmo-coach serve`."""
        settings = {
            **self.var(home), "PMO_COACH_MODEL": str(self.model()),
            "PMO_COACH_HOST": HOST, "PMO_COACH_PORT": str(port),
            "PMO_COACH_RATE_CONVERSATION": NO_LIMIT, "PMO_COACH_RATE_ADDRESS": NO_LIMIT,
        }  # fmt: skip
        return [sys.executable, "-m", "bot.cli", "serve"], project_root(), settings

    def train_command(self, folder: Path) -> tuple[list[str], Path, dict[str, str]]:
        """Return `pmo-coach train`."""
        settings = {**self.var(folder), "PMO_COACH_MODEL": str(folder)}
        return [sys.executable, "-m", "bot.cli", "train"], project_root(), settings


def _link_or_copy(source: str, target: str) -> None:
    try:
        link(source, target)
    except OSError:
        shutil.copy2(source, target)
