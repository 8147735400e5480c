"""The standard streams, made safe to write to: closed ones, odd encodings, a reader who has gone."""

import io
import os
import sys
from contextlib import suppress


def prepare_streams() -> None:
    """Make sure that every stream exists and that no character makes writing fail."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def silence_stdout() -> None:
    """Send what is still to be written nowhere: the reader of our pipe has gone."""
    with suppress(OSError, ValueError, io.UnsupportedOperation):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
