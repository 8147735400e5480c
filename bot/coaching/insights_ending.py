"""The conclusion of the five insights check: all ratings, the weakest insight, and one small step."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.coaching.days import earlier_day
from bot.coaching.earlier import latest
from bot.coaching.figures import table
from bot.coaching.form import Talk, Value
from bot.coaching.phrases import clipped
from bot.coaching.wording import NUMBER_WORDS, bullets, choice, payload, reply
from bot.records import Choice, Figure, Focus, Insight, Reply
from bot.records.coaching import Ending, Result

KIND = "insights"
LOWEST, HIGHEST = 1, 5
ENOUGH = 3
"""Ratings from which on the weakest of them says something."""
BUILDER_INSIGHT = 5
EXAMPLE_WIDTH = 60
AGAIN = Choice("Try the check again", payload("check_insights"))
BUILDER = Choice("Builder or grower?", payload("find_builder_or_grower"))

Ratings = Mapping[int, int]
"""Ratings from 1 to 5, by the number of the insight; those passed over are missing."""


def rating_of(talk: Talk, number: int) -> int | None:
    """Return the rating of an insight; None where there is none, or what is there is no rating."""
    return _as_rating(talk.answer(f"rating_{number}"))


def conclude(talk: Talk) -> Ending:
    """Show the ratings, name the weakest insight and a step to try; with too few ratings, say so."""
    found = {number: rating_of(talk, number) for number in sorted(talk.knowledge.insights)}
    ratings = {number: rating for number, rating in found.items() if rating is not None}
    weakest = _weakest(ratings) if len(ratings) >= ENOUGH else ()
    told = _too_few(talk, ratings) if not weakest else _told(talk, ratings, weakest)
    return Ending(
        replies=(replace(told, figure=_figure(talk, ratings)) if ratings else told,),
        result=Result(KIND, talk.today, _data(talk, ratings, weakest)) if ratings else None,
        offers=_offers(talk, weakest),
        focus=Focus("insight", str(weakest[0])) if weakest else None,
    )


def _weakest(ratings: Ratings) -> tuple[int, ...]:
    """Return the insights with the lowest rating, in the article's order."""
    return tuple(number for number in sorted(ratings) if ratings[number] == min(ratings.values()))


def _too_few(talk: Talk, ratings: Ratings) -> Reply:
    count = f"{_count(len(ratings))} of the five insights" if ratings else "none of the five insights"
    text = f"You rated {count}. I need at least {_count(ENOUGH)} ratings before I name the weakest."
    return reply(talk.knowledge, text)


def _told(talk: Talk, ratings: Ratings, weakest: Sequence[int]) -> Reply:
    insight = talk.knowledge.insights[weakest[0]]
    return reply(
        talk.knowledge,
        _verdict(talk, ratings, weakest),
        _earlier(talk, ratings, insight),
        f"**One small step:** {insight.step}",
        sources=insight.sources,
    )


def _verdict(talk: Talk, ratings: Ratings, weakest: Sequence[int]) -> str:
    """Name the weakest insight; of several as weak, the first, and say so."""
    insights = talk.knowledge.insights
    name, rating = insights[weakest[0]].name, ratings[weakest[0]]
    among = "" if len(ratings) == len(insights) else f" among the {_count(len(ratings))} that you rated"
    if len(weakest) == 1:
        return f"Your weakest insight{among} is **{name}**, at {rating} of {HIGHEST}."
    if len(weakest) == len(ratings):
        tie = f"You rated all {_count(len(ratings))} alike, at {rating} of {HIGHEST}. "
    else:
        names = bullets(insights[number].name for number in weakest)
        tie = f"The lowest{among}, at {rating} of {HIGHEST}:\n{names}\n"
    return f"{tie}I take **{name}** first, because the article names it before the {_others(weakest)}."


def _others(weakest: Sequence[int]) -> str:
    return "other" if len(weakest) == 2 else "others"


def _count(number: int) -> str:
    return NUMBER_WORDS.get(str(number), str(number))


def _earlier(talk: Talk, ratings: Ratings, insight: Insight) -> str | None:
    """Tell how the same insight was rated last time."""
    before = latest(talk, KIND)
    was = _ratings_before(before).get(insight.number)
    if before is None or was is None:
        return None
    when, now = earlier_day(before.day, talk.today), ratings[insight.number]
    told = "and the same now" if was == now else f"now {now}"
    return f"{when[:1].upper()}{when[1:]} you rated it {was}, {told}."


def _ratings_before(before: Result | None) -> Ratings:
    data = before.data.get("ratings") if before is not None else None
    items = data.items() if isinstance(data, Mapping) else ()
    read = {int(key): _as_rating(value) for key, value in items if str(key).isdecimal()}
    return {number: rating for number, rating in read.items() if rating is not None}


def _as_rating(value: Value) -> int | None:
    """Return a stored rating, number or word of digits, as a number of the scale; None for anything else."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 3:
        value = int(value)
    on_scale = isinstance(value, int) and not isinstance(value, bool) and LOWEST <= value <= HIGHEST
    return value if on_scale else None


def _figure(talk: Talk, ratings: Ratings) -> Figure:
    """Return all insights with their ratings, the earlier ones beside, and the examples."""
    before = _ratings_before(latest(talk, KIND))
    columns = ("Insight", "Today", *(("Earlier",) if before else ()), "Your example")
    rows = [
        (
            insight.name,
            _cell(ratings.get(number)),
            *((_cell(before.get(number)),) if before else ()),
            clipped(_example(talk, number), EXAMPLE_WIDTH),
        )
        for number, insight in sorted(talk.knowledge.insights.items())
    ]
    return table(columns, rows)


def _cell(rating: int | None) -> str:
    return "not rated" if rating is None else f"{rating} of {HIGHEST}"


def _example(talk: Talk, number: int) -> str:
    said = talk.answer(f"example_{number}")
    return said if isinstance(said, str) else ""


def _data(talk: Talk, ratings: Ratings, weakest: Sequence[int]) -> dict[str, Any]:
    """Return what is kept; the keys are text, as JSON wants them."""
    examples = {str(number): text for number in ratings if (text := _example(talk, number))}
    return {
        "ratings": {str(number): rating for number, rating in ratings.items()},
        "examples": examples,
        "weakest": weakest[0] if weakest else None,
    }


def _offers(talk: Talk, weakest: Sequence[int]) -> tuple[Choice, ...]:
    if not weakest:
        return (AGAIN, choice(talk.knowledge, "skill:assess_level"))
    about = choice(talk.knowledge, f"insight:{weakest[0]}", "More on this insight")
    plan = Choice("Make a plan of it", payload("make_plan", insight=weakest[0]))
    return (plan, about, *((BUILDER,) if weakest[0] == BUILDER_INSIGHT else ()))
