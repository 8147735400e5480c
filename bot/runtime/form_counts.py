"""Forms as the metrics count them, read from the events of a turn that was stored."""

import json
from collections.abc import Sequence

from rasa.shared.core.events import ActiveLoop, BotUttered, Event

from bot.observing import metrics

FINISHED = "finished"
"""In the metadata of a coach's message: it concludes the form of that name."""


def count_forms(added: Sequence[Event], state: str) -> None:
    """Count the forms that the events start, finish or leave; `state` is the conversation's, as JSON, before them."""
    if not any(isinstance(event, ActiveLoop) for event in added):
        return
    running, finished = json.loads(state).get("loop"), set()
    for event in added:
        if isinstance(event, BotUttered) and (form := (event.metadata or {}).get(FINISHED)):
            finished.add(form)
        elif isinstance(event, ActiveLoop) and event.name != running:
            if running and event.name is None:
                metrics.FORMS.labels(running, "finished" if running in finished else "left").inc()
            elif event.name:
                metrics.FORMS.labels(event.name, "started").inc()
            running = event.name
