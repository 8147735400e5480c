"""The coach on this machine: found, or started in the background.

Whoever answers at the port may be the coach of another folder, or one with another database: its words would not be
those of this one, and what is said to it would be kept elsewhere. Such a one is left alone, and ours runs at the next
port that is free.

A lock file says whether a server that a terminal started is alive: the client takes the lock, hands it
to the server as an open file and lets go of its own. The lock then lives exactly as long as the server,
so two clients start only one, and no crash leaves a stale lock behind.
"""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from bot.terminal.cleaning import clean_text
from bot.terminal.client import probe
from bot.terminal.errors import NoServerError, TimedOutError
from bot.terminal.files import PRIVATE_FILE, private_folder
from bot.terminal.notices import Notices
from bot.terminal.transport import Address

if TYPE_CHECKING:
    from bot.runtime.settings import Settings

SERVE = (sys.executable, "-m", "bot.cli", "serve", "--while-current")
START_SECONDS = 60.0
IDLE_SECONDS = 900.0
"""How long a server that we started stays when nobody asks it anything."""
PROBE_SECONDS = 10.0
NEXT_PORTS, NEXT_SECONDS = 20, 1.0
"""How many ports after a taken one are tried, and how long whoever is there may take to say who they are."""
PAUSE_SECONDS = 0.15
REPORT_SECONDS = 10.0
"""How often a plain place is told that the start goes on."""
UNREADY_SECONDS = 10.0
"""How long a coach that runs may say that it is not ready, and why: a full disk is told, not waited for."""
LOG_LINES = 10
MAX_LOG = 1024 * 1024
ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


class _Who(Enum):
    """Who is at an address: `BUSY` did not say in time."""

    OURS, OTHER, NO_COACH, NOBODY, BUSY = range(5)


class _Server(subprocess.Popen[bytes]):
    """A process that is to outlive us, so its end need not be waited for."""

    def __del__(self) -> None:
        """Do without Python's warning that the process still runs."""


class LocalServer:
    """The server that the settings describe, on this machine."""

    def __init__(self, settings: "Settings", notices: Notices, *, serve: Sequence[str] = SERVE) -> None:
        """Start it, when it must be, with the command `serve`."""
        self.address = local_address(settings)
        self.process: _Server | None = None
        self._settings = settings
        self._notices = notices
        self._serve = serve
        self._log_start = 0
        self._reasons = ""
        self._answers = False

    def find(self) -> Address:
        """Return where our server is, or is to be: at the port of the settings unless the coach of another is there.

        Raises NoServerError when others are at the next ports too.
        """
        taken = self.address
        if self._who(PROBE_SECONDS) is not _Who.OTHER:
            return taken
        for port in range(taken.port + 1, min(taken.port + NEXT_PORTS, 65_535) + 1):
            self.address = replace(taken, port=port)
            if (who := self._who(NEXT_SECONDS)) in (_Who.OURS, _Who.NOBODY):
                if who is _Who.NOBODY:
                    self._notices.say(
                        f"The coach at {taken.url} is that of another folder or database; this one gets "
                        f"{self.address.url}. To talk with the other: --server {taken.url}"
                    )
                return self.address
        raise NoServerError(f"Others are at {taken.url} and the ports after it; set another PMO_COACH_PORT.")

    def ensure(self) -> None:
        """Return when the server is ready; raise NoServerError when it does not become so in time."""
        if self._is_ready():
            return
        self.process = None  # one that we started earlier tells by its lock whether it still lives
        try:
            with self._notices.waiting("Starting the coach on this machine ...", after=0):
                self._await_ready()
        except OSError as exc:
            where = f"{exc.filename}: " if exc.filename else ""
            raise NoServerError(f"The coach cannot be started on this machine: {where}{exc.strerror}.") from exc

    def _await_ready(self) -> None:
        began = told = answered = time.monotonic()
        self._tell("Starting the coach on this machine ...")
        while not self._is_ready():
            now = time.monotonic()
            answered = answered if self._reasons else now
            if now - answered > UNREADY_SECONDS:
                raise NoServerError(f"The coach at {self.address.url} cannot answer. {self._reasons}")
            if now - began > START_SECONDS:
                why = f" ({self._reasons})" if self._reasons else ""
                raise NoServerError(
                    f"The coach was not ready within {START_SECONDS:g} seconds{why}. "
                    f"It may be soon, so try again; its log is {self._log}"
                )
            if now - told > REPORT_SECONDS:
                told = now
                self._tell(f"... still starting, {now - began:.0f} seconds")
            if not self._answers:
                self._start_unless_started()
            time.sleep(PAUSE_SECONDS)
        self._tell("The coach is ready.")

    def _tell(self, text: str) -> None:
        if self._notices.console is None:
            self._notices.say(text)

    def _who(self, seconds: float) -> _Who:
        try:
            health = probe(self.address, "/health", seconds)
        except TimedOutError:
            return _Who.BUSY
        if health is None:
            return _Who.NOBODY
        if health.status != 200:
            return _Who.NO_COACH
        return _Who.OURS if health.home == self._settings.home else _Who.OTHER

    def _is_ready(self) -> bool:
        who = self._who(PROBE_SECONDS)
        self._answers = who is not _Who.NOBODY
        if who in (_Who.NO_COACH, _Who.OTHER):
            what = "no PMO Coach" if who is _Who.NO_COACH else "the coach of another folder or database"
            raise NoServerError(f"What answers at {self.address.url} is {what}; set another PMO_COACH_PORT.")
        self._reasons = ""
        if who is not _Who.OURS:
            return False
        try:
            ready = probe(self.address, "/ready", PROBE_SECONDS)
        except TimedOutError:
            return False
        self._reasons = ready.reasons if ready else ""
        return ready is not None and ready.status != 503

    def _start_unless_started(self) -> None:
        if self.process is not None:
            if self.process.poll() is not None and not self._is_ready():
                raise NoServerError(f"The coach stopped while it was starting.\n{self._last_words()}".rstrip())
            return
        if (lock := self._take_lock()) is not None:
            try:
                self.process = self._start(lock)
            finally:
                os.close(lock)

    def _take_lock(self) -> int | None:
        path = private_folder(self._settings.var, "terminal") / f"server-{self.address.port}.lock"
        lock = os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        return lock

    def _start(self, lock: int) -> _Server:
        settings = self._settings
        # env(1) hands on the rest of the environment, which only settings.py may read.
        environment = (
            f"PMO_COACH_HOST={settings.host}",
            f"PMO_COACH_PORT={self.address.port}",
            f"PMO_COACH_VAR={settings.var}",
            f"PMO_COACH_IDLE_SECONDS={settings.idle_seconds or IDLE_SECONDS:g}",
        )
        log = self._open_log()
        try:
            return _Server(
                ["env", *environment, *self._serve],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, pass_fds=(lock,),
            )  # fmt: skip
        finally:
            os.close(log)

    @property
    def _log(self) -> Path:
        return self._settings.var / "log" / "server.log"

    def _open_log(self) -> int:
        private_folder(self._settings.var, "log")
        log = os.open(self._log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, PRIVATE_FILE)
        if os.fstat(log).st_size > MAX_LOG:
            os.truncate(log, 0)
        self._log_start = os.fstat(log).st_size
        return log

    def _last_words(self) -> str:
        with suppress(OSError), self._log.open("rb") as log:
            log.seek(self._log_start)
            lines = clean_text(log.read(MAX_LOG).decode("utf-8", "replace")).strip().splitlines()
            return "\n".join(f"  {line}" for line in lines[-LOG_LINES:])
        return ""


def local_address(settings: "Settings") -> Address:
    """Return where the settings put the server, as a client reaches it."""
    return Address("http", ANY_ADDRESS.get(settings.host, settings.host), settings.port)
