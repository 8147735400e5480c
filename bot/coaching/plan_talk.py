"""Talk about the plan that is kept: what it says, how it stands, and asking how it went."""

from collections.abc import Sequence
from datetime import date

from bot.coaching.answer import Answer
from bot.coaching.days import day_in_words
from bot.coaching.figures import plan as plan_figure
from bot.coaching.plan_words import plan_sentence
from bot.coaching.wording import choices, payload, reply
from bot.records import Choice, Knowledge, Reply, ReplyKind
from bot.records.plan import Plan, PlanStatus

REPORT = Choice("How did it go?", payload("report_progress"))
NEW = Choice("Make a new plan", payload("make_plan", form="yes"))
EXPORT = Choice("Take it with me", payload("export_data"))


def is_open(plan: Plan) -> bool:
    """Tell whether the plan's action is still to be done."""
    return plan.status in (PlanStatus.OPEN, PlanStatus.MOVED)


def tell_plan(knowledge: Knowledge, plan: Plan | None, today: date) -> Answer:
    """Say what the plan is and how it stands, with its figure; or that there is none yet."""
    if plan is None:
        return Answer(reply(knowledge, "You have no plan with me yet. Shall we make one? It takes a few minutes.",
                            offers=["skill:plan", "skill:next_qualification"]))  # fmt: skip
    offers = [REPORT, EXPORT, NEW] if is_open(plan) else [NEW, EXPORT]
    return Answer(_with_figure(reply(knowledge, f"**Your plan:** {plan_sentence(plan)}", _standing(plan, today),
                                     offers=offers), plan))  # fmt: skip


def remind(knowledge: Knowledge, plan: Plan) -> Reply:
    """Ask how the plan went, for somebody who comes back."""
    by = f" by {day_in_words(plan.due)}" if plan.due else ""
    said = f"Last time you said “{plan.action.rstrip('.')}”{by}. Done, moved or dropped?"
    return Reply(said, ReplyKind.ASK, choices(knowledge, progress_choices()))


def progress_choices() -> Sequence[Choice]:
    """Return the three ways in which an action can have gone."""
    return [Choice(title, payload("report_progress", value=title.lower())) for title in ("Done", "Moved", "Dropped")]


def offer_to_replace(knowledge: Knowledge, plan: Plan) -> Answer:
    """Say that a plan is open already, before a new one takes its place."""
    said = f"You have a plan open: {plan_sentence(plan)}"
    return Answer(_with_figure(reply(knowledge, said, "Tell me how it went, or make a new one beside it.",
                                     offers=[REPORT, NEW]), plan))  # fmt: skip


def _standing(plan: Plan, today: date) -> str | None:
    if plan.status is PlanStatus.DONE:
        return "It is done."
    if plan.status is PlanStatus.DROPPED:
        return "You dropped it, which is an answer too."
    if plan.due is None:
        return None
    days = (plan.due - today).days
    if days < 0:
        return f"That was {-days} {'day' if days == -1 else 'days'} ago. How did it go?"
    return "That is today." if days == 0 else f"That is in {days} {'day' if days == 1 else 'days'}."


def _with_figure(said: Reply, plan: Plan) -> Reply:
    return Reply(said.text, said.kind, said.choices, said.sources, plan_figure(plan))
