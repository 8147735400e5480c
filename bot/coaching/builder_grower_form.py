"""The builder or grower sheet as a form: eight items, answered by buttons or in one's own words.

An answer is kept as its place on its scale, counted from 1. Numbers are read as such a place from a button, from a
sheet that was filled in elsewhere, and where somebody says how far they agree; typed at a choice between A and B, "2"
could mean the second option or the second answer, so it is asked again.
"""

from collections.abc import Callable

from bot.coaching.builder_grower_items import ITEMS
from bot.coaching.builder_grower_reading import read_agreement, read_choice
from bot.coaching.builder_grower_result import answer_in_words, conclude
from bot.coaching.form import Form, Heard, Reading, Step, Talk, Value
from bot.records import QuestionnaireItem
from bot.records.coaching import Asking

AGREE = "How far do you agree?"
FROM_BUTTONS = ("step", "sheet")
"""Entities of the payloads whose values are places on a scale."""


def _item(talk: Talk, item_id: str) -> QuestionnaireItem | None:
    return next((item for item in talk.knowledge.questionnaire.items if item.id == item_id), None)


def _scale(talk: Talk, item: QuestionnaireItem) -> tuple[str, ...]:
    return talk.knowledge.questionnaire.scales[item.type]


def _asking(item_id: str) -> Callable[[Talk], Asking]:
    """Return the function that puts the item, with its scale as the answers to pick from."""

    def ask(talk: Talk) -> Asking:
        [item] = [item for item in talk.knowledge.questionnaire.items if item.id == item_id]
        options = tuple(
            (words[:1].upper() + words[1:], str(place)) for place, words in enumerate(_scale(talk, item), 1)
        )
        return Asking(_question(item), options)

    return ask


def _question(item: QuestionnaireItem) -> str:
    if item.type == "likert":
        return f"{AGREE}\n\n“{item.text}”"
    text = item.text if item.text.endswith("?") else f"{item.text} ..."
    return f"{text}\n\n- **A**: {item.option_a}\n- **B**: {item.option_b}"


def _reading(item_id: str) -> Callable[[Heard, Talk], Reading]:
    """Return the function that reads an answer of the item."""

    def read(heard: Heard, talk: Talk) -> Reading:
        item = _item(talk, item_id)
        if item is None:
            return None
        if any(heard.question.value(entity) is not None for entity in FROM_BUTTONS):
            return _place(heard.text, len(_scale(talk, item)))
        if item.type == "likert":
            return read_agreement(heard.text)
        return read_choice(heard.text, item, ITEMS[item_id])

    return read


def _place(text: str, places: int) -> int | None:
    """Return the place that a button or a sheet gives, if the scale has it."""
    given = text.strip()
    return int(given) if given in map(str, range(1, places + 1)) else None


def _telling(item_id: str) -> Callable[[Value, Talk], str]:
    """Return the function that says an answer back."""

    def tell(value: Value, talk: Talk) -> str:
        return answer_in_words(talk.knowledge.questionnaire, item_id, value)

    return tell


def _needing(item_id: str) -> Callable[[Talk], bool]:
    """Return the function that tells whether the sheet has the item."""
    return lambda talk: _item(talk, item_id) is not None


def _step(item_id: str) -> Step:
    return Step(
        item_id.lower(),
        ask=_asking(item_id),
        why=ITEMS[item_id].why,
        read=_reading(item_id),
        needed=_needing(item_id),
        tell=_telling(item_id),
    )


BUILDER_GROWER_FORM = Form(
    name="builder_grower_form",
    title="builder or grower sheet",
    steps=tuple(map(_step, ITEMS)),
    opening=lambda talk: talk.knowledge.questionnaire.intro,
    conclude=conclude,
    answers_of=lambda data: {item.lower(): place for item, place in data.get("answers", {}).items()},
)
