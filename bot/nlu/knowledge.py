"""What the understanding takes from the knowledge store when it is trained: names, examples, words."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from bot.content import KNOWLEDGE_FOLDER, content_digest
from bot.records import Knowledge
from bot.runtime.settings import read_settings


def knowledge_folders(own: Sequence[Path]) -> list[Path]:
    """Return the content's folders: ours, and over it those of whoever runs the coach."""
    return [KNOWLEDGE_FOLDER, *own]


@lru_cache(maxsize=1)
def known() -> Knowledge:
    """Return the knowledge of the store, brought up to date with the content first; read once a process."""
    # Here, so that a fingerprint alone does not wait for SQLAlchemy.
    from bot.store import open_store, seed

    settings = read_settings()
    with closing(open_store(settings.database)) as store:
        store.migrate()
        seed(store, knowledge_folders(settings.content))
        with store.unit_of_work(read_only=True) as work:
            return work.knowledge.load()


def knowledge_fingerprint(*files: Path) -> str:
    """Return a sum that changes with the content and with those files."""
    digest = sha256(content_digest(knowledge_folders(read_settings().content)).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def prose_words(knowledge: Knowledge) -> Iterator[str]:
    """Yield the texts of the content, as a store of words in common use."""
    for topic in knowledge.topics.values():
        yield from (topic.answer, topic.more or "")
    for role in knowledge.roles.values():
        yield role.summary
    for function in knowledge.functions.values():
        yield function.summary
    for level in knowledge.levels.values():
        yield from (level.summary, level.article, *level.work, *level.asks)
