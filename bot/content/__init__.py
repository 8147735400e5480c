"""The knowledge of the coach as YAML: what the profession knows is typed here and nowhere else.

`knowledge/` holds the entries, `schema.json` says how they look, and `read_knowledge` turns them into records or
tells every problem with its file and line. A PMO leader who wants the coach to know more adds an entry, here or
in a folder of their own that is laid over ours.
"""

from bot.content.files import KNOWLEDGE_FOLDER, content_digest
from bot.content.reader import read_knowledge

__all__ = ["KNOWLEDGE_FOLDER", "content_digest", "read_knowledge"]
