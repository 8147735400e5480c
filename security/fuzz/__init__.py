"""Coverage-guided fuzzing with atheris: each door's reader is fed what nobody thought of, for a while.

`targets/` has a module for each door. Its `target()` makes everything ready and returns a function of bytes, which
raises for whatever must not happen; its `seeds()` gives inputs to start from. `worker` runs one of them in a process
of its own, since libFuzzer never returns; `__main__` runs all of them and prints what came of it.
"""

from collections.abc import Callable

TARGETS = ("message", "turn", "content", "plan", "conversations")
"""The modules of `targets`, in the order in which they run."""

Target = Callable[[bytes], None]
