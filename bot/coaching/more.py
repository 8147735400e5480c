"""What "Tell me more" gives: the next part of the same subject that was not told yet, until there is no more."""

from collections.abc import Callable
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.builder_grower_advice import parts_of_result
from bot.coaching.certification_facts import EXAM, check_first, fact_line, known_facts
from bot.coaching.certification_offers import OFFERED, alternatives, compare_choice, rival_of
from bot.coaching.level_answer import more_level
from bot.coaching.paging import TOLD, Part, next_page
from bot.coaching.phrases import running
from bot.coaching.role import level_told
from bot.coaching.wording import bullets, choice, offered, reply
from bot.records import Choice, Focus, Knowledge, Level

FULLER = (
    "audience", "prerequisites", *EXAM, "study_time", "validity_renewal", "content", "character", "enough_on_its_own",
    "use_case", "superlative", "criticism", "launched", "owner_change", "new_name", "guide_edition", "older_scheme",
    "oral_exam", "name_clash",
)  # fmt: skip
OVERVIEW_TOPICS = {
    "level": "four_levels_overview",
    "kind": "kinds_of_pmo",
    "function": "pmo_services_overview",
    "insight": "five_insights_overview",
}
OF_ONE = ("work", "asks")
"""Parts that are told of one role only: two roles of a level would share them."""
Parts = Callable[[Knowledge, str], list[Part]]


def more(knowledge: Knowledge, focus: Focus) -> Answer | None:
    """Return what there is to tell beyond what the focus says was told; None when there is no more."""
    ids = [entry for entry in focus.id.split(",") if entry]
    if focus.kind == "level" and len(ids) == 1:
        return more_level(knowledge, Level(int(ids[0])), focus.facets)
    if focus.kind in OVERVIEW_TOPICS and not ids:
        parts = _topic(knowledge, OVERVIEW_TOPICS[focus.kind])
    else:
        parts = _parts(knowledge, focus.kind, ids)
    told = {*focus.facets, *(EXAM if "exam" in focus.facets else ())}
    page = next_page(parts, told)
    if page is None:
        return None
    closing, offers = _closing(knowledge, focus, page.facets), _offers(knowledge, focus)
    offers = [*(["skill:more"] if page.rest else []), *offers]
    made = reply(knowledge, page.text, closing, offers=offered(knowledge, offers), sources=page.sources)
    facets = (*focus.facets, *page.facets)
    return Answer(made, Focus(focus.kind, focus.id, facets=facets, offered=tuple(c.payload for c in made.choices)))


def _closing(knowledge: Knowledge, focus: Focus, told: tuple[str, ...]) -> str | None:
    facets = {facet.removeprefix(TOLD) for facet in told}
    if focus.kind != "certification" or not facets & {*EXAM, "prerequisites", "validity_renewal"}:
        return None
    certification = knowledge.certifications[focus.id]
    return "All of that is history now." if certification.successors else check_first(knowledge, certification)


def _offers(knowledge: Knowledge, focus: Focus) -> list[str | Choice]:
    if focus.kind == "certification":
        certification = knowledge.certifications[focus.id]
        rival = rival_of(knowledge, certification) if certification.status in OFFERED else None
        compared = [compare_choice(certification, rival)] if rival else []
        after = [f"certification:{successor}" for successor in certification.successors]
        return [*after, *compared, *alternatives(certification), "skill:next_qualification"]
    if focus.kind == "insight":
        return [_next_insight(knowledge, focus), "five_insights_overview"]
    if focus.kind == "topic":
        return list(knowledge.topics[focus.id].next)
    offers = {
        "role": ["skill:assess_level", "skill:next_qualification"],
        "kind": ["kinds_of_pmo", "pmo_services_overview"],
        "comparison": ["skill:next_qualification"],
        "builder_grower": ["builder_and_grower_evidence", "skill:plan", "skill:next_qualification"],
    }
    return list(offers.get(focus.kind, ["skill:assess_level"]))


def _next_insight(knowledge: Knowledge, focus: Focus) -> str | Choice:
    following = knowledge.insights.get(int(focus.id or "0") + 1)
    if following is None:
        return "skill:builder_or_grower"
    return choice(knowledge, f"insight:{following.number}", following.name)


def _parts(knowledge: Knowledge, kind: str, ids: list[str]) -> list[Part]:
    """Return what can be told of the entries; of several, each part is remembered with its entry."""
    if kind not in PARTS:
        return []
    if len(ids) == 1:
        return PARTS[kind](knowledge, ids[0])
    found = [(entry, part) for entry in ids for part in PARTS[kind](knowledge, entry)]
    return [replace(part, facet=f"{part.facet}_{entry}") for entry, part in found if part.facet not in OF_ONE]


def _certification(knowledge: Knowledge, entry: str) -> list[Part]:
    certification = knowledge.certifications[entry]
    parts = [Part("article", certification.article, ("ARTICLE",))] if certification.article else []
    for fact in known_facts(certification, FULLER):
        line = fact_line(knowledge, fact, with_note=True).removeprefix("- ")
        parts.append(Part(fact.field, line, fact.sources, listed=True))
    return parts


def _comparison(knowledge: Knowledge, entry: str) -> list[Part]:
    certification = knowledge.certifications[entry]
    text = f"**{certification.name}**: {certification.level_reason} {certification.caution or ''}".strip()
    parts = [Part("reason", text, certification.sources, listed=True)]
    return [*parts, *([Part("article", certification.article, ("ARTICLE",))] if certification.article else [])]


def _role(knowledge: Knowledge, entry: str) -> list[Part]:
    """Return why a role has its level, then what the level is about."""
    role = knowledge.roles[entry]
    parts = [Part("reason", f"**{role.title}**: {level_told(role)}", role.sources, listed=True)]
    if role.level is not None:
        profile = knowledge.levels[role.level]
        work = f"Work of level {role.level.word}, as a rule:\n{bullets(profile.work)}"
        asks = f"It asks for:\n{bullets(profile.asks)}"
        parts += [Part("work", work, profile.sources), Part("asks", asks, profile.sources)]
    return parts


def _kind(knowledge: Knowledge, entry: str) -> list[Part]:
    kind = knowledge.kinds[entry]
    said = {"article": kind.article, "since": kind.since}
    return [Part(facet, text, kind.sources) for facet, text in said.items() if text]


def _insight(knowledge: Knowledge, entry: str) -> list[Part]:
    insight = knowledge.insights[int(entry)]
    return [
        Part("article", insight.article, insight.sources),
        Part("since", insight.since or "", insight.sources),
        Part("question", f"To think about: {running(insight.question)}", ("ARTICLE",)),
    ]


def _topic(knowledge: Knowledge, entry: str) -> list[Part]:
    topic = knowledge.topics.get(entry)
    return [Part("more", topic.more, topic.sources)] if topic and topic.more else []


PARTS: dict[str, Parts] = {
    "certification": _certification,
    "builder_grower": parts_of_result,
    "comparison": _comparison,
    "role": _role,
    "kind": _kind,
    "insight": _insight,
    "topic": _topic,
}
