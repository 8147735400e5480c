"""Reading ahead: a message's vectors are made on a thread of their own, from when its turn begins.

The encoder is the largest part of a message's work and the only one that does not hold Python's lock. While it runs,
the turn gets its lock, its conversation is read from the store and its entities are found; and others are answered.
Rasa's pipeline then finds the vectors and the entities where the components keep those of late texts.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.constants import INTENT_MESSAGE_PREFIX

from bot.nlu.entity_finder import EntityFinder
from bot.nlu.sentence_encoder import SentenceEncoder
from bot.runtime.graph_runner import PlannedGraphRunner

THREADS = 1
"""More would take cores from one another: one encodes several hundred messages a second."""

_under_way: ContextVar["asyncio.Future[Any] | None"] = ContextVar("under_way", default=None)
"""The encoding that this task has begun and will wait for."""


class ReadingAhead:
    """Encodes what is about to be read, and finds its entities meanwhile."""

    def __init__(self, encoder: SentenceEncoder, finder: EntityFinder) -> None:
        """Work ahead for these components of the pipeline."""
        self._encoder, self._finder = encoder, finder
        self._threads = ThreadPoolExecutor(THREADS, "encoder")

    def begin(self, text: str) -> None:
        """Begin to encode a text that this task will hand to Rasa."""
        if text and not text.startswith(INTENT_MESSAGE_PREFIX):
            work = asyncio.get_running_loop().run_in_executor(self._threads, self._encoder.vectors_of, text)
            work.add_done_callback(_heed)
            _under_way.set(work)

    def install(self, processor: MessageProcessor) -> None:
        """Have the processor wait for a message's vectors before it reads it, and others' messages not wait."""
        parse = processor.parse_message

        async def parse_message(message: UserMessage, *args: Any, **kwargs: Any) -> dict[str, Any]:
            text = message.text or ""
            if _under_way.get() is None:
                self.begin(text)
            if (work := _under_way.get()) is not None:
                _under_way.set(None)
                self._finder.find(text)
                await work
            parsed: dict[str, Any] = await parse(message, *args, **kwargs)
            return parsed

        processor.parse_message = parse_message  # type: ignore[method-assign]


def read_ahead(processor: MessageProcessor, runner: PlannedGraphRunner) -> ReadingAhead | None:
    """Have the processor read ahead, where its model has the components that can; None where it is made of others."""
    encoders, finders = runner.components(SentenceEncoder), runner.components(EntityFinder)
    if len(encoders) != 1 or len(finders) != 1:
        return None
    ahead = ReadingAhead(encoders[0], finders[0])
    ahead.install(processor)
    return ahead


def _heed(work: "asyncio.Future[Any]") -> None:
    """Ask what came of it, so that asyncio does not complain where a turn ended before it was waited for."""
    if not work.cancelled():
        work.exception()
