"""A fleet: coaches that share a database, with nginx before them that sends each message to the next one."""

import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.environment import child_environment
from benchmarks.processes import last_words
from benchmarks.records import NotMeasuredError
from benchmarks.services import HOST, Nginx, Postgres, Redis, Service, all_started, started
from bot.runtime.settings import Settings

SECRET = "a secret of the benchmarks, which guards nothing"


class CoachServer(Service):
    """`pmo-coach serve`, with the limits on messages lifted."""

    name = "server"

    def __init__(self, bench: Bench, **settings: str) -> None:
        """Serve with these settings beside those of the benchmarks."""
        super().__init__(bench.coach.new_folder())
        self._command, self._place, own = bench.coach.serve_command(self.folder, self.port)
        self._settings: Mapping[str, str] = {"PMO_COACH_SECRET": SECRET, **own, **settings}
        self.preload: Mapping[str, str] = {}
        """What else is in its environment, as the library that changes its clock needs it."""

    @property
    def url(self) -> str:
        """Where it is found."""
        return f"http://{HOST}:{self.port}"

    def command(self) -> list[str]:
        """Return the command that serves."""
        return self._command

    def work_folder(self) -> Path:
        """Return the project's folder."""
        return self._place

    def environment(self) -> Mapping[str, str]:
        """Return the environment with the settings."""
        return {**child_environment(**self._settings), **self.preload}

    def is_ready(self) -> bool:
        """Tell whether it says that it is ready."""
        try:
            with urllib.request.urlopen(f"{self.url}/ready", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def has_said(self, words: str) -> bool:
        """Tell whether its log has these words."""
        return words in self.log.read_text(encoding="utf-8", errors="replace")

    def last_words(self) -> str:
        """Return the end of its log."""
        return last_words(self.log)


@dataclass(frozen=True)
class Fleet:
    """Servers that share a PostgreSQL, and a Redis where the coach can use one; `url` is that of nginx."""

    url: str
    servers: tuple[CoachServer, ...]
    postgres: Postgres
    redis: Redis | None
    nginx: Nginx


@contextmanager
def a_fleet(bench: Bench, *, servers: int = 2, sticky: bool = False) -> Iterator[Fleet]:
    """Run a fleet on new databases while the block lasts; a conversation has a server of its own where it is sticky."""
    # Not below the folder of the benchmarks: PostgreSQL may run as another user, who must reach its files.
    with tempfile.TemporaryDirectory(prefix="pmo-coach-bench-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        postgres = stack.enter_context(started(Postgres(folder / "postgres")))
        redis = stack.enter_context(started(Redis(folder / "redis"))) if can_use_redis() else None
        shared = {"PMO_COACH_DATABASE_URL": postgres.url, **({"PMO_COACH_REDIS_URL": redis.url} if redis else {})}
        coaches = tuple(CoachServer(bench, **shared) for _ in range(servers))
        stack.enter_context(all_started(coaches))
        nginx = stack.enter_context(started(Nginx(folder / "nginx", [coach.port for coach in coaches], sticky=sticky)))
        yield Fleet(nginx.url, coaches, postgres, redis, nginx)


def can_use_redis() -> bool:
    """Tell whether this version of the coach has a setting for Redis."""
    return any(setting.name == "redis_url" for setting in fields(Settings))


def redis_of(fleet: Fleet) -> Redis:
    """Return the fleet's Redis; raise NotMeasuredError where the coach uses none."""
    if fleet.redis is None:
        raise NotMeasuredError("this version of the coach uses no Redis")
    return fleet.redis
