"""Answers about job titles: what people do in them, the level each usually has and why, and how two of them differ."""

from collections.abc import Callable, Sequence

from bot.coaching.answer import Answer
from bot.coaching.assess_level import sources_of_title
from bot.coaching.paging import TOLD
from bot.coaching.phrases import first_sentence, headed
from bot.coaching.wording import bullets, choice, joined, offered, reply
from bot.records import Basis, CertificationStatus, Choice, Focus, Knowledge, Level, LevelProfile, Role

BASIS_OPENINGS = {
    Basis.ARTICLE: "The article says **{}**.",
    Basis.CITED: "PMO trainers and professional bodies place it at **{}**.",
    Basis.JUDGEMENT: "We would say **{}**, usually.",
}
WEAK = "Titles are weak evidence; the work decides."
BESIDE = "beside the PMO levels"
NO_NEED = "The article says of no role that it requires a certificate."


def answer_role(knowledge: Knowledge, role_ids: Sequence[str] = (), facets: Sequence[str] = ()) -> Answer:
    """Answer about one role, the difference between several, or, with none, all roles by level."""
    roles = [knowledge.roles[role] for role in dict.fromkeys(role_ids) if role in knowledge.roles]
    if not roles:
        return _overview(knowledge)
    if len(roles) > 1:
        return _difference(knowledge, roles)
    role = roles[0]
    facet = next((facet for facet in facets if facet in FACETS or facet in OF_LEVEL), None)
    sources = sources_of_title(role)
    if role.level is not None and facet in OF_LEVEL:
        profile = knowledge.levels[role.level]
        parts = OF_LEVEL[facet](knowledge, role, profile)
        sources = (*sources, *profile.sources)
    else:
        parts = FACETS.get(facet or "", _plain)(role)
    made = reply(knowledge, *parts, offers=_offers(knowledge, role), sources=sources)
    return Answer(made, _focus("role", role.id, made.choices, (facet,) if facet else (f"{TOLD}reason",)))


def answer_roles_at_level(knowledge: Knowledge, level: Level) -> Answer:
    """Name the titles at a level, after what the article says of the people there."""
    here = [role for role in knowledge.roles.values() if role.level is level]
    near = [role.title for role in knowledge.roles.values() if level in role.also and role.level is not level]
    named = [role.title for role in here if role.basis is Basis.ARTICLE]
    others = [role.title for role in here if role.basis is not Basis.ARTICLE]
    titles = {"On the article's word": named, "Placed here by others or by us": others, "Sometimes here": near}
    lines = [f"**{label}:** {'; '.join(names)}" for label, names in titles.items() if names]
    profile = knowledge.levels[level]
    choices = [f"role:{role.id}" for role in sorted(here, key=lambda role: len(role.title))[:2]]
    made = reply(
        knowledge,
        profile.article.split("\n")[0],
        bullets(lines),
        WEAK,
        offers=offered(knowledge, [*choices, f"level:{int(level)}#certifications", "skill:assess_level"]),
        sources=(*profile.sources[:1], *(source for role in here for source in role.sources)),
    )
    return Answer(made, _focus("level", str(int(level)), made.choices, ("roles",)))


def level_told(role: Role) -> str:
    """Say which level a role has, on whose word, and why."""
    if role.level is None:
        return role.reason if BESIDE in role.summary else f"It stands {BESIDE}. {role.reason}"
    for words in (f"level {role.level.word}", f"level-{role.level.word}"):
        if words in role.reason:
            return role.reason.replace(words, f"**{words}**", 1)
    return f"{BASIS_OPENINGS[role.basis].format(f'level {role.level.word}')} {role.reason}"


def _doubt(role: Role) -> str:
    """Say how far the title can be trusted, and the question that settles it."""
    others = [f"level {level.word}" for level in role.also if level != role.level]
    also = f" This one can also be {joined(others, word='or')}." if others else ""
    asked = f" What settles it: {role.question}" if role.question else ""
    return f"{WEAK}{also}{asked}"


def _plain(role: Role) -> tuple[str, ...]:
    return role.summary, level_told(role), _doubt(role)


def _level(role: Role) -> tuple[str, ...]:
    return level_told(role), _doubt(role)


def _work(knowledge: Knowledge, role: Role, profile: LevelProfile) -> tuple[str, ...]:
    return role.summary, f"Work of level {profile.number.word}, as a rule:", bullets(profile.work)


def _asks(knowledge: Knowledge, role: Role, profile: LevelProfile) -> tuple[str, ...]:
    opening = f"**{role.title}** is usually level {profile.number.word}, and that level asks for:"
    return opening, bullets(profile.asks), _doubt(role)


def _certifications(knowledge: Knowledge, role: Role, profile: LevelProfile) -> tuple[str, ...]:
    fitting = [knowledge.certifications[c] for c in profile.certifications if c in knowledge.certifications]
    names = [f"**{c.name}**" for c in fitting if c.status is not CertificationStatus.SUPERSEDED]
    level = f"**{role.title}** is usually level {profile.number.word}."
    look = f"There I would look at {joined(names, word='or')}." if names else "I know of no certificate for it."
    return f"{level} {look}", f"{NO_NEED} Which one suits you depends on what you hold."


FACETS: dict[str, Callable[[Role], tuple[str, ...]]] = {"level": _level}
OF_LEVEL: dict[str | None, Callable[[Knowledge, Role, LevelProfile], tuple[str, ...]]] = {
    "work": _work,
    "content": _work,
    "asks": _asks,
    "prerequisites": _asks,
    "certifications": _certifications,
}


def _offers(knowledge: Knowledge, role: Role) -> list[str | Choice]:
    if role.level is None:
        return offered(knowledge, ["level:2", "level:3", "experienced_way_in", "skill:assess_level"])
    level = int(role.level)
    return offered(knowledge, [f"level:{level}", f"level:{level}#certifications", "skill:assess_level", "skill:more"])


def _difference(knowledge: Knowledge, roles: Sequence[Role]) -> Answer:
    levels = {role.level for role in roles}
    if levels == {None}:
        opening = f"They all stand {BESIDE}, as delivery roles. The work is what differs:"
    elif len(levels) == 1:
        opening = f"They are usually one level, **{_level_word(roles[0])}**, so the work is what differs:"
    else:
        places = [f"{role.title} {'is usually' if role.level else 'stands'} {_level_word(role)}" for role in roles]
        opening = f"The difference is mostly the level: {joined(places)}."
    lines = [f"- {headed(role.title, first_sentence(role.summary))}" for role in roles]
    asked = [role.question for role in roles if role.question][:1]
    doubt = f"{WEAK} What may settle it: {asked[0]}" if asked else WEAK
    offers: list[str | Choice] = [f"role:{role.id}" for role in roles[:3]]
    sources = [source for role in roles for source in role.sources]
    made = reply(knowledge, opening, "\n".join(lines), doubt, offers=[*offers, "skill:assess_level", "skill:more"],
                 sources=sources)  # fmt: skip
    return Answer(made, _focus("role", ",".join(role.id for role in roles), made.choices))


def _level_word(role: Role) -> str:
    return f"level {role.level.word}" if role.level else BESIDE


def _overview(knowledge: Knowledge) -> Answer:
    lines = []
    for level in Level:
        titles = [role.title for role in knowledge.roles.values() if role.level is level]
        lines += [f"- **Level {level.word}:** {'; '.join(titles)}"] if titles else []
    beside = [role.title for role in knowledge.roles.values() if role.level is None]
    lines += [f"- **Beside the PMO levels:** {'; '.join(beside)}"] if beside else []
    made = reply(
        knowledge,
        "The titles I know, by the level each usually has:",
        "\n".join(lines),
        f"{WEAK} Name one, or let us find your level.",
        offers=offered(knowledge, ["skill:assess_level", *(_jobs_at(knowledge, level) for level in Level)]),
        sources=dict.fromkeys(source for role in knowledge.roles.values() for source in role.sources[:1]),
    )
    return Answer(made, _focus("role", "", made.choices))


def _jobs_at(knowledge: Knowledge, level: Level) -> Choice:
    return choice(knowledge, f"level:{int(level)}#roles", f"Jobs at level {level.word}")


def _focus(kind: str, entry: str, choices: Sequence[Choice], facets: tuple[str, ...] = ()) -> Focus:
    return Focus(kind, entry, facets=facets, offered=tuple(choice.payload for choice in choices))
