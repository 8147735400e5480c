"""Answers about the other entries of the content: kinds of PMO, functions, bodies, the five insights, topics."""

from collections.abc import Sequence

from bot.coaching.answer import Answer
from bot.coaching.more import more
from bot.coaching.paging import TOLD
from bot.coaching.phrases import first_sentence, headed, running, short_name
from bot.coaching.wording import bullets, choice, joined, offered, reply
from bot.records import AwardingBody, CertificationStatus, Choice, Focus, Function, Insight, Knowledge, PmoKind, Reply

__all__ = ["answer_body", "answer_function", "answer_insight", "answer_kind", "answer_topic", "more"]

ROOM = 90
"""How many words fit before the first choice."""
NAMED = 3
"""How many functions of a group an overview names."""
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven")


def answer_topic(knowledge: Knowledge, topic_id: str) -> Answer:
    """Answer a topic in short."""
    topic = knowledge.topics[topic_id]
    offers = [*(["skill:more"] if topic.more else []), *topic.next]
    made = reply(knowledge, topic.answer, offers=offers, sources=topic.sources)
    return Answer(made, _focus("topic", topic.id, made))


def answer_kind(knowledge: Knowledge, kind_ids: Sequence[str] = ()) -> Answer:
    """Answer about a kind of PMO, several side by side, or, with none, all of them."""
    kinds = [knowledge.kinds[kind] for kind in dict.fromkeys(kind_ids) if kind in knowledge.kinds]
    if len(kinds) == 1:
        return _kind(knowledge, kinds[0])
    shown = kinds or [kind for kind in knowledge.kinds.values() if kind.article]
    others = [kind for kind in knowledge.kinds.values() if not kind.article and not kinds]
    otherwise = "; ".join(kind.name.lower().replace("pmo", "PMO") for kind in others)
    texts = [kind.summary if kinds else first_sentence(kind.summary) for kind in shown]
    made = reply(
        knowledge,
        "Side by side:" if kinds else "The article knows these kinds:",
        bullets(headed(kind.name, text) for kind, text in zip(shown, texts, strict=True)),
        f"Other ways to sort them: {otherwise}." if others else None,
        "One office can be more than one of these.",
        offers=[*(f"kind:{kind.id}" for kind in shown[:4]), "skill:more"],
        sources=[source for kind in (*shown, *others) for source in kind.sources],
    )
    return Answer(made, _focus("kind", ",".join(kind.id for kind in kinds), made))


def _kind(knowledge: Knowledge, kind: PmoKind) -> Answer:
    facet, said = ("article", kind.article) if kind.article else ("since", kind.since)
    fits = said is not None and len(f"{kind.summary} {said}".split()) <= ROOM
    left = (not fits and said) or (facet == "article" and kind.since)
    others = [f"kind:{other}" for other in knowledge.kinds if other != kind.id]
    made = reply(
        knowledge,
        headed(kind.name, kind.summary),
        said if fits else None,
        offers=offered(knowledge, [*(["skill:more"] if left else []), *others[:2], "kinds_of_pmo"]),
        sources=kind.sources,
    )
    return Answer(made, _focus("kind", kind.id, made, (f"{TOLD}{facet}",) if fits else ()))


def answer_function(knowledge: Knowledge, function_ids: Sequence[str] = (), facets: Sequence[str] = ()) -> Answer:
    """Answer about a function of a PMO, several side by side, or, with none, all of them by group."""
    functions = [knowledge.functions[f] for f in dict.fromkeys(function_ids) if f in knowledge.functions]
    if not functions:
        return _functions_by_group(knowledge)
    if len(functions) == 1:
        parts = _function(knowledge, functions[0], facets)
    else:
        parts = ("Side by side:", bullets(f"{headed(f.name, f.summary)} {f.levels}" for f in functions))
    near = [f.id for f in knowledge.functions.values() if f.group == functions[0].group and f not in functions]
    offers = [f"function:{function}" for function in near[:2]]
    made = reply(
        knowledge,
        *parts,
        offers=offered(knowledge, [*offers, "pmo_services_overview", "skill:assess_level"]),
        sources=[source for function in functions for source in function.sources],
    )
    return Answer(made, _focus("function", ",".join(f.id for f in functions), made))


def _function(knowledge: Knowledge, function: Function, facets: Sequence[str]) -> tuple[str, ...]:
    if {"level", "roles"} & set(facets):
        return f"**{function.name}**: {running(function.levels)}", function.summary
    in_article = "" if "article" in function.summary.lower() else IN_ARTICLE[function.article]
    return headed(function.name, function.summary), f"Who does it: {running(function.levels)}", in_article


IN_ARTICLE = {
    True: "The article has it among the work of a PMO; who does it at which level is our reading.",
    False: "The article does not name it; who does it at which level is our reading.",
}


def _functions_by_group(knowledge: Knowledge) -> Answer:
    lines = []
    for group in knowledge.groups.values():
        names = [function.name for function in knowledge.functions.values() if function.group == group.id]
        rest = "; and more" if len(names) > NAMED else ""
        lines += [f"- **{group.name}:** {'; '.join(names[:NAMED])}{rest}"] if names else []
    first = [next((f.id for f in knowledge.functions.values() if f.group == group), "") for group in knowledge.groups]
    made = reply(
        knowledge,
        "What a PMO can do, in groups. No PMO does everything:",
        "\n".join(lines),
        "Name one, also one that is not listed, and I will say more.",
        offers=offered(knowledge, [*(f"function:{function}" for function in first[:3] if function), "skill:more"]),
        sources=[source for group in knowledge.groups.values() for source in group.sources],
    )
    return Answer(made, _focus("function", "", made))


def answer_body(knowledge: Knowledge, body_ids: Sequence[str] = (), facets: Sequence[str] = ()) -> Answer:
    """Answer who an organisation is and what has changed about it, or, with none named, who the organisations are."""
    bodies = [knowledge.bodies[body] for body in dict.fromkeys(body_ids) if body in knowledge.bodies]
    if len(bodies) == 1:
        return _body(knowledge, bodies[0], facets)
    shown = bodies or list(knowledge.bodies.values())
    lines = bullets(headed(body.name, first_sentence(body.summary)) for body in shown)
    parts = [lines] if bodies else [f"I know {joined([short_name(body.name) for body in shown])}. Which one?"]
    made = reply(
        knowledge,
        *parts,
        offers=[f"body:{body.id}" for body in shown[:4]],
        sources=[source for body in shown for source in body.sources[:2]],
    )
    return Answer(made, _focus("body", ",".join(body.id for body in bodies), made))


def _body(knowledge: Knowledge, body: AwardingBody, facets: Sequence[str]) -> Answer:
    held = [c for c in knowledge.certifications.values() if c.body == body.id]
    current = [c for c in held if c.status is not CertificationStatus.SUPERSEDED]
    where = f"Its website: {body.website}." if body.website else None
    parts: list[str | None] = [headed(body.name, body.summary), body.since, where]
    if {"certifications", "exam"} & set(facets) and held:
        parts = [f"From **{body.name}** I know:", bullets(c.name for c in held), body.since, where]
    offers: list[str | Choice] = [f"certification:{c.id}" for c in (current or held)[:3]]
    made = reply(knowledge, *parts, offers=[*offers, "skill:next_qualification"], sources=body.sources)
    return Answer(made, _focus("body", body.id, made, tuple(facets)))


def answer_insight(knowledge: Knowledge, numbers: Sequence[int | str] = ()) -> Answer:
    """Answer about one of the five insights, several, or, with none named, all of them in a line each."""
    asked = [knowledge.insights[n] for n in dict.fromkeys(int(n) for n in numbers) if n in knowledge.insights]
    if len(asked) == 1:
        return _insight(knowledge, asked[0])
    shown = asked or list(knowledge.insights.values())
    lines = [f"- **{NUMBERS[i.number].capitalize()}: {i.name}.** {first_sentence(i.summary)}" for i in shown]
    opening = "The article closes with five insights:" if not asked else None
    made = reply(
        knowledge,
        opening,
        "\n".join(lines),
        offers=[*(_insight_choice(knowledge, i) for i in shown), *(["skill:more"] if not asked else [])],
        sources=[source for insight in shown for source in insight.sources[:1]],
    )
    return Answer(made, _focus("insight", str(asked[0].number) if asked else "", made))


def _insight(knowledge: Knowledge, insight: Insight) -> Answer:
    heading = f"**Insight {NUMBERS[insight.number]}: {insight.name}.** {insight.summary}"
    step = f"A small step: {running(insight.step)}"
    fits = len(f"{heading} {insight.article} {step}".split()) <= ROOM
    following = knowledge.insights.get(insight.number + 1)
    after = _insight_choice(knowledge, following) if following else "skill:builder_or_grower"
    made = reply(
        knowledge,
        heading,
        insight.article if fits else None,
        step,
        offers=["skill:more", after],
        sources=insight.sources,
    )
    return Answer(made, _focus("insight", str(insight.number), made, (f"{TOLD}article",) if fits else ()))


def _insight_choice(knowledge: Knowledge, insight: Insight) -> Choice:
    return choice(knowledge, f"insight:{insight.number}", insight.name)


def _focus(kind: str, entry: str, made: Reply, facets: tuple[str, ...] = ()) -> Focus:
    return Focus(kind, entry, facets=facets, offered=tuple(choice.payload for choice in made.choices))
