"""What to do with a result of the builder or grower sheet: advice for it and for the level, a part at a time.

The first parts are told with the result, as many as fit; the others, and how far the sheet can be trusted, are what
"Tell me more" gives.
"""

from collections.abc import Collection

from bot.coaching.paging import TOLD, Part
from bot.coaching.wording import compose
from bot.records import Focus, Knowledge, Level

KIND = "builder_grower"
EARLY = (Level.ONE, Level.TWO)
EARLY_ADVICE = "early_levels"
SOURCES = {
    "builder_2": ("ARTICLE", "PL_SETUP", "APMG_MGR", "AIP_P"),
    "builder_3": ("HOP_CONTRACT", "EXP123"),
    "grower_2": ("ARTICLE", "GOODPMO"),
    "grower_3": ("SWAT",),
    "mixed_2": ("RS_DECK", "STARS2"),
}
"""What each part rests on; the others follow the article, or are a question."""
OF_TRUST = ("KAI", "KAI_TZ")


def side_of(label: str) -> str:
    """Return whose advice a label has: builder, grower or mixed."""
    return label.partition("_")[0]


def parts_of_result(knowledge: Knowledge, label: str) -> list[Part]:
    """Return all that can be told: advice for the early levels, for the result, and how far to trust the sheet."""
    trust = Part("validity", knowledge.questionnaire.validity, OF_TRUST)
    return [*_advice(knowledge, EARLY_ADVICE), *_advice(knowledge, side_of(label)), trust]


def first_advice(knowledge: Knowledge, label: str, level: Level | None, room: int) -> tuple[Part, ...]:
    """Return the advice to tell at once: the first part, and what follows it as long as `room` words are enough.

    At the early levels, where hardly anybody has had the chance to do either, it begins with how to find out.
    """
    advice = _advice(knowledge, side_of(label))
    if level in EARLY:
        advice = [*_advice(knowledge, EARLY_ADVICE), *advice]
    told: list[Part] = []
    for part in advice:
        room -= len(part.text.split())
        if told and room < 0:
            break
        told.append(part)
    return tuple(told)


def focus_of_result(
    knowledge: Knowledge, label: str, level: Level | None, told: Collection[Part], offered: tuple[str, ...]
) -> Focus:
    """Return the focus after a result: what was told, or is for other levels, is not told again."""
    others = [] if level in EARLY else _advice(knowledge, EARLY_ADVICE)
    facets = tuple(f"{TOLD}{part.facet}" for part in (*told, *others))
    return Focus(KIND, label, facets=facets, offered=offered)


def _advice(knowledge: Knowledge, side: str) -> list[Part]:
    lines = knowledge.questionnaire.advice.get(side, ())
    named = ((f"{side}_{number}", compose(line)) for number, line in enumerate(lines, 1))
    return [Part(name, text, SOURCES.get(name, ("ARTICLE",))) for name, text in named]
