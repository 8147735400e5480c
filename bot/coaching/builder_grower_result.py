"""What a finished builder or grower sheet is told as: a reading, the earlier one beside it, advice, the balance."""

from collections.abc import Iterable
from dataclasses import replace

from bot.coaching.builder_grower import NEEDED, Balance, Contribution, score
from bot.coaching.builder_grower_advice import KIND, first_advice, focus_of_result, side_of
from bot.coaching.builder_grower_items import ITEMS
from bot.coaching.days import earlier_day
from bot.coaching.figures import balance as balance_figure
from bot.coaching.form import Talk
from bot.coaching.profile import level_of
from bot.coaching.wording import choice, offered, payload, reply, sentence
from bot.records import Choice, Figure, Questionnaire, Reply
from bot.records.coaching import Ending, Result

NOT_A_TEST = "It is a quick conversation starter, not a test. If the label does not fit you, trust yourself."
MOST_WORDS = 90
"""Words before the choices."""
LIMIT = 16
COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")
AGAIN = Choice("Take it again", payload("find_builder_or_grower"))
LOOK_AT = {
    "builder": ("kinds_of_pmo", "setting_up_a_pmo"),
    "grower": ("pmo_services_overview", "kinds_of_pmo"),
    "mixed": ("kinds_of_pmo", "transforming_pmos"),
}


def conclude(talk: Talk) -> Ending:
    """Return the reading of the sheet with what led to it; with too few answers, how many are missing."""
    balance = score(talk.knowledge.questionnaire, {item: talk.answer(item.lower()) for item in _items(talk)})
    if balance.band is None:
        return Ending((_too_few(talk, balance),))
    level = level_of(talk.knowledge, talk.profile)
    found = (f"**{balance.band.say}** {_sum(balance)}", _earlier(talk, balance), NOT_A_TEST)
    room = MOST_WORDS - sum(len((part or "").split()) for part in found)
    advice = first_advice(talk.knowledge, balance.band.label, level, room)
    said = reply(talk.knowledge, *found, *(part.text for part in advice), offers=_offers(talk, balance, level is None),
                 sources=[source for part in advice for source in part.sources])  # fmt: skip
    picked = tuple(offer.payload for offer in said.choices)
    return Ending(
        (replace(said, figure=_figure(talk.knowledge.questionnaire, balance)),),
        result=Result(KIND, talk.today, _data(balance)),
        focus=focus_of_result(talk.knowledge, balance.band.label, level, advice, picked),
    )


def answer_in_words(questionnaire: Questionnaire, item_id: str, answer: int) -> str:
    """Return an answer with what it answers: "A blank page: agree", "The better day: rather the first board"."""
    [item] = [item for item in questionnaire.items if item.id == item_id]
    words, talk = questionnaire.scales[item.type][answer - 1], ITEMS[item_id]
    if item.type == "forced_choice":
        degree, _, side = words.rpartition(" ")
        words = f"{degree} {talk.first if side.upper() == 'A' else talk.second}".strip()
    return f"{talk.name}: {words}"


def _items(talk: Talk) -> Iterable[str]:
    return (item.id for item in talk.knowledge.questionnaire.items if item.id in ITEMS)


def _sum(balance: Balance) -> str:
    """Say the value, where it lies, and how it came about when answers lack."""
    places = f"They come to {_signed(balance.value)}, between -{LIMIT} (grower) and +{LIMIT} (builder)."
    if balance.answered == balance.asked:
        return places
    total = _signed(sum(contribution.points for contribution in balance.contributions))
    answered = f"You answered {_count(balance.answered)} of {_count(balance.asked)}"
    return f"{places} {answered}, so I scaled their sum of {total} to all."


def _earlier(talk: Talk, balance: Balance) -> str | None:
    """Say what the sheet came to the last time, if it was taken before."""
    taken = [(result.day, result.data.get("value")) for result in talk.earlier if result.kind == KIND]
    values = [(day, value) for day, value in taken if type(value) is int and abs(value) <= LIMIT]
    if not values:
        return None
    day, value = max(reversed(values), key=lambda pair: pair[0])
    now = "the same now" if value == balance.value else f"now {_signed(balance.value)}"
    return sentence(f"{earlier_day(day, talk.today)} it was {_signed(value)}, {now}")


def _too_few(talk: Talk, balance: Balance) -> Reply:
    answered, missing = balance.answered, balance.missing
    had = f"{_count(answered)} of {_count(balance.asked)} answers" if answered else "no answers"
    more = "one more" if missing == 1 else f"{_count(missing)} more"
    lacking = f"I need at least {_count(NEEDED)} before I offer a reading, so there is no label. It takes {more}."
    first = offered(talk.knowledge, [AGAIN, "builder_or_grower_meaning", "skill:plan", "kinds_of_pmo"])
    return reply(talk.knowledge, f"I have {had} from you. {lacking}", offers=first)


def _offers(talk: Talk, balance: Balance, level_unknown: bool) -> tuple[str | Choice, ...]:
    """Return what to go on with: more of the result, what suits it, a plan, the next qualification."""
    look_at = LOOK_AT.get(side_of(balance.label or ""), ())
    next_one = choice(talk.knowledge, "skill:check_qualification", "What should I take next?")
    level = [choice(talk.knowledge, "skill:check_level", "Which level am I?")] if level_unknown else []
    return tuple(offered(talk.knowledge, ["skill:more", *look_at, next_one, "skill:plan", *level]))


def _figure(questionnaire: Questionnaire, balance: Balance) -> Figure:
    return balance_figure(balance.value, [_told(questionnaire, each) for each in balance.contributions])


def _told(questionnaire: Questionnaire, contribution: Contribution) -> tuple[str, int]:
    return answer_in_words(questionnaire, contribution.item.id, contribution.answer), contribution.points


def _data(balance: Balance) -> dict[str, object]:
    answers = {contribution.item.id: contribution.answer for contribution in balance.contributions}
    return {"value": balance.value, "label": balance.label, "answers": answers}


def _signed(value: int) -> str:
    return f"{value:+d}" if value else "0"


def _count(number: int) -> str:
    return COUNTS[number] if number < len(COUNTS) else str(number)
