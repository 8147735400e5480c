"""Teams: joined by a code, with a yes to what is shared; left at any time."""

from abc import ABC

from actions.library import knowledge
from actions.memory import PersonAction
from actions.people import remembering
from actions.turn import Turn
from bot.coaching.team import (
    ask_for_code,
    ask_for_functions,
    ask_to_join,
    functions_noted,
    left_team,
    no_team,
    read_code,
    unknown_code,
    welcome_to_team,
)
from bot.coaching.team_functions import functions_told
from bot.records import ConsentState, Question, Reply
from bot.store import UnitOfWork


class TeamAction(PersonAction, ABC):
    """An action about teams."""


class JoinTeam(TeamAction):
    """Answers `join_team`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_join_team"

    async def reply_to(self, question: Question, turn: Turn, person: str) -> Reply:
        """Say what is shared and ask; on the yes to that, join."""
        code = question.value("code") or read_code(question.text)
        if code is None:
            return ask_for_code(question.text)
        sure = question.value("sure") == "yes"

        def join(unit: UnitOfWork) -> Reply:
            team = unit.teams.get(code)
            if team is None:
                return unknown_code()
            consent = unit.people.consent(person)
            if not sure:
                return ask_to_join(team, code, remembered=consent is not None and consent.given)
            unit.people.set_consent(person, ConsentState.GIVEN)
            unit.people.remember_profile(person, turn.profile)
            unit.teams.join(code, person)
            return welcome_to_team(team)

        return await remembering(join)


class LeaveTeam(TeamAction):
    """Answers `leave_team`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_leave_team"

    async def reply_to(self, question: Question, turn: Turn, person: str) -> Reply:
        """Leave every team."""
        return left_team(await remembering(lambda unit: unit.teams.leave(person)))


class CoverFunctions(TeamAction):
    """Answers `cover_functions`."""

    def name(self) -> str:
        """Return the action's name."""
        return "action_cover_functions"

    async def reply_to(self, question: Question, turn: Turn, person: str) -> Reply:
        """Note which functions the person covers, for their team."""
        functions = functions_told(knowledge(), turn.questions)
        if not functions:
            return ask_for_functions()
        covered = await remembering(lambda unit: unit.teams.cover(person, functions))
        return functions_noted(knowledge(), functions) if covered else no_team()
