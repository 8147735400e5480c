"""What a person has told: read from a question's mentions, merged with what was known, told back in words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.coaching.oneself import PERSONAL_INTENTS, claimed_level, is_listed, is_of_others, own, own_experience
from bot.coaching.reading import words_of
from bot.coaching.wording import joined
from bot.records import Knowledge, Level, Profile, Question

MONTHS_A_YEAR = 12
SLOTS_OF_PROFILE = ("role", "level", "held", "not_held", "wanted", "region", "goal", "preference", "experience_months")
OWN_LEVELS = tuple(str(int(level)) for level in Level)
FEW_WORDS = 5
STYLES_ALONE = {"practice": "practice", "practise": "practice", "practical": "practice", "framework": "framework"}
"""Words that are a wish only where they stand alone, and one was asked for."""
HYPOTHETICAL = "ask_what_if"
"""The intent of "what if": what it names is supposed, not told; but the work that a choice names is told."""


def update_profile(profile: Profile, question: Question, *, awaited: bool = False, about_next: bool = False) -> Profile:
    """Return the profile with what this question says of the person; a later word replaces an earlier one.

    What is merely asked about, wished for or told of others is not the person's own (`bot.coaching.oneself`);
    `awaited` means that the coach had asked for it, `about_next` that the talk is about the next qualification, so that
    a few words on how to learn are meant for it.
    """
    if question.intent == HYPOTHETICAL:
        work = question.value("work")
        return replace(profile, level=Level(int(work))) if work is not None and work in OWN_LEVELS else profile
    told = [
        m for m in question.mentions if m.entity == "certification" and not (m.text and is_of_others(question.text, m))
    ]
    held = {m.value for m in told if m.held or is_listed(question, m)}
    not_held = {m.value for m in told if m.held is False} - held
    role, months = own(question, "role", awaited=awaited), own_experience(question, awaited=awaited)
    region, level = own(question, "region", awaited=awaited), claimed_level(question)
    personal = awaited or question.intent in PERSONAL_INTENTS
    wanted = tuple(m.value for m in question.mentions if m.entity == "certification" and m.wanted and personal)
    return replace(
        profile,
        role=role.value if role else profile.role,
        level=Level(int(level)) if level in OWN_LEVELS else (None if role else profile.level),
        held=tuple(dict.fromkeys((*(c for c in profile.held if c not in not_held), *sorted(held)))),
        not_held=tuple(dict.fromkeys((*(c for c in profile.not_held if c not in held), *sorted(not_held)))),
        wanted=tuple(dict.fromkeys((*profile.wanted, *wanted))),
        region=region.value if region else profile.region,
        preference=_preference(question, personal=personal, about_next=about_next) or profile.preference,
        experience_months=int(months.value) if months else profile.experience_months,
    )


def _preference(question: Question, *, personal: bool, about_next: bool) -> str | None:
    """Return how the person says to like to learn."""
    few = about_next and len(question.text.split()) <= FEW_WORDS
    bare = STYLES_ALONE.get(words_of(question.text)) if few else None
    return (question.value("preference") if personal or few else None) or bare


def profile_from_slots(slots: Mapping[str, Any]) -> Profile:
    """Return the person as the slots of a conversation have them."""
    level, months = slots.get("level"), slots.get("experience_months")
    return Profile(
        role=slots.get("role"),
        level=Level(int(level)) if level else None,
        held=tuple(slots.get("held") or ()),
        not_held=tuple(slots.get("not_held") or ()),
        wanted=tuple(slots.get("wanted") or ()),
        region=slots.get("region"),
        goal=slots.get("goal"),
        preference=slots.get("preference"),
        experience_months=int(months) if months else None,
    )


def level_of(knowledge: Knowledge, profile: Profile) -> Level | None:
    """Return the level to advise at: what the work says, else what the title says."""
    if profile.level is not None:
        return profile.level
    role = knowledge.roles.get(profile.role or "")
    return role.level if role else None


def describe_experience(months: int) -> str:
    """Return a duration as people say it: "3 years", "18 months"."""
    years, rest = divmod(months, MONTHS_A_YEAR)
    if rest or not years:
        return f"{months} months" if months != 1 else "1 month"
    return f"{years} years" if years != 1 else "1 year"


def describe_profile(knowledge: Knowledge, profile: Profile) -> tuple[str, ...]:
    """Return what is known of the person, one line each, none for what is not."""
    names = {c.id: c.name for c in knowledge.certifications.values()}
    regions = {"uk": "the UK", "us": "the US", "other": "outside the UK and the US"}
    lines = []
    if role := knowledge.roles.get(profile.role or ""):
        lines.append(f"Your role: {role.title}")
    if profile.level is not None:
        lines.append(f"The level of your work, as you told me: {profile.level.word}")
    if profile.experience_months:
        lines.append(f"Your experience: {describe_experience(profile.experience_months)}")
    if profile.held:
        lines.append(f"You hold: {joined([names[c] for c in profile.held if c in names])}")
    if profile.not_held:
        lines.append(f"You do not hold: {joined([names[c] for c in profile.not_held if c in names])}")
    if profile.region in regions:
        lines.append(f"Where you are: {regions[profile.region]}")
    if profile.preference:
        lines.append(
            f"How you like to learn: {'hands-on practice' if profile.preference == 'practice' else 'frameworks'}"
        )
    return tuple(lines)
