"""How a form speaks: the question with its progress and choices, and before it what was heard."""

from dataclasses import replace

from bot.coaching.form import Form, Step, Talk, open_steps, with_known
from bot.coaching.hearing import Move, Outcome
from bot.coaching.kindness import kind_word
from bot.coaching.wording import payload, reply
from bot.records import Choice, Reply, ReplyKind
from bot.records.coaching import SKIPPED

HINT = "You can say **skip**, **back**, **why** or **stop** at any time, or ask me something in between."
UNREAD = "I could not read that as an answer."
STILL_UNREAD = (
    "I still cannot make an answer of that; the fault is mine. Say **skip** to pass it over, or **stop** to leave it."
)
KEPT_FOR_LATER = "I have noted that, and this question is still open."
NOTED = ("Noted.", "Thank you.", "Good, that helps.", "Got it.")
HEARD = ("Noted.", "Thank you.", "I have that.", "Got it.")
"""Said to what somebody tells in their own words, which may be nothing good."""
UNDECIDED = "Nothing is decided yet; your answers decide it, and each can be changed."
YOURS = "That one is yours to say, and there is no wrong answer."


def put(form: Form, talk: Talk, step: Step, *, before: str | None = None, hint: bool = False) -> Reply:
    """Return the question as it is put: what was heard, the progress, the question, what may be answered."""
    asking = step.ask(talk)
    choices = [Choice(title, payload("answer_question", step=form.slot(step), value=value))
               for title, value in asking.options]  # fmt: skip
    progress = f"**{_place(form, talk, step)}** {asking.text}"
    return reply(
        talk.knowledge, before, progress, HINT if hint else None,
        offers=choices, sources=asking.sources, kind=ReplyKind.ASK,
    )  # fmt: skip


def _place(form: Form, talk: Talk, step: Step) -> str:
    """Return where in the form the question stands: "3 of 8."; what may yet be spared makes it "3 of at most 8."."""
    place, total, spared = _numbers(form, talk, step)
    return f"{place} of {'at most ' if spared else ''}{total}."


def _numbers(form: Form, talk: Talk, step: Step) -> tuple[int, int, bool]:
    """Return the number of the question, how many there are at most, and whether some of them may yet be spared."""
    left = open_steps(form, talk)
    shown = [s for s in form.steps if s is step or talk.answers.get(s.id) is not None or s in left]
    later = [s for s in form.steps if s not in shown and form.steps.index(s) > form.steps.index(step)]
    return shown.index(step) + 1, len(shown) + len(later), bool(later)


def said_of(outcome: Outcome, form: Form, before: Talk, *, again: bool = False) -> str | None:
    """Return the sentence that says what became of the message; None where the next question says enough.

    `again` means that the message before could not be read either.
    """
    if outcome.move is Move.CORRECTED:
        return f"Changed: {_told(outcome, before)}"
    if outcome.move is Move.WHY:
        return outcome.step.why
    if outcome.move is Move.REFUSED:
        return outcome.refusal
    if outcome.move is Move.NUDGED:
        return outcome.step.nudge
    if outcome.move is Move.ADVISED:
        return outcome.step.nudge or f"{YOURS} {outcome.step.why}"
    if outcome.move is Move.RECAPPED:
        return recap(form, before)
    if outcome.move is Move.DOUBTED:
        return f"{UNDECIDED} {recap(form, before)}"
    if outcome.move is Move.COUNTED:
        return _left(form, before, outcome.step)
    if outcome.move is Move.UNCLEAR:
        return STILL_UNREAD if again else _hint_of(outcome.step, before)
    if outcome.move is Move.FILLED and outcome.answers.get(outcome.step.id) is None:
        return KEPT_FOR_LATER
    if outcome.move is Move.BACK and dict(outcome.answers) == dict(before.answers):
        return "This is the first question, so there is nothing to go back to."
    return {
        Move.SKIPPED: "Skipped.",
        Move.AGAIN: f"From the start, then: your earlier answers of the {form.title} are gone.",
        Move.BACK: "One back.",
        Move.FILLED: _noted(outcome, form, before),
    }.get(outcome.move)


def _noted(outcome: Outcome, form: Form, before: Talk) -> str:
    """Return what is said of an answer: of words of one's own that tell of something hard, a kind sentence.

    An answer that is to be said back is, also where another one has it in it: "tomorrow after lunch".
    """
    value, place = outcome.answers.get(outcome.step.id), len(outcome.answers) % len(NOTED)
    known = with_known(form, replace(before, answers=outcome.answers))
    echoed = [s.tell(known[s.id], before) for s in form.steps if s.said_back and before.answers.get(s.id) is None
              and known.get(s.id) not in (None, SKIPPED)]  # fmt: skip
    kind = kind_word(value) if outcome.step.free and isinstance(value, str) else None
    if echoed:
        return f"{kind} Noted: {echoed[0]}." if kind else f"Noted: {echoed[0]}."
    return kind or (HEARD if outcome.step.free else NOTED)[place]


def recap(form: Form, talk: Talk) -> str:
    """Return the answers so far, each with the number of its question."""
    shown = [s for s in form.steps if talk.answers.get(s.id) is not None or s.needed(talk)]
    lines = [
        f"- {number}: {'skipped' if value == SKIPPED else step.tell(value, talk)}"
        for number, step in enumerate(shown, start=1)
        if (value := talk.answers.get(step.id)) is not None
    ]
    if not lines:
        return "You have not answered anything yet; this is the first question."
    return "\n".join(["Your answers so far:", "", *lines, "", "To change one, say “change answer 1 to …”."])


def _left(form: Form, talk: Talk, step: Step) -> str:
    """Return how many questions are left, and how to be done sooner."""
    place, total, spared = _numbers(form, talk, step)
    left = total - place + 1
    if left == 1:
        return "This is the last one. Say **skip** if you would rather not answer it."
    count = f"{'At most ' if spared else ''}{left}"
    return f"{count} to go, with this one. Say **skip the rest**, and I conclude from what I have."


def _told(outcome: Outcome, talk: Talk) -> str:
    """Return the changed answer in words, with a full stop."""
    value = outcome.answers[outcome.step.id]
    words = "skipped" if value == SKIPPED else outcome.step.tell(value, talk)
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _hint_of(step: Step, talk: Talk) -> str:
    """Return what would do as an answer, for words that did not."""
    if step.ask(talk).options:
        return f"{UNREAD} Pick one of these, say it in your own words, or say **skip**."
    return f"{UNREAD} Try a few plain words, or say **skip**."


def opened(form: Form, talk: Talk) -> str:
    """Return what is said before the first question; a form that was paused goes on where it was."""
    if any(value is not None for value in talk.answers.values()):
        return f"We go on with your {form.title}, where we stopped. Say **start again** to begin from the top."
    return form.opening(talk)


def returned(form: Form) -> str:
    """Return what is said when a form goes on after something else."""
    return f"Back to your {form.title}:"


def welcomed_back(form: Form) -> Reply:
    """Return what somebody hears first who comes back to a form after a time."""
    return Reply(f"Welcome back. We are in the middle of your {form.title}; say **stop** to leave it.",
                 ReplyKind.SMALLTALK)  # fmt: skip


def stopped(form: Form, talk: Talk, start: str) -> Reply:
    """Return what is said when the person stops; `start` is the payload that goes on with the form."""
    kept = "Your answers so far are kept, so we can go on whenever you like." if talk.answers else "Nothing is lost."
    return reply(
        talk.knowledge, f"Fine, we stop the {form.title} here. {kept}",
        offers=[Choice("Go on with it", start), "skill:menu"], kind=ReplyKind.SMALLTALK,
    )  # fmt: skip
