"""`pmo-coach ask`: one question, one answer, one exit code."""

import sys
from collections.abc import Sequence

from bot.terminal.cleaning import clean_text
from bot.terminal.conversation import Conversation
from bot.terminal.errors import UsageError
from bot.terminal.exits import ExitCode
from bot.terminal.streams import read_question


def choose_question(words: Sequence[str]) -> str:
    """Return the question in the arguments, else on stdin; raise UsageError when there is none."""
    question = clean_text(" ".join(words)).strip()
    if question in ("", "-") and (question or not sys.stdin.isatty()):
        question = read_question().strip()
    if not question:
        raise UsageError('Ask something, as in: pmo-coach ask "What does a PMO analyst do?"')
    return question


def ask(conversation: Conversation, question: str) -> ExitCode:
    """Ask the question and show the answer; a number picks a choice of the conversation that goes on."""
    if conversation.session.token and question.strip(" .)").isdigit():
        conversation.history()
    conversation.begin()
    understood = conversation.say(question)
    return ExitCode.ANSWERED if understood else ExitCode.NOT_UNDERSTOOD
