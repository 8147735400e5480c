"""All forms, and what begins each: to go on with one that was stopped, whoever offers it."""

import re
from collections.abc import Mapping

from bot.coaching.builder_grower_form import BUILDER_GROWER_FORM
from bot.coaching.check_in_form import CHECK_IN_FORM
from bot.coaching.form import Form
from bot.coaching.insights_form import INSIGHTS_FORM
from bot.coaching.level_form import LEVEL_FORM
from bot.coaching.plan_form import PLAN_FORM
from bot.coaching.qualification_form import QUALIFICATION_FORM
from bot.coaching.wording import payload
from bot.records import Choice

_GO_ON_WITH = re.compile(
    r"^\W*(?:(?:ok|okay|please|can we|could we|let'?s|lets|i want to|now)\W+)*(?:go on|carry on|continue|resume|"
    r"keep going|go back|back|return|finish)(?: with| to)? (?:my|the|that|our) (?P<what>[\w ]{3,40})\W*$",
    re.IGNORECASE,
)

_AGAIN = re.compile(
    r"^\W*(?:(?:ok|okay|please|can (?:i|we)|could (?:i|we)|let'?s|lets|let me|i want to|i'?d like to|actually)\W+)*"
    r"(?:re-?take|re-?do|repeat|do|take|try)\s+(?:it|that|this|the (?:sheet|check|test|quiz|questions|whole thing))"
    r"(?P<again>(?:\s+(?:all|once|over|again|more|please|pls))*)\W*$",
    re.IGNORECASE,
)
_ONCE_ONLY = re.compile(r"\b(?:do|take|try)\b", re.IGNORECASE)
"""Verbs that mean another time only with an "again"."""

STARTS: Mapping[str, str] = {
    LEVEL_FORM.name: payload("assess_level", form="yes"),
    BUILDER_GROWER_FORM.name: payload("find_builder_or_grower"),
    INSIGHTS_FORM.name: payload("check_insights"),
    QUALIFICATION_FORM.name: payload("next_qualification", form="yes"),
    PLAN_FORM.name: payload("make_plan", form="yes"),
    CHECK_IN_FORM.name: payload("report_progress"),
}
"""The payload that begins the form of that name, and goes on with it after a stop."""
FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (LEVEL_FORM, BUILDER_GROWER_FORM, INSIGHTS_FORM, QUALIFICATION_FORM, PLAN_FORM, CHECK_IN_FORM)
}


def wants_again(text: str) -> bool:
    """Tell whether the words ask for what was just done once more: "retake it", "can I do the sheet again"."""
    match = _AGAIN.match(text.replace("’", "'"))
    return match is not None and (bool(match["again"].strip()) or _ONCE_ONLY.search(text) is None)


def form_of(slot: str | None) -> Form | None:
    """Return the form whose question that slot is."""
    return next((form for form in FORMS.values() if any(form.slot(step) == slot for step in form.steps)), None)


def go_on_with(form: Form) -> Choice:
    """Return the choice that goes on with a form which something else came in between of."""
    return Choice(f"Go on with the {form.title}", STARTS[form.name])


def goes_on_with(form: Form, text: str) -> bool:
    """Tell whether the words ask to go on with that form by its name: "go on with my plan", "back to the check"."""
    match = _GO_ON_WITH.match(text)
    return match is not None and bool(set(match["what"].casefold().split()) & {*form.title.split(), "questions"})
