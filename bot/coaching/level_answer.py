"""Answers about the four career levels: what each is, what it asks, who works there, which certificates fit."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.certification_facts import successors_of
from bot.coaching.comparison_table import CHARACTERS
from bot.coaching.figures import career_map
from bot.coaching.paging import Part, next_page, paragraphs_of
from bot.coaching.phrases import running
from bot.coaching.role import answer_roles_at_level
from bot.coaching.wording import bullets, choice, joined, offered, payload, reply
from bot.records import (
    Certification,
    CertificationStatus,
    Choice,
    Focus,
    Knowledge,
    Level,
    LevelProfile,
    Reply,
    ReplyKind,
)

OWN = {str(int(level)): level for level in Level}
OVERVIEW = (
    "The article speaks of four recognised career levels. Take them as a widely used view of PMO work, not as an "
    "official standard:"
)
TOGETHER = "The article treats three and four together; my split follows a common reading. Shall we find your level?"
OTHER_LADDERS = "SFIA, RQF and apprenticeships have numbers of their own, and they do not match ours."
TITLES_SHOWN = 3


def answer_level(
    knowledge: Knowledge, levels: Sequence[str | int] = (), facets: Sequence[str] = (), *, ladder: bool = False
) -> Answer:
    """Answer about a level, the step between two, or all four; ask which ladder is meant where it may be another."""
    asked = list(dict.fromkeys(str(int(level)) for level in levels))
    if ladder or any(number not in OWN for number in asked):
        return _ask_ladder(knowledge, asked)
    profiles = [knowledge.levels[OWN[number]] for number in asked]
    if len(profiles) == 1:
        return _one(knowledge, profiles[0], facets)
    if len(profiles) in (0, len(Level)):
        return _all(knowledge)
    return _step(knowledge, profiles)


def more_level(knowledge: Knowledge, level: Level, told: Sequence[str] = ()) -> Answer | None:
    """Tell what the article says of a level, as much as fits a message, leaving out the facets told already."""
    profile = knowledge.levels[level]
    parts = [Part(f"article_{i}", text) for i, text in enumerate(paragraphs_of(profile.article), start=1)]
    parts += [Part("status", text) for text in _since(knowledge, profile) if profile.since]
    page = next_page(parts, told)
    if page is None:
        return None
    offers: list[str | Choice] = [f"level:{int(level)}#certifications", f"level:{int(level)}#roles"]
    made = reply(
        knowledge, page.text, offers=[*(["skill:more"] if page.rest else []), *offers], sources=profile.sources
    )
    return Answer(made, _focus(str(int(level)), made, (*told, *page.facets)))


def _one(knowledge: Knowledge, profile: LevelProfile, facets: Sequence[str]) -> Answer:
    facet = next((facet for facet in facets if facet in TELLERS), None)
    if facet in ("roles", "audience"):
        return answer_roles_at_level(knowledge, profile.number)
    tell = TELLERS[facet] if facet else _plain
    made = reply(
        knowledge, *tell(knowledge, profile), offers=_offers(knowledge, profile, facet), sources=profile.sources
    )
    return Answer(made, _focus(str(int(profile.number)), made, (facet,) if facet else ()))


def _plain(knowledge: Knowledge, profile: LevelProfile) -> tuple[str, ...]:
    titles = [
        role.title for role in knowledge.roles.values() if role.level is profile.number and " or " not in role.title
    ]
    shown = f"Titles you may meet: {joined(sorted(titles, key=len)[:TITLES_SHOWN])}." if titles else ""
    name = profile.name.lower().replace("pmo", "PMO")
    opening = f"**Level {profile.number.word}**, in our words: {name}. {profile.summary}"
    return opening, "It asks of you:", bullets(profile.asks), shown


def _work(knowledge: Knowledge, profile: LevelProfile) -> tuple[str, ...]:
    return f"At **level {profile.number.word}** people usually:", bullets(profile.work), profile.summary


def _asks(knowledge: Knowledge, profile: LevelProfile) -> tuple[str, ...]:
    together = paragraphs_of(profile.article)[0] if profile.number >= Level.THREE else ""
    return f"**Level {profile.number.word}** asks of you:", bullets(profile.asks), together


def _since(knowledge: Knowledge, profile: LevelProfile) -> tuple[str, ...]:
    return (f"Since the article: {profile.since or 'I know of no change.'}",)


def _certifications(knowledge: Knowledge, profile: LevelProfile) -> tuple[str, ...]:
    """Tell the article's certificates and today's; the article's second paragraph is about them."""
    listed = [knowledge.certifications[c] for c in profile.certifications if c in knowledge.certifications]
    lines = "\n".join(_certification_line(knowledge, certification) for certification in listed)
    said = [f"In the article: {running(text)}" for text in paragraphs_of(profile.article)[1:2]]
    return (*said, f"At **level {profile.number.word}** today:", lines, "Check with the awarding body before you book.")


def _certification_line(knowledge: Knowledge, certification: Certification) -> str:
    after = joined([f"**{successor.name}**" for successor in successors_of(knowledge, certification)])
    if after:
        return f"- {certification.name}: in the article, but replaced by {after}"
    notes = [CHARACTERS[certification.style], "in the article" if certification.article else "not in the article"]
    notes += ["ask whether it runs"] if certification.status is CertificationStatus.UNCLEAR else []
    return f"- **{certification.name}**: {', '.join(notes)}"


Teller = Callable[[Knowledge, LevelProfile], tuple[str, ...]]
TELLERS: dict[str, Teller] = {
    "work": _work,
    "content": _work,
    "audience": _plain,
    "asks": _asks,
    "prerequisites": _asks,
    "roles": _plain,
    "certifications": _certifications,
    "exam": _certifications,
    "status": _since,
}


def _offers(knowledge: Knowledge, profile: LevelProfile, facet: str | None) -> list[str | Choice]:
    number = int(profile.number)
    offers: list[str | Choice] = [f"level:{number}#{other}" for other in ("roles", "certifications") if other != facet]
    offers += [] if facet == "asks" or facet is None else [f"level:{number}#asks"]
    offers += [_since_choice(profile.number)] if facet == "certifications" else []
    return offered(knowledge, [*offers[:3], "skill:assess_level" if facet else "skill:more"])


def _since_choice(level: Level) -> Choice:
    return Choice("What has changed since?", payload("ask_level", level=int(level), facet="status"))


def _step(knowledge: Knowledge, profiles: Sequence[LevelProfile]) -> Answer:
    ordered = sorted(profiles, key=lambda profile: profile.number)
    lines = [f"- **Level {profile.number.word}**: {profile.summary}" for profile in ordered]
    upper = ordered[-1]
    made = reply(
        knowledge,
        "\n".join(lines),
        f"What level {upper.number.word} asks that may be new to you:",
        bullets(upper.asks[:3]),
        offers=[f"level:{int(profile.number)}" for profile in ordered] + ["skill:assess_level"],
        sources=[source for profile in ordered for source in profile.sources],
    )
    return Answer(made, _focus(str(int(upper.number)), made))


def _all(knowledge: Knowledge) -> Answer:
    lines = [f"- **Level {profile.number.word}**: {_in_a_line(profile)}" for profile in knowledge.levels.values()]
    made = reply(
        knowledge,
        OVERVIEW,
        "\n".join(lines),
        TOGETHER,
        offers=["skill:assess_level", *(f"level:{int(level)}" for level in knowledge.levels), "skill:more"],
        sources=dict.fromkeys(source for profile in knowledge.levels.values() for source in profile.sources[:2]),
    )
    return Answer(replace(made, figure=career_map(knowledge)), _focus("", made))


def _in_a_line(profile: LevelProfile) -> str:
    return f"{running(re.split('[:.] ', profile.summary)[0].rstrip('.'))}."


def _ask_ladder(knowledge: Knowledge, asked: Sequence[str]) -> Answer:
    """Ask which ladder is meant: the four levels here, or another scheme that numbers its own."""
    named = [OWN[number] for number in asked if number in OWN]
    what = f" by level {joined(asked)}" if asked else ""
    opening = f"Which ladder do you mean{what}? A PMO career has four levels here."
    if named:
        opening = (
            f"By level {joined(asked)}, do you mean level {joined([level.word for level in named])} of a PMO career?"
        )
    choices = [choice(knowledge, f"level:{int(level)}", f"PMO career level {level.word}") for level in named or Level]
    made = reply(
        knowledge,
        f"{opening} {OTHER_LADDERS}",
        offers=offered(knowledge, [*choices, "other_ladders"]),
        sources=("ARTICLE", "SFIA"),
        kind=ReplyKind.CLARIFY,
    )
    return Answer(made, _focus("", made))


def _focus(entry: str, made: Reply, facets: tuple[str, ...] = ()) -> Focus:
    return Focus("level", entry, facets=facets, offered=tuple(choice.payload for choice in made.choices))
