"""Training: the whole assistant, when and only when something that it is made of has changed."""

import contextlib
import io
import json
import logging
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot import __version__
from bot.errors import CoachError
from bot.nlu import encoder_files
from bot.nlu.knowledge import knowledge_fingerprint
from bot.runtime.settings import Settings, project_root

MODEL_NAME = "pmo-coach"
RECORD = "pmo-coach.json"
STARTS = "Starting to train component "
RASA_CACHE = ".rasa"
METADATA = "metadata.json"
"""The file in a model that tells what it is made of."""
OF_RASA, ALWAYS_THERE = "rasa.nlu.", "rasa.nlu.classifiers.regex_message_handler.RegexMessageHandler"
RASA_FILES = ("config.yml", "domain.yml")


class TrainingError(CoachError):
    """The assistant could not be trained."""


def fingerprint(settings: Settings) -> str:
    """Return a sum over everything that a model is made of: data, domain, configuration, content and components."""
    root = project_root()
    digest = sha256(f"{__version__} {knowledge_fingerprint()}".encode())
    files = [root / name for name in RASA_FILES]
    files += sorted((root / "data").rglob("*.yml"))
    files += sorted(path for path in (root / "bot" / "nlu").iterdir() if path.suffix in (".py", ".yml"))
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def model_file(settings: Settings) -> Path | None:
    """Return the trained model: the file that the setting names, or the one in its folder; None if there is none."""
    if settings.model.is_file():
        return settings.model
    file = settings.model / f"{MODEL_NAME}.tar.gz"
    return file if file.is_file() else None


def is_current(settings: Settings) -> bool:
    """Tell whether the trained model is made of what is there now; a model file named by hand always is."""
    if settings.model.is_file():
        return True
    recorded = _record(settings).get("fingerprint")
    return recorded is not None and model_file(settings) is not None and recorded == fingerprint(settings)


def has_components_of_rasa(settings: Settings) -> bool:
    """Tell whether the trained model understands by components of Rasa's own, most of which need scikit-learn.

    The record beside the model says so where it is of this file; any other model is read. One that cannot be read has
    none: whoever loads it says why.
    """
    model, record = model_file(settings), _record(settings)
    if model is None:
        return False
    if not settings.model.is_file() and record.get("size") == model.stat().st_size:
        return bool(record.get("components_of_rasa"))
    return _uses_components_of_rasa(model)


def _uses_components_of_rasa(model: Path) -> bool:
    try:
        with tarfile.open(model) as archive, archive.extractfile(METADATA) or io.BytesIO() as file:
            nodes = json.load(file)["predict_schema"]["nodes"]
        return any(str(node["uses"]).startswith(OF_RASA) and node["uses"] != ALWAYS_THERE for node in nodes.values())
    except (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _record(settings: Settings) -> dict[str, Any]:
    """Return what was written down of the last training; empty where there is nothing that can be read."""
    try:
        record = json.loads((settings.model / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _write_record(settings: Settings, model: Path, made_of: str) -> None:
    record = {
        "fingerprint": made_of,
        "size": model.stat().st_size,
        "components_of_rasa": _uses_components_of_rasa(model),
    }
    (settings.model / RECORD).write_text(json.dumps(record), encoding="utf-8")


@contextmanager
def _steps(progress: Callable[[str], None]) -> Iterator[None]:
    """Tell each component as it is trained, in place of Rasa's own bars and lines."""

    class Steps(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if (text := record.getMessage()).startswith(STARTS):
                progress(f"training {text.removeprefix(STARTS).strip(chr(39) + '.')}")

    handler, hooks = Steps(), logging.getLogger("rasa.engine.training.hooks")
    level, propagate = hooks.level, hooks.propagate
    hooks.addHandler(handler)
    hooks.setLevel(logging.INFO)
    hooks.propagate = False
    quiet = io.StringIO()
    try:
        with contextlib.redirect_stderr(quiet), contextlib.redirect_stdout(quiet):
            yield
    finally:
        hooks.removeHandler(handler)
        hooks.setLevel(level)
        hooks.propagate = propagate
        if warned := [line for line in quiet.getvalue().splitlines() if "Error" in line or "conflict" in line]:
            progress("; ".join(warned[:3]))


@contextmanager
def _nothing_remembered() -> Iterator[None]:
    """Let Rasa keep nothing of this training for the next one, which does everything anew whatever was kept.

    To find it again, Rasa sums all that goes into a component and comes out of it, every number of every example as
    text: a third of the time.
    """
    from rasa.engine.training.hooks import TrainingHook

    before, after = TrainingHook.on_before_node, TrainingHook.on_after_node
    TrainingHook.on_before_node = lambda *details, **more: {}  # type: ignore[method-assign]
    TrainingHook.on_after_node = lambda *details, **more: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        TrainingHook.on_before_node, TrainingHook.on_after_node = before, after  # type: ignore[method-assign]


def _check_writable(*folders: Path) -> None:
    for folder in folders:
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        if not os.access(nearest, os.W_OK):
            raise TrainingError(
                f"There is no current model, and I may not write to {nearest} to train one: "
                "run `pmo-coach train` as its owner."
            )


def train(settings: Settings, progress: Callable[[str], None]) -> Path:
    """Train the assistant and return the model's file; raise TrainingError with the reason when Rasa gives up."""
    root = project_root()
    _check_writable(root / RASA_CACHE, settings.model)
    encoder_files.verify(settings.encoder)
    sum_before = fingerprint(settings)
    progress("starting Rasa")
    from bot.runtime import lean

    lean.prepare()
    from rasa.api import train as train_with_rasa

    progress("training the assistant (about half a minute)")
    with _steps(progress), _nothing_remembered():
        result = train_with_rasa(
            domain=str(root / "domain.yml"),
            config=str(root / "config.yml"),
            training_files=[str(root / "data")],
            output=str(settings.model),
            fixed_model_name=MODEL_NAME,
            force_training=True,
        )
    if result.code != 0 or result.model is None:
        raise TrainingError("Rasa could not train the assistant: `pmo-coach rasa data validate` says what is wrong.")
    _write_record(settings, Path(result.model), sum_before)
    return Path(result.model)
