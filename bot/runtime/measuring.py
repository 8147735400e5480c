"""Measuring: how long a message takes at each of its stages within Rasa, for the metrics."""

from typing import Any

import rasa
from rasa.core.processor import MessageProcessor

from bot import __version__
from bot.observing import metrics


def measure(processor: MessageProcessor) -> None:
    """Have the processor time how it understands a message and how it decides on each action."""
    parse, predict = processor.parse_message, processor.predict_next_with_tracker_if_should

    async def parse_message(*args: Any, **kwargs: Any) -> dict[str, Any]:
        with metrics.UNDERSTANDING.time():
            parsed: dict[str, Any] = await parse(*args, **kwargs)
            return parsed

    def predict_next(*args: Any, **kwargs: Any) -> Any:
        with metrics.POLICY.time():
            return predict(*args, **kwargs)

    processor.parse_message = parse_message  # type: ignore[method-assign]
    processor.predict_next_with_tracker_if_should = predict_next  # type: ignore[method-assign]
    metrics.tell_build(__version__, rasa.__version__)
