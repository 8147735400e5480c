"""A person's words on their way in: cleaned, and never obeyed as a command.

Rasa obeys a text that begins with "/" as if it were a payload: `/restart` restarts, `/intent{"slot": "x"}` sets
slots. Those are for the choices that the coach offers, so a typed "/" goes to Rasa with a mark in front of it.
"""

import re
import unicodedata

COMMAND = "/"
MARK = "\u2060"
"""WORD JOINER: invisible, of no width, and left alone by `str.strip`, which Rasa's UserMessage applies to a text."""

_LINE_BREAKS = re.compile("\r\n?|[\t\u2028\u2029]")
_JOINERS = "\u200c\u200d"
_UNSEEN = frozenset(("Cc", "Cf", "Cs"))
"""Unicode's control, format (bidi, zero width, tags) and surrogate characters."""
# A joiner stays between two characters beyond Latin: emoji are made with it, and Persian or Hindi is spelled with it.
_IDLE_JOINER = re.compile(f"(?<![^\0-\u02ff{_JOINERS}])[{_JOINERS}]|[{_JOINERS}](?![^\0-\u02ff{_JOINERS}])")


def clean_text(text: str) -> str:
    """Return the text in normal form C, without control and invisible characters, stripped; a tab breaks the line."""
    text = _LINE_BREAKS.sub("\n", text)
    text = "".join(
        char for char in text if char == "\n" or char in _JOINERS or unicodedata.category(char) not in _UNSEEN
    )
    return _IDLE_JOINER.sub("", unicodedata.normalize("NFC", text)).strip()


def as_sent(text: str) -> str:
    """Return a typed text as Rasa gets it: a leading "/" is marked, so that it is text like any other."""
    return MARK + text if text.startswith(COMMAND) else text


def shown_text(text: str) -> str:
    """Return a text that Rasa stored as the person typed it."""
    return text.removeprefix(MARK) if text.startswith(MARK + COMMAND) else text
