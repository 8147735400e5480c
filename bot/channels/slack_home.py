"""App Home: where the person stands, what comes next, their plan, and the ways on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.channels.slack_blocks import choice_blocks, context, sheet_button, shortened
from bot.channels.slack_events import ERASE
from bot.channels.slack_limits import BLOCKS_OF_VIEW, SECTION_TEXT
from bot.channels.slack_text import escaped, plain_text
from bot.records import Choice

STATUS_MARKS = {"done": "☑", "dropped": "☒", "moved": "➜"}
PROMPTS = (
    ("Which level am I?", "Which level am I?"),
    ("What should I take next?", "What should I take next?"),
    ("Builder or grower?", "Am I a builder or a grower?"),
    ("What is a PMO?", "What is a PMO?"),
)
"""Suggested above an empty conversation: what the button says, and what it sends."""
WAYS_ON = (
    Choice("Which level am I?", '/assess_level{"form": "yes"}'),
    Choice("What should I take next?", '/next_qualification{"form": "yes"}'),
    Choice("Make a plan", "/make_plan"),
    Choice("What do you know of me?", "/ask_what_you_know"),
)
HELLO = (
    "I am a career coach for PMO people. Ask me in the *Messages* tab, mention me in a channel, "
    "or type `/pmo` and your question, wherever you are."
)
PRIVATE = "What you tell me of yourself stays between us: I answer it in direct messages alone, never in a channel."


@dataclass(frozen=True)
class HomeStep:
    """A step of the person's plan; `due` and `status` in words."""

    title: str
    due: str = ""
    status: str = "open"


@dataclass(frozen=True)
class HomeFacts:
    """What App Home shows of a person, in words; empty where nothing is known yet."""

    level: str = ""
    next_qualification: str = ""
    plan: tuple[HomeStep, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True before anything is known."""
        return not (self.level or self.next_qualification or self.plan)


class People(Protocol):
    """Knows what the coach remembers of people; the runner hands it over."""

    async def home(self, person: str) -> HomeFacts:
        """Return what App Home shows of the person of that conversation."""


class NobodyYet:
    """Knows nothing of anybody: what App Home shows where nothing is remembered."""

    async def home(self, person: str) -> HomeFacts:
        """Return no facts."""
        return HomeFacts()


def home_view(facts: HomeFacts) -> dict[str, Any]:
    """Return the view of App Home."""
    blocks = [_header("PMO Coach"), _section(HELLO), *_facts(facts), {"type": "divider"}, *_ways()]
    return {"type": "home", "blocks": blocks[:BLOCKS_OF_VIEW]}


def _facts(facts: HomeFacts) -> Sequence[dict[str, Any]]:
    if facts.is_empty:
        return [_section("*We have not talked yet.* Choose one of these, and I will get to know you.")]
    blocks = [_section(f"*{title}*\n{escaped(text)}") for title, text in (
        ("Your level", facts.level), ("Your next qualification", facts.next_qualification)) if text]  # fmt: skip
    if facts.plan:
        blocks += [_section("*Your plan*"), *(_section(_step(step)) for step in facts.plan[:20])]
    if len(facts.plan) > 20:
        blocks.append(_section(f"… and {len(facts.plan) - 20} more. Ask me for your plan to see them all."))
    return blocks


def _step(step: HomeStep) -> str:
    details = " · ".join(escaped(word) for word in (step.due, step.status if step.status != "open" else "") if word)
    return f"{STATUS_MARKS.get(step.status, '☐')} {escaped(step.title)}" + (f" ({details})" if details else "")


def _ways() -> list[dict[str, Any]]:
    (ways,) = choice_blocks(WAYS_ON)
    ways["elements"].append(sheet_button() | {"text": plain_text("Builder or grower?")})
    return [ways, {"type": "divider"}, context(PRIVATE), {"type": "actions", "elements": [_erase_button()]}]


def _erase_button() -> dict[str, Any]:
    confirm = {
        "title": plain_text("Delete my data?"),
        "text": plain_text("I forget our conversation, your profile, your answers and your plan. It cannot be undone."),
        "confirm": plain_text("Delete everything"),
        "deny": plain_text("Keep it"),
        "style": "danger",
    }
    return {"type": "button", "action_id": ERASE, "style": "danger", "text": plain_text("Delete my data"),
            "value": "erase", "confirm": confirm}  # fmt: skip


def _header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": plain_text(text)}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": _fitting(text), "verbatim": True}}


def _fitting(text: str) -> str:
    return text if len(text) <= SECTION_TEXT else shortened(text, SECTION_TEXT)
