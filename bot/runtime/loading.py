"""Loading the trained model: a file that is not whole is refused in a sentence, never used in part.

Rasa unpacks what it can of an archive and stumbles later, or not at all: bytes that changed in the midst of a
classifier's weights would only make it answer worse. The archive's own sums cover every byte, and are looked at on
another thread while Rasa loads. What was looked at when the model was made is not looked at once more: a quarter of
the time that loading takes.
"""

import asyncio
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tarfile import TarError
from typing import Any

from bot.errors import CoachError
from bot.runtime import lean

CHUNK = 1024 * 1024


class ModelError(CoachError):
    """The trained model cannot be used."""


async def load_agent(model: Path, **options: Any) -> Any:
    """Return Rasa's agent with that model; raise ModelError when the file is not whole, or holds no model.

    What a component needs and has not, as the encoder's files, is the CoachError that it raises.
    """
    from rasa.core.agent import Agent
    from rasa.engine.exceptions import GraphComponentException
    from rasa.shared.exceptions import RasaException

    whole = asyncio.get_running_loop().run_in_executor(None, check_whole, model)
    try:
        try:
            with lean.left_out([lean.TRAINING_VALIDATOR]), _domain_as_trained():
                agent = Agent.load(model_path=str(model), **options)
        finally:
            await whole  # its reason comes before whatever Rasa stumbled over
    except GraphComponentException as exc:
        if isinstance(exc.__cause__, CoachError):  # what a component of ours lacks, the encoder say, it told itself
            raise exc.__cause__ from None
        raise
    except (RasaException, TarError, OSError) as exc:
        raise _unusable(model, "cannot be loaded") from exc
    if agent.processor is None:
        raise _unusable(model, "cannot be loaded")
    return agent


@contextmanager
def _domain_as_trained() -> Iterator[None]:
    """Let Rasa read the model's domain without its schema: training held it against that before it wrote the model."""
    from rasa.shared.utils import validation

    by_schema = validation.validate_yaml_schema
    validation.validate_yaml_schema = lambda *details, **more: None
    try:
        yield
    finally:
        validation.validate_yaml_schema = by_schema


def check_whole(model: Path) -> None:
    """Read the archive to its end; raise ModelError where its sums tell that bytes are missing or wrong."""
    try:
        with gzip.open(model) as archive:
            size = 0
            while chunk := archive.read(CHUNK):
                size += len(chunk)
    except (OSError, EOFError, zlib.error) as exc:
        raise _unusable(model, "is damaged") from exc
    if not size:
        raise _unusable(model, "is empty")


def _unusable(model: Path, why: str) -> ModelError:
    return ModelError(f"The model {model} {why}: copy it anew, or train it again with `pmo-coach train`.")
