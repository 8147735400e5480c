"""The last turns of the conversations that were talked to last, kept in memory as they were stored.

Most messages come from whoever wrote a moment ago, to the server that answered then. What it stored it need not read
and replay from JSON: the number of the last stored event, which the database is asked for at every message, says
whether another server has been busy meanwhile. Only what is stored is ever kept, so a lost process loses nothing.
"""

from collections import OrderedDict
from dataclasses import dataclass

from rasa.shared.core.events import Event


@dataclass(frozen=True)
class RecentTurn:
    """A stored turn: its events, the number of the first, and the state (JSON) before and after it."""

    first_seq: int
    state: str
    events: tuple[Event, ...]
    state_after: str

    @property
    def last_seq(self) -> int:
        """The number of the turn's last event."""
        return self.first_seq + len(self.events) - 1


class RecentTurns:
    """Keeps so many turns of so many conversations; older ones are dropped."""

    def __init__(self, *, most_turns: int, most_conversations: int) -> None:
        """Begin with none."""
        self._most_turns, self._most_conversations = most_turns, most_conversations
        self._kept: OrderedDict[str, tuple[RecentTurn, ...]] = OrderedDict()

    def add(self, conversation: str, turn: RecentTurn) -> None:
        """Keep a turn that was just stored; if turns before it are missing here, the older ones are of no use."""
        kept = self._kept.pop(conversation, ())
        before = kept if kept and kept[-1].last_seq + 1 == turn.first_seq else ()
        self._kept[conversation] = (*before, turn)[-self._most_turns :]
        if len(self._kept) > self._most_conversations:
            self._kept.popitem(last=False)

    def turns(self, conversation: str) -> tuple[RecentTurn, ...]:
        """Return the conversation's last turns if as many as are read back are here, or all that there are."""
        kept = self._kept.get(conversation, ())
        return kept if kept and (kept[0].first_seq == 1 or len(kept) == self._most_turns) else ()

    def turn_after(self, conversation: str, seq: int) -> RecentTurn | None:
        """Return the turn stored last, if it is the one after that number."""
        kept = self._kept.get(conversation, ())
        return kept[-1] if kept and kept[-1].first_seq == seq + 1 else None

    def forget(self, conversation: str) -> None:
        """Keep nothing of the conversation."""
        self._kept.pop(conversation, None)
