"""Processes that do one job each with what the benchmarks themselves never import: Rasa, ours or the stock one.

A job comes as a JSON file and its result goes to another, so that memory, logging and warnings stay apart, and a
worker may run in another environment.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def run_worker(work: Callable[[Any], Any]) -> None:
    """Do the work that the first argument's file gives, and write the result to the second's."""
    given, found = map(Path, sys.argv[1:3])
    result = work(json.loads(given.read_text(encoding="utf-8")))
    found.write_text(json.dumps(result), encoding="utf-8")
