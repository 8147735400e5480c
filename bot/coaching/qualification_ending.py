"""What the qualification check concludes: the best three next steps, weighed from whatever was answered."""

from collections.abc import Sequence
from dataclasses import replace

from bot.coaching.assess_level import WORK_CHOICES
from bot.coaching.form import Talk
from bot.coaching.next_qualification import rank_certifications
from bot.coaching.next_qualification_wording import beware, headline, nothing_fits
from bot.coaching.profile import OWN_LEVELS, level_of
from bot.coaching.qualification_details import best_three, renewal_sources, renewals, three_compared
from bot.coaching.qualification_held import NOTHING, held_told
from bot.coaching.wishes import GOAL_TITLES, Time, Wishes
from bot.coaching.wording import joined, payload, reply
from bot.records import Choice, Figure, Focus, Knowledge, Level, Profile, Recommendation, ReplyKind
from bot.records.coaching import Ending, Result

KIND = "qualification"
MOST_WORDS = 90
REGIONS, STYLES = ("uk", "us", "other"), ("practice", "framework")
NO_STYLE = "either"
COMPARED_TITLE = "Compare the first two"


def conclude(talk: Talk) -> Ending:
    """Recommend what to take next, with the best three side by side; without a level, the best at each."""
    knowledge, profile, wishes = talk.knowledge, person_told(talk), wishes_told(talk)
    level = level_of(knowledge, profile)
    if level is None:
        return _at_each_level(talk, profile, wishes)
    ranked = rank_certifications(knowledge, profile, level, wishes)
    if not ranked:
        made = reply(knowledge, nothing_fits(level), sources=knowledge.levels[level].sources[:1])
        offers = (Choice("Make a plan", payload("make_plan")), _again("What does my level ask?", "ask_level", level))
        return Ending((made,), profile, _result(talk, level, (), wishes), offers=offers)
    three = best_three(knowledge, ranked)
    made = reply(
        knowledge,
        *within(MOST_WORDS, _said(knowledge, profile, wishes, three)),
        sources=(*(s for r in three for s in r.sources), *renewal_sources(knowledge, profile, wishes)),
    )
    return Ending(
        (replace(made, figure=three_compared(knowledge, three)),),
        profile,
        _result(talk, level, three, wishes),
        offers=_offers(knowledge, three),
        focus=focus_after(three, wishes),
    )


def person_told(talk: Talk) -> Profile:
    """Return the profile with what was answered; what was skipped, or cannot be read, stays as it was."""
    profile = _with_role(talk, talk.profile)
    held = held_told(talk.answer("held"), talk.knowledge)
    region, style, goal = talk.answer("region"), talk.answer("preference"), talk.answer("goal")
    titles = {goal.value: title for goal, title in GOAL_TITLES.items()}
    return replace(
        profile,
        held=() if talk.answer("held") == NOTHING else tuple(dict.fromkeys((*profile.held, *held))),
        not_held=tuple(c for c in profile.not_held if c not in held),
        region=region if region in REGIONS else profile.region,
        preference=style if style in STYLES else None if style == NO_STYLE else profile.preference,
        goal=titles.get(goal, goal) if isinstance(goal, str) else profile.goal,
    )


def _with_role(talk: Talk, profile: Profile) -> Profile:
    """Return the profile with the title and the work that were answered; the work decides the level."""
    for answer in (talk.answer("role"), talk.answer("work")):
        if answer in OWN_LEVELS:
            profile = replace(profile, level=Level(int(str(answer))))
        elif isinstance(answer, str) and answer in talk.knowledge.roles and answer != profile.role:
            profile = replace(profile, role=answer, level=None)
    return profile


def wishes_told(talk: Talk) -> Wishes:
    """Return the time and the years that were answered."""
    held, since = talk.answer("held"), talk.answer("since")
    years = {**held_told(held, talk.knowledge), **held_told(since, talk.knowledge)}
    time = next((t for t in Time if t.value == talk.answer("time")), None)
    told = tuple((certification, year) for certification, year in sorted(years.items()) if year is not None)
    return Wishes(time, told, talk.today.year)


def within(words: int, parts: Sequence[str | None]) -> list[str]:
    """Return the parts that fit into so many words, the first in any case; a later one that fits is kept."""
    kept: list[str] = []
    for part in parts:
        if part and (not kept or len(" ".join([*kept, part]).split()) <= words):
            kept.append(part)
    return kept


def focus_after(three: Sequence[Recommendation], wishes: Wishes) -> Focus:
    """Return what the talk is about afterwards, so that "why?" and "tell me more" weigh as the check did."""
    offered = tuple(r.certification for r in three[1:])
    return Focus("next_qualification", three[0].certification, wishes.facets(), offered)


def _said(
    knowledge: Knowledge, profile: Profile, wishes: Wishes, three: Sequence[Recommendation]
) -> tuple[str | None, ...]:
    """Return what is said, the most needed first."""
    names = [f"**{knowledge.certifications[r.certification].name}**" for r in three[1:]]
    others = f"After it I would look at {joined(names)}; the table sets them side by side." if names else None
    due = next(iter(renewals(knowledge, profile, wishes)), None)
    careful = beware(knowledge, three[0])
    return (headline(knowledge, three[0]), None if due and due in careful else due, careful, others)


def _result(talk: Talk, level: Level | None, three: Sequence[Recommendation], wishes: Wishes) -> Result:
    goal = talk.answer("goal")
    data = {
        "level": int(level) if level is not None else None,
        "ranked": [r.certification for r in three],
        "goal": goal if isinstance(goal, str) else None,
        "time": wishes.time.value if wishes.time else None,
        "since": dict(wishes.since),
        "holds_nothing": talk.answer("held") == NOTHING,
    }
    return Result(KIND, talk.today, data)


def _offers(knowledge: Knowledge, three: Sequence[Recommendation]) -> tuple[Choice, ...]:
    best = three[0].certification
    offers = [Choice("Why not the others?", payload("ask_why")), Choice("Tell me more", payload("ask_more"))]
    if len(three) > 1:
        ids = f"{best},{three[1].certification}"
        offers.append(Choice(COMPARED_TITLE, payload("compare_certifications", certifications=ids)))
    exam = Choice("What is the exam like?", payload("ask_certification", certification=best, facet="exam"))
    return (*offers, exam, Choice("Make a plan for it", payload("make_plan", certification=best)))


def _again(title: str, intent: str, level: Level) -> Choice:
    return Choice(title, payload(intent, level=int(level)))


def _at_each_level(talk: Talk, profile: Profile, wishes: Wishes) -> Ending:
    """Show what would come first at each level, and ask which one is the person's."""
    knowledge = talk.knowledge
    found = {level: rank_certifications(knowledge, profile, level, wishes)[:1] for level in Level}
    rows = [[level.word, _name(knowledge, ranked)] for level, ranked in found.items()]
    made = reply(
        knowledge,
        "Your level decides most here, and I do not know it yet. The table shows my first choice at each level.",
        "Which of these is nearest to your work?",
        offers=[Choice(title, payload("next_qualification", work=int(level))) for level, title in WORK_CHOICES.items()],
        sources=[source for ranked in found.values() for r in ranked for source in r.sources[:2]],
        kind=ReplyKind.ASK,
    )
    figure = Figure("table", {"columns": ["Level", "First choice"], "rows": rows})
    return Ending(
        (replace(made, figure=figure),), profile, _result(talk, None, (), wishes),
        offers=(Choice("Which level am I?", payload("assess_level", form="yes")),),
        focus=Focus("next_qualification", "", wishes.facets()),
    )  # fmt: skip


def _name(knowledge: Knowledge, ranked: Sequence[Recommendation]) -> str:
    return knowledge.certifications[ranked[0].certification].name if ranked else "none that I know"
