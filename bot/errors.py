"""The errors that PMO Coach raises on purpose; each message is a sentence that says what to do."""

from collections.abc import Sequence


class CoachError(Exception):
    """Something PMO Coach can explain: a bug, an outage, bad content or a bad setting."""


class ContentError(CoachError):
    """The knowledge content is not valid; `problems` are all of them, each with its file and line."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Tell the problems, one a line, under a line that counts them."""
        self.problems = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__("\n".join((f"{count} in the knowledge content:", *self.problems)))


class StoreError(CoachError):
    """The database cannot be reached, read or written."""


class ConflictError(StoreError):
    """Another server stored a turn of this conversation in the meantime; nothing was written."""


class UnwritableError(StoreError):
    """The database takes nothing just now; the message says why and names nothing, so that all may read it."""


class LockError(StoreError):
    """What servers hold a conversation by cannot be reached; the message names no address, so that all may read it."""


class SettingsError(CoachError):
    """A setting has a value that cannot be used; the message names the variable."""


class ChannelError(CoachError):
    """A channel was asked for something it cannot carry."""


class PlanError(CoachError):
    """A plan, or a file of plans, cannot be read; the message names what is wrong with it."""
