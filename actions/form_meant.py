"""Which form a message goes on with or begins without asking for it, while none is going on."""

from actions.library import knowledge
from actions.turn import Turn
from bot.coaching.correcting import changes_numbered
from bot.coaching.form import Moment, Talk
from bot.coaching.form_words import Wish, wish_in
from bot.coaching.forms import FORMS, STARTS, goes_on_with, wants_again


def form_meant(turn: Turn) -> str | None:
    """Return the form that was stopped, where the words go on with it, else the one that says it is meant."""
    if turn.form:
        return None
    offered = {choice.payload for choice in turn.offered}
    if wish_in(turn.question.text) is Wish.GO_ON and STARTS.get(turn.paused or "") in offered:
        return turn.paused
    if turn.paused and goes_on_with(FORMS[turn.paused], turn.question.text):
        return turn.paused
    if (again := form_again(turn)) is not None:
        return again
    moment = moment_of(turn)
    return next((form.name for form in FORMS.values() if form.is_meant(moment)), None)


def form_again(turn: Turn) -> str | None:
    """Return the form that was just finished, where the words ask for it again, or change an answer of it."""
    form = FORMS.get(turn.finished or "")
    if form is None:
        return None
    changed = form.answers_of is not None and changes_numbered(turn.question.text)
    return form.name if changed or wants_again(turn.question.text) else None


def moment_of(turn: Turn) -> Moment:
    """Return what coaching needs to tell whether the turn's message belongs into a form."""
    talk = Talk(knowledge(), turn.profile, {}, turn.day)
    return Moment(turn.heard, talk, said=turn.said, offered=turn.offered, plan=turn.plan)
