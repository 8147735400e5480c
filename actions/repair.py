"""Repairs: what happens when a message was not understood."""

from collections.abc import Sequence
from dataclasses import replace

from actions.base import CoachAction
from actions.choosing import answer_choice, named_choice, refusal
from actions.turn import Turn
from bot.coaching.answer import Answer
from bot.coaching.follow_up import answer_follow_up
from bot.coaching.forms import STARTS
from bot.coaching.repair import menu, no_problem, repair
from bot.coaching.situation import Situation
from bot.records import ReplyKind

SHORT = 6
"""A message of so few words may lean on the talk, though it did not look like a follow-up."""


class Repair(CoachAction):
    """Asks what was meant, then to rephrase, then shows a menu; never leaves the person stuck."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_repair"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Take a choice named in its own words, a yes or a no that no story foresaw, else repair."""
        if turn.question.intent == "deny" and (no := refusal(turn)) is not None:
            return [answer_choice(no, turn, situation)]
        if turn.question.intent == "deny":
            return [self._declined(turn, situation)]
        picked = named_choice(turn)
        if turn.question.intent == "affirm" and turn.offered:
            picked = turn.offered[0]
        if picked is not None:
            return [answer_choice(picked, turn, situation)]
        if (answer := _leaning(turn, situation)) is not None:
            return [answer]
        return [repair(situation.knowledge, turn.question, turn.readings, failures=turn.misunderstandings)]

    def _declined(self, turn: Turn, situation: Situation) -> Answer:
        """Take a no; where it answers what came between the questions of a form, the form goes on."""
        start = STARTS.get(turn.paused or "")
        between = start is not None and start not in {choice.payload for choice in turn.offered}
        return replace(no_problem(situation.knowledge, short=between), start=turn.paused if between else None)


def _leaning(turn: Turn, situation: Situation) -> Answer | None:
    """Return the answer of a short message that leans on the talk; one that only asks back is none."""
    if len(turn.question.text.split()) > SHORT:
        return None
    answer = answer_follow_up(turn.question, situation)
    asks_back = answer is not None and answer.reply is not None and answer.reply.kind is ReplyKind.CLARIFY
    return None if asks_back and not turn.question.values("grade") else answer


class ShowMenu(CoachAction):
    """Shows what the coach can help with, after "something else" or a new start."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_show_menu"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Show the menu."""
        return [menu(situation.knowledge, "Of course. What would you like to look at? You can also just ask.")]
