"""The conclusion of the level check: the level, what would change it, how it came about, what the next one asks."""

from collections.abc import Iterable
from dataclasses import replace

from bot.coaching.assess_level import BASIS_WORDS, MOST_NAMED, Placement, sources_of_title
from bot.coaching.days import earlier_day
from bot.coaching.earlier import latest
from bot.coaching.figures import career_map, table
from bot.coaching.form import Talk
from bot.coaching.level_behaviours import BEHAVIOURS, NO, PARTLY, YES, Behaviour
from bot.coaching.level_reading import LONGEST_TITLE, NO_TITLE
from bot.coaching.level_weighing import POINTS, Answers, Change, answers_of, changes, role_of, weigh
from bot.coaching.wording import bullets, choice, joined, payload, reply
from bot.records import Choice, Figure, Focus, Knowledge, Level, Profile, Reply, Role
from bot.records.coaching import Ending, Result

KIND = "level"
ASKS_TOLD = 2
TOO_LITTLE = "That is too little to place you: I have no title that I know, and no answer about your work."
WAY_IN = "**Level one** is your way in: the article calls it ideal for a start in project management work."
POINTS_RULE = "How I got there: yes gives two points, “partly” one, and two points make a level's work yours."
TITLE_ALONE = "That rests on the title alone, which is weak evidence: you answered nothing about your work."
NOTHING_ABOVE = "There is no level above four. What counts now is what your PMOs are worth to the business."
NO_SINGLE_ANSWER = "No single answer would change it."
AGAIN = Choice("Try the level check again", payload("assess_level", form="yes"))
NEXT = Choice("What should I take next?", payload("next_qualification", form="yes"))
PLAN = Choice("Make a plan", payload("make_plan"))
BUILDER = Choice("Builder or grower?", payload("find_builder_or_grower"))


def conclude(talk: Talk) -> Ending:
    """Place the person and show why; with too little to go by, say so."""
    role, answers = role_of(talk), answers_of(talk)
    placement = weigh(role, answers)
    told = (_told(talk, role, answers, placement), _arithmetic(talk, role, answers), _ahead(talk, placement))
    return Ending(
        replies=tuple(each for each in told if each is not None),
        profile=_profile(talk, role, placement),
        result=Result(KIND, talk.today, _data(talk, answers, placement)),
        offers=_offers(talk.knowledge, role, placement),
        focus=Focus("assess_level", str(int(placement.level)) if placement.level else ""),
    )


def _told(talk: Talk, role: Role | None, answers: Answers, placement: Placement) -> Reply:
    """Say the level, since when it differs, and which single answer would change it."""
    knowledge, level = talk.knowledge, placement.level
    made = reply(
        knowledge,
        _verdict(talk, role, answers, placement),
        _earlier(talk, placement),
        _change(role, answers) if answers else None,
        sources=_sources(knowledge, role, answers, level),
    )
    return made if level is None else replace(made, figure=_map(knowledge, placement))


def _verdict(talk: Talk, role: Role | None, answers: Answers, placement: Placement) -> str:
    level, title = placement.level, placement.by_title
    if level is None:
        return TOO_LITTLE if role is None else f"**{role.title}** is a delivery role, beside the levels. {role.reason}"
    if placement.by_work is None and role is not None:
        return f"You stand at **level {level.word}**: {BASIS_WORDS[role.basis]}. {TITLE_ALONE}"
    if level is Level.ONE and talk.answer("title") == NO_TITLE:
        return WAY_IN
    because = _because(answers, level)
    if placement.between and title is not None:
        return (
            f"You are **between level {title.word} and level {level.word}**. Your title says {title.word}, but "
            f"{because}."
        )
    if title is not None and level < title:
        return (
            f"By your work you stand at **level {level.word}**: {because}. Your title says {title.word}, but the work "
            "decides."
        )
    return f"You stand at **level {level.word}**: {because}."


def _because(answers: Answers, level: Level) -> str:
    """Return what of the person's work speaks for the level, as a clause."""
    named = [item for item in BEHAVIOURS if item.level is level and POINTS.get(answers.get(item.id, ""), 0)]
    clear = [item for item in named if answers[item.id] == YES]
    if level is Level.ONE:
        return "what you told me of your work does not reach level two"
    if not named:
        return "your title says so, and your answers leave it there"
    if clear:
        return f"you {clear[0].done}, which is level-{level.word} work"
    return f"you do both kinds of level-{level.word} work in part"


def _earlier(talk: Talk, placement: Placement) -> str | None:
    """Name the level found last time, where it was another."""
    before = latest(talk, KIND)
    number = before.data.get("level") if before is not None else None
    if before is None or number not in list(Level) or number == placement.level:
        return None
    return f"Last time, {earlier_day(before.day, talk.today)}, it was level {Level(number).word}."


def _change(role: Role | None, answers: Answers) -> str:
    """Name the single answer that would change the level: one that would raise it, else one that would lower it."""
    found, now = changes(role, answers), weigh(role, answers).level
    if now is None:
        place = max(found, key=lambda change: change.level is Level.THREE)
        return f"A single answer would place you: level {place.level.word}, {_if(place, answers)}."
    best = next((change for change in found if change.level > now), found[0] if found else None)
    if best is None:
        return NO_SINGLE_ANSWER
    verb = "raise" if best.level > now else "lower"
    return f"A single answer would {verb} it: level {best.level.word}, {_if(best, answers)}."


def _if(change: Change, answers: Answers) -> str:
    done, said = change.behaviour.done, answers.get(change.behaviour.id, NO)
    if change.answer == NO:
        return f"if you did not {done}"
    if change.answer == PARTLY:
        return f"if you {done}, even in part"
    return f"if you {'fully' if said == PARTLY else 'also'} {done}"


def _arithmetic(talk: Talk, role: Role | None, answers: Answers) -> Reply | None:
    """Show what the title and each answer gave, as a table."""
    if not answers:
        return None
    rows = [_title_row(talk, role), *(_work_row(item, answers[item.id]) for item in BEHAVIOURS if item.id in answers)]
    return replace(reply(talk.knowledge, POINTS_RULE), figure=table(("Told", "Answer", "Gives"), rows))


def _title_row(talk: Talk, role: Role | None) -> tuple[str, str, str]:
    said = talk.answer("title")
    if role is None:
        words = said[:LONGEST_TITLE] if isinstance(said, str) else NO_TITLE
        return ("Title", words, "nothing, so the work decides")
    if role.level is None:
        return ("Title", role.title, "no level: a delivery role")
    could = joined([level.word for level in sorted({role.level, *role.also})], word="or")
    return ("Title", role.title, f"level {could}: {BASIS_WORDS[role.basis]}")


def _work_row(item: Behaviour, answer: str) -> tuple[str, str, str]:
    given = POINTS[answer]
    return (item.name, answer, f"level {item.level.word}: {given} point{'' if given == 1 else 's'}")


def _ahead(talk: Talk, placement: Placement) -> Reply | None:
    """Tell what the next level asks; for work above the title, what the level of that work asks."""
    if placement.level is None:
        return None
    if placement.level is Level.FOUR and not placement.between:
        return reply(talk.knowledge, NOTHING_ABOVE, sources=talk.knowledge.levels[Level.FOUR].sources)
    profile = talk.knowledge.levels[_next(placement.level, placement)]
    already = ", where your work is already," if placement.between else ""
    opening = f"Level {profile.number.word}{already} asks of you:"
    carrying = profile.sources[:MOST_NAMED]
    return reply(talk.knowledge, opening, bullets(profile.asks[:ASKS_TOLD]), sources=carrying)


def _next(level: Level, placement: Placement) -> Level:
    return level if placement.between or level is Level.FOUR else Level(level + 1)


def _map(knowledge: Knowledge, placement: Placement) -> Figure:
    if placement.between and placement.level is not None and placement.by_title is not None:
        return career_map(knowledge, between=(placement.by_title, placement.level))
    return career_map(knowledge, here=placement.level)


def _sources(knowledge: Knowledge, role: Role | None, answers: Answers, level: Level | None) -> Iterable[str]:
    of_work = (source for item in BEHAVIOURS if item.level is level and item.id in answers for source in item.sources)
    of_level = knowledge.levels[level].sources[:1] if level is not None else ()
    return (*sources_of_title(role), *of_work, *of_level)


def _profile(talk: Talk, role: Role | None, placement: Placement) -> Profile:
    known = talk.profile
    if role is not None:
        known = replace(known, role=role.id)
    elif talk.answer("title") is not None:
        known = replace(known, role=None)
    return replace(known, level=placement.level) if placement.level is not None else known


def _data(talk: Talk, answers: Answers, placement: Placement) -> dict[str, object]:
    title = talk.answer("title")
    return {
        "level": int(placement.level) if placement.level else None,
        "between": placement.between,
        "title": title if isinstance(title, str) else None,
        "answers": dict(answers),
    }


def _offers(knowledge: Knowledge, role: Role | None, placement: Placement) -> tuple[Choice, ...]:
    if placement.level is None:
        return (AGAIN, NEXT, PLAN) if role is None else (NEXT, choice(knowledge, f"role:{role.id}"), AGAIN, PLAN)
    upper = _next(placement.level, placement)
    return (NEXT, choice(knowledge, f"level:{int(upper)}", f"More on level {upper.word}"), PLAN, BUILDER)
