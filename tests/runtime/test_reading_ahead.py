"""Reading ahead: the vectors are there when Rasa reads the message, made elsewhere than on the event loop."""

import asyncio
import gc
import threading
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.nlu.encoder import Encoder, Vector
from bot.nlu.encoder_files import GRAPH, TOKENIZER
from bot.nlu.entity_finder import EntityFinder
from bot.nlu.sentence_encoder import SentenceEncoder
from bot.runtime.reading_ahead import ReadingAhead, read_ahead


class WatchedEncoder(Encoder):
    """Notes which texts it encoded, and whether it was on the event loop's thread."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / TOKENIZER, folder / GRAPH)
        self.encoded: list[tuple[str, bool]] = []

    def encode_one(self, text: str) -> Vector:
        if text not in self._cache:
            self.encoded.append((text, threading.current_thread() is threading.main_thread()))
        return super().encode_one(text)


class PaperFinder:
    """Finds nothing."""

    def find(self, text: str) -> list[dict[str, Any]]:
        return []


class PaperProcessor:
    """Reads a message as Rasa's pipeline does: by asking the encoder for its vectors."""

    ahead: ReadingAhead

    def __init__(self, component: SentenceEncoder) -> None:
        self._component = component

    async def parse_message(self, message: UserMessage, tracker: Any = None) -> dict[str, Any]:
        parts, vectors = self._component.vectors_of(message.text or "")
        return {"parts": [part.text for part in parts], "shape": vectors.shape, "tracker": tracker}


@pytest.fixture
def watched(encoder: Path) -> WatchedEncoder:
    return WatchedEncoder(encoder)


@pytest.fixture
def processor(watched: WatchedEncoder) -> PaperProcessor:
    component = SentenceEncoder(SentenceEncoder.get_default_config(), watched)
    processor = PaperProcessor(component)
    processor.ahead = ReadingAhead(component, PaperFinder())  # type: ignore[arg-type]
    processor.ahead.install(processor)  # type: ignore[arg-type]
    return processor


def test_a_message_and_its_parts_are_encoded_once_and_not_on_the_event_loop(
    watched: WatchedEncoder, processor: PaperProcessor
) -> None:
    text = "what is p3o and who owns it?"

    read = asyncio.run(processor.parse_message(UserMessage(text), "the tracker"))

    assert len(read["parts"]) == 2
    assert read["shape"] == (3, 384)
    assert read["tracker"] == "the tracker"
    assert sorted(watched.encoded) == sorted((part, False) for part in (text, *read["parts"]))


@pytest.mark.parametrize("text", ["/ask_why", "", None])
def test_what_has_no_words_is_not_encoded_ahead(
    watched: WatchedEncoder, processor: PaperProcessor, text: str | None
) -> None:
    asyncio.run(processor.parse_message(UserMessage(text)))

    assert not [words for words, on_the_loop in watched.encoded if not on_the_loop]


def test_what_was_begun_with_the_turn_is_waited_for_and_not_encoded_again(
    watched: WatchedEncoder, processor: PaperProcessor
) -> None:
    async def turn() -> dict[str, Any]:
        processor.ahead.begin("what is a pmo")
        return await processor.parse_message(UserMessage("what is a pmo"))

    assert asyncio.run(turn())["shape"] == (1, 384)
    assert watched.encoded == [("what is a pmo", False)]


def test_a_turn_that_ends_before_it_is_read_leaves_no_complaint(
    watched: WatchedEncoder, processor: PaperProcessor, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: str) -> Vector:
        raise RuntimeError(text)

    async def turn() -> None:
        processor.ahead.begin("a secret")
        await asyncio.sleep(0)

    watched.encode_one = broken  # type: ignore[method-assign]
    asyncio.run(turn())
    gc.collect()

    assert not caplog.records


def test_what_breaks_the_encoder_breaks_the_message(watched: WatchedEncoder, processor: PaperProcessor) -> None:
    def broken(text: str) -> Vector:
        raise RuntimeError("broken")

    watched.encode_one = broken  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="broken"):
        asyncio.run(processor.parse_message(UserMessage("what is a pmo")))


class PaperRunner:
    """Has a model's components."""

    def __init__(self, *loaded: Any) -> None:
        self._loaded = loaded

    def components(self, kind: type) -> list[Any]:
        return [component for component in self._loaded if isinstance(component, kind)]


def test_a_model_of_other_components_is_served_and_nothing_is_read_ahead(
    watched: WatchedEncoder, processor: PaperProcessor
) -> None:
    component = SentenceEncoder(SentenceEncoder.get_default_config(), watched)
    finder = EntityFinder(None, None)  # type: ignore[arg-type]

    made = [
        read_ahead(processor, PaperRunner(*loaded))  # type: ignore[arg-type]
        for loaded in ((), (component,), (finder,), (component, finder))
    ]

    assert [type(ahead) for ahead in made] == [type(None)] * 3 + [ReadingAhead]


def test_others_are_answered_while_a_message_is_encoded(watched: WatchedEncoder, processor: PaperProcessor) -> None:
    begun, may_end = threading.Event(), threading.Event()
    encode_one = watched.encode_one

    def slowly(text: str) -> Vector:
        begun.set()
        assert may_end.wait(10)
        return encode_one(text)

    watched.encode_one = slowly  # type: ignore[method-assign]

    async def both() -> None:
        slow = asyncio.create_task(processor.parse_message(UserMessage("what is a pmo")))
        await asyncio.to_thread(begun.wait, 10)
        may_end.set()  # which nobody could, were the loop held up
        await slow

    asyncio.run(asyncio.wait_for(both(), 20))
