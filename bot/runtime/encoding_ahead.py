"""Encoding ahead: a message's vectors are made on a thread of their own, before Rasa reads the message.

The encoder is the largest part of a message's work and the only one that does not hold Python's lock: while it runs for
one person, others are answered. Rasa's pipeline then finds the vectors in the encoder's cache.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.constants import INTENT_MESSAGE_PREFIX

from bot.nlu.sentence_encoder import SentenceEncoder

THREADS = 1
"""More would take cores from one another: one encodes several hundred messages a second."""


def encode_ahead(processor: MessageProcessor, encoder: SentenceEncoder) -> None:
    """Have the processor wait for a message's vectors before it reads the message, and others' messages not wait."""
    parse, threads = processor.parse_message, ThreadPoolExecutor(THREADS, "encoder")

    async def parse_message(message: UserMessage, *args: Any, **kwargs: Any) -> dict[str, Any]:
        text = message.text or ""
        if text and not text.startswith(INTENT_MESSAGE_PREFIX):
            await asyncio.get_running_loop().run_in_executor(threads, encoder.vectors_of, text)
        parsed: dict[str, Any] = await parse(message, *args, **kwargs)
        return parsed

    processor.parse_message = parse_message  # type: ignore[method-assign]
