"""Stock Rasa with TensorFlow, in an environment of its own, and the starter bot that `rasa init` makes."""

from pathlib import Path

import yaml

from benchmarks.environment import child_environment
from benchmarks.messages import varied
from benchmarks.processes import finish
from benchmarks.records import BenchmarkError
from benchmarks.subjects import HOST, Subject
from benchmarks.talking import Protocol
from bot.runtime.settings import Settings, project_root

ENVIRONMENT = project_root() / ".venv-stock"
SETUP = ("sh", "scripts/setup.sh", "stock")
INSTALL_SECONDS = 3600.0
STARTER_SECONDS = 900.0


def is_installed(environment: Path = ENVIRONMENT) -> bool:
    """Tell whether stock Rasa is there."""
    return (environment / "bin" / "rasa").is_file()


def install(folder: Path) -> None:
    """Install stock Rasa from its lock file, where it is not yet; the log goes to the folder."""
    finish(SETUP, folder=project_root(), environment=child_environment(), log=folder / "install.log",
           limit=INSTALL_SECONDS)  # fmt: skip


class Stock(Subject):
    """The starter bot as `rasa run` serves it, with the REST channel that it comes with."""

    protocol = Protocol.REST

    def __init__(self, scratch: Path, settings: Settings, *, environment: Path = ENVIRONMENT) -> None:
        """Keep the starter bot itself in the project's var folder: making it takes a minute."""
        super().__init__(scratch)
        self.environment = environment
        self.bot = settings.var / "stock" / "starter"

    def prepare(self) -> None:
        """Make and train the starter bot where it is not yet; raise BenchmarkError when it cannot be."""
        if not is_installed(self.environment):
            raise BenchmarkError("stock Rasa is not installed: run `make bench-stock`")
        if self._model() is not None:
            return
        self.bot.mkdir(parents=True, exist_ok=True)
        command = [*self._rasa("init"), "--no-prompt", "--init-dir", str(self.bot)]
        finish(command, folder=self.bot.parent, environment=child_environment(), log=self.scratch / "init.log",
               limit=STARTER_SECONDS)  # fmt: skip

    def _model(self) -> Path | None:
        return max((self.bot / "models").glob("*.tar.gz"), default=None)

    def texts(self, number: int) -> list[str]:
        """Return the starter bot's own examples: it keeps no cache, and what it was made for it answers."""
        groups = yaml.safe_load((self.bot / "data" / "nlu.yml").read_text(encoding="utf-8"))["nlu"]
        lines = [line for group in groups for line in group["examples"].splitlines()]
        return varied([line.removeprefix("- ").strip() for line in lines if line.startswith("- ")], number)

    def serve_command(self, home: Path, port: int) -> tuple[list[str], Path, dict[str, str]]:
        """Return `rasa run`."""
        model = self._model()
        if model is None:
            raise BenchmarkError(f"there is no trained starter bot in {self.bot}")
        command = [*self._rasa("run"), "--model", str(model), "--interface", HOST, "--port", str(port)]
        return command, self.bot, {}

    def train_command(self, folder: Path) -> tuple[list[str], Path, dict[str, str]]:
        """Return `rasa train` from nothing."""
        return [*self._rasa("train"), "--force", "--out", str(folder)], self.bot, {}

    @property
    def python(self) -> Path:
        """The Python of its environment."""
        return self.environment / "bin" / "python"

    def _rasa(self, command: str) -> list[str]:
        return [str(self.python), "-m", "rasa", command]
