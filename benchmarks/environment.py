"""The environment: the one variable that the benchmarks read, and what the processes they start are given."""

import os
import platform
import sys
from pathlib import Path

DATA_VARIABLE = "BENCH_DATA"
OURS = "PMO_COACH_"
CPU_FILE = Path("/proc/cpuinfo")

QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONUNBUFFERED": "1",
}


def data_folder(given: Path | None) -> Path | None:
    """Return the folder of the public data sets: the one given, else the variable's, else None."""
    if given is not None:
        return given
    named = os.environ.get(DATA_VARIABLE, "").strip()
    return Path(named) if named else None


def child_environment(**settings: str) -> dict[str, str]:
    """Return the environment for a process: this one's, without the person's own settings, and with those given."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**own, **QUIET, **settings}


def machine() -> dict[str, str]:
    """Return what the figures were measured on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "python": ".".join(map(str, sys.version_info[:3])),
    }


def _processor() -> str:
    if CPU_FILE.is_file():
        for line in CPU_FILE.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"
