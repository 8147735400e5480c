"""Follow-ups and corrections: short messages that lean on the talk so far."""

from collections.abc import Sequence
from dataclasses import replace

from actions.answering import answered
from actions.base import CoachAction
from actions.choosing import answer_choice, named_choice
from actions.turn import Turn
from bot.coaching.acknowledging import acknowledge
from bot.coaching.answer import Answer
from bot.coaching.correcting import changes_numbered
from bot.coaching.follow_up import (
    ASKING,
    all_told,
    answer_follow_up,
    answer_more,
    answer_why,
    further_sources,
    nothing_to_lean_on,
    tell_sources,
)
from bot.coaching.leaning import asks_simpler, doubted, simply
from bot.coaching.repair import menu, nothing_asked, repair
from bot.coaching.situation import Situation
from bot.records import Mention, Question

CORRECTING = "correct_reading"


class FollowUp(CoachAction):
    """Answers "and level 3?", "what about its exam" and "no, I meant Practitioner"."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_follow_up"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Note a correction of what the person is; else answer the completed question, or ask what it refers to."""
        if situation.profile != turn.profile:
            return [acknowledge(situation, turn.profile)]
        if asks_simpler(turn.question.text) and turn.said and not turn.misunderstandings:
            return [simply(situation, turn.said)]
        answer = _taken_back(turn, situation) or answer_follow_up(turn.question, situation)
        if answer is not None:
            return [answer]
        picked = named_choice(turn)
        if picked is not None:
            return [answer_choice(picked, turn, situation)]
        if changes_numbered(turn.question.text):
            return [nothing_asked(situation.knowledge)]
        if turn.question.intent == CORRECTING and (asked := doubted(situation)) is not None:
            return [asked]
        if turn.focus is None:
            return [nothing_to_lean_on(situation.knowledge)]
        return [repair(situation.knowledge, turn.question, turn.readings, failures=turn.misunderstandings)]


def _taken_back(turn: Turn, situation: Situation) -> Answer | None:
    """Return what is said to "that can't be right" after a level; other doubts may name what is right."""
    of_level = turn.focus is not None and turn.focus.kind == "assess_level"
    return doubted(situation) if turn.question.intent == CORRECTING and of_level else None


class AskWhy(CoachAction):
    """Answers "why?"."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_why"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Give the reasons of the last answer."""
        return [answer_why(situation, turn.question)]


class AskMore(CoachAction):
    """Answers "tell me more"."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_more"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Go deeper, or say that all was told."""
        if asks_simpler(turn.question.text):
            return [simply(situation, turn.said)]
        if turn.focus is None:
            return [nothing_to_lean_on(situation.knowledge)]
        return [answer_more(situation) or all_told(situation.knowledge)]


class AskSource(CoachAction):
    """Answers "where did you get that"."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_ask_source"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """List the sources of the last answer."""
        return [tell_sources(situation.knowledge, turn.sources, further_sources(situation))]


class ChooseOption(CoachAction):
    """Answers "the second one": the choice that was offered under that number."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_choose_option"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Answer the chosen choice, or show what there is to choose from."""
        picked = named_choice(turn)
        if picked is None:
            return [
                menu(situation.knowledge, "There is no such choice just now. Pick one of these, or ask me anything.")
            ]
        return [answer_choice(picked, turn, situation)]


class TakeOffer(CoachAction):
    """Answers "yes": takes up the first thing that was offered."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_take_offer"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Answer the first choice of the last reply."""
        if not turn.offered:
            return [menu(situation.knowledge, "Good. What shall we look at?")]
        return [answer_choice(turn.offered[0], turn, situation)]


class GoBack(CoachAction):
    """Answers "go back": tells again what was told before."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_go_back"

    def answers(self, turn: Turn, situation: Situation) -> Sequence[Answer]:
        """Answer the focus before this one again."""
        if not turn.trail:
            return [menu(situation.knowledge, "We are at the beginning. Where would you like to go?")]
        before = turn.trail[-1]
        mentions = tuple(
            Mention(entity, value, "", 0, 0)
            for entity, value in ((before.kind, before.id), *(("facet", facet) for facet in before.facets))
        )
        intent = ASKING.get(before.kind, before.kind)
        if before.kind == "comparison":
            mentions = (Mention("certifications", before.id, "", 0, 0),)
        question = Question("", intent, 1.0, before.id if before.kind == "topic" else None, mentions)
        return [answered(question, turn, replace(situation, focus=before))]
