"""Builder or grower: the sheet of eight items."""

from collections.abc import Mapping
from typing import Any

from actions.form import CoachForm
from actions.question import QuestionAction
from actions.turn import Turn
from bot.coaching.builder_grower_form import BUILDER_GROWER_FORM
from bot.coaching.form import Heard, Talk
from bot.records.coaching import Refused


class FindBuilderOrGrower(QuestionAction):
    """Answers `find_builder_or_grower` by beginning the sheet."""

    intent = "find_builder_or_grower"


class ValidateBuilderGrowerForm(CoachForm):
    """Carries the sheet, an item at a time, or all of it at once (`/find_builder_or_grower{"sheet": "BG1=4,..."}`)."""

    form = BUILDER_GROWER_FORM

    def prefilled(self, turn: Turn, talk: Talk, *, begins: bool) -> Mapping[str, Any]:
        """Return the answers of a sheet that was filled in elsewhere; what is no answer is left open."""
        pairs = (pair.partition("=") for pair in (turn.question.value("sheet") or "").split(","))
        read = {}
        for item, _, given in pairs:
            step = self.form.step(item.strip().lower())
            value = step.read(Heard(given.strip(), turn.question), talk) if step else None
            if step is not None and value is not None and not isinstance(value, Refused):
                read[step.id] = value
        return read
