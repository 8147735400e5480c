"""Earlier results, to be told beside the new one."""

from bot.coaching.form import Talk
from bot.records.coaching import Result


def latest(talk: Talk, kind: str) -> Result | None:
    """Return the latest earlier result of that kind."""
    return max((result for result in talk.earlier if result.kind == kind), key=lambda result: result.day, default=None)
