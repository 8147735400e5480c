r"""Make text harmless for a terminal: no escape sequences, no control characters, no invisible ones.

Everything that the server sends and everything that a person types or pipes in passes through here, so
that no answer can colour, overwrite, hide or reorder what stands on the screen. Line breaks and tabs
survive (tabs as four spaces), and so do the joiners that emoji and some scripts need.
"""

import re
from typing import Any

_ESCAPE_SEQUENCES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # OSC: titles, links
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c)"  # DCS, SOS, PM, APC
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, movements
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def clean_text(text: str) -> str:
    """Return the text without anything that a terminal would obey instead of show."""
    text = _ESCAPE_SEQUENCES.sub("", text)
    text = _LINE_BREAKS.sub("\n", text).replace("\t", "    ")
    return _INVISIBLE.sub("", _SURROGATES.sub("\ufffd", text))


def clean_line(text: str) -> str:
    """Return the text cleaned and on a single line."""
    return " ".join(clean_text(text).split())


def clean_value(value: Any) -> Any:
    """Return a JSON value with every string in it cleaned."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [clean_value(item) for item in value]
    if isinstance(value, dict):
        return {clean_line(key): clean_value(item) for key, item in value.items()}
    return value
