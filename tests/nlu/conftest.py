"""A small understanding, trained in seconds on the real knowledge, for the tests of its components."""

from pathlib import Path

import pytest

from bot.nlu.encoder import Encoder
from bot.nlu.sentence_encoder import open_encoder


@pytest.fixture(scope="session")
def sentence_encoder(encoder: Path) -> Encoder:
    """The real encoder."""
    return open_encoder(encoder)


@pytest.fixture(scope="session")
def find(tmp_path_factory: pytest.TempPathFactory):
    """The entity finder of the real knowledge, as a function from text to entities."""
    from bot.content import KNOWLEDGE_FOLDER, read_knowledge
    from bot.nlu.entity_finder import EntityFinder
    from bot.nlu.knowledge import prose_words
    from bot.nlu.names import families_of, names_of
    from bot.nlu.text import clean

    knowledge = read_knowledge([KNOWLEDGE_FOLDER])
    words = {word for text in prose_words(knowledge) for word in clean(text).split()}
    finder = EntityFinder(None, None)  # type: ignore[arg-type]  # nothing is stored
    finder.use({"names": names_of(knowledge), "known": sorted(words), "families": families_of(knowledge)})
    return finder.find
