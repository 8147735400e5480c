"""Follow-ups: messages that lean on the talk so far, completed from its focus.

"And level 3?" asks of level three what was asked before; "what about its exam" asks a facet of the same thing; "no, I
meant Practitioner" asks the old question of another grade of the same scheme; "why?" and "tell me more" go deeper.
"""

import re
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.answering import OF_A_CERTIFICATION, answer_question, of_grade, which_of_grade
from bot.coaching.assess_level import why_this_level, work_choices
from bot.coaching.leaning import lean
from bot.coaching.more import more
from bot.coaching.next_qualification_wording import why_this_one
from bot.coaching.qualification_details import more_of_them
from bot.coaching.situation import ABOUT_CERTIFICATIONS, Situation
from bot.coaching.why_not import asks_why_not, why_not
from bot.coaching.wishes import wishes_in_focus
from bot.coaching.wording import REFERENCE_INTENTS, bullets, reply, source_links
from bot.records import Choice, Focus, Knowledge, Mention, Question, ReplyKind, SourceLink

ASKING = {
    **REFERENCE_INTENTS,
    "comparison": "compare_certifications",
    "next_qualification": "next_qualification",
    "assess_level": "assess_level",
}
CERTIFICATION_FACETS = frozenset({
    "exam", "exam_format", "exam_duration", "pass_mark", "open_or_closed_book", "prerequisites", "validity_renewal",
    "study_time", "owner", "price", "pass_rate", "booking",
})  # fmt: skip
"""What only a certification has: asked after a detour, it means the certification before it."""
_COMPARE = re.compile(r"\b(?:compare|comparison|difference|versus|vs|side by side)\b", re.IGNORECASE)
MOST_LISTED = 75
"""Words of sources that are listed; longer lists are cut, for they are under the answer too."""
CERTIFICATION = "certification:"
"""How the content refers to a certification."""
WITHOUT_EXAMS = frozenset({"function", "kind", "insight", "role", "topic"})
"""Subjects of which nothing that only a certification has can be told."""
PERSONAL = ("role", "region", "preference", "experience_months")
"""What, said of oneself, asks the last question about oneself again."""
NAMED_FIRST = ("certification", "level", "role", "insight", "kind", "function", "body")


def complete(question: Question, situation: Situation) -> Question | None:
    """Return the question that a follow-up means, or None when there is nothing to lean on."""
    focus = situation.focus
    if set(question.values("facet")) & CERTIFICATION_FACETS or question.value("grade"):
        focus = situation.subject_of_certifications() or focus
    mentions = list(question.mentions)
    if grade := question.value("grade"):
        mentions += _graded(situation.knowledge, focus, grade)
    named = next((kind for kind in NAMED_FIRST if any(m.entity == kind for m in mentions)), None)
    facets = question.values("facet")
    if named is None and focus is None:
        return None
    if focus is not None and focus.kind in ABOUT_CERTIFICATIONS and _COMPARE.search(question.text):
        return replace(question, intent="compare_certifications", mentions=tuple(mentions))
    personal = any(mention.entity in PERSONAL for mention in mentions) and named in (None, "role")
    if focus is not None and focus.kind in ("next_qualification", "assess_level") and personal:
        return replace(question, intent=ASKING[focus.kind], mentions=tuple(mentions))
    if named is None and facets and focus is not None and (meant := _certification_of(focus, facets, situation)):
        mentions, named = [*mentions, Mention("certification", meant, "", 0, 0)], "certification"
    kind = named or (_kind_asked_of(focus, facets) if focus is not None else "")
    if kind not in ASKING or (named is None and (not facets or kind == "assess_level")):
        return None
    if not facets and focus is not None and focus.kind == kind:
        mentions += [Mention("facet", facet, "", 0, 0) for facet in focus.facets]
    return replace(question, intent=ASKING[kind], mentions=tuple(mentions), topic=None)


def _certification_of(focus: Focus, facets: tuple[str, ...], situation: Situation) -> str | None:
    """Return the certification that a part is asked of: recommended, what a topic is about, or else the one held."""
    if focus.kind in ("next_qualification", "what_if") and focus.id:
        return focus.id
    topic = situation.knowledge.topics.get(focus.id) if focus.kind == "topic" else None
    if topic is None or not set(facets) & CERTIFICATION_FACETS:
        return None
    named = [step.removeprefix(CERTIFICATION) for step in topic.next if step.startswith(CERTIFICATION)]
    known = [c for entry in named if (c := situation.knowledge.certifications.get(entry.partition("#")[0]))]
    if not known and len(situation.profile.held) == 1:
        return situation.profile.held[0]
    return known[0].id if len({certification.family for certification in known}) == 1 else None


def _kind_asked_of(focus: Focus, facets: tuple[str, ...]) -> str:
    """Return the kind of thing that is asked about where nothing is named; empty for what only a certification has."""
    if facets and set(facets) <= CERTIFICATION_FACETS and (focus.kind in WITHOUT_EXAMS or focus.waits):
        return "certification" if set(facets) & OF_A_CERTIFICATION else ""
    return "certification" if focus.kind == "comparison" and facets else focus.kind


def _graded(knowledge: Knowledge, focus: Focus | None, grade: str) -> list[Mention]:
    """Return the certification of that grade in the scheme that the talk is about."""
    for entry in focus.id.split(",") if focus is not None else ():
        if graded := of_grade(knowledge, entry, grade):
            return [Mention("certification", other, "", 0, 0) for other in graded]
    return []


def answer_follow_up(question: Question, situation: Situation) -> Answer | None:
    """Answer a follow-up from the focus; None when it cannot be completed."""
    if (told := lean(question, situation)) is not None:
        return told
    completed = complete(question, situation)
    if completed is None and (grade := question.value("grade")):
        return which_of_grade(situation.knowledge, grade, question.values("facet"))
    of_topic = situation.focus is not None and situation.focus.kind == "topic"
    if completed is None and of_topic and set(question.values("facet")) & CERTIFICATION_FACETS:
        return answer_question(replace(question, intent="ask_certification"), situation)
    return None if completed is None else answer_question(completed, situation)


def answer_why(situation: Situation, question: Question | None = None) -> Answer:
    """Give the reasons of the last answer: of a recommendation, of a level, or the sources of a fact.

    A question that asks "why not", of a certification or of the others, gets what held those back.
    """
    focus = situation.focus
    if question is not None and asks_why_not(question.text) and (told := why_not(question, situation)) is not None:
        return told
    if focus is not None and focus.waits:
        return why_asked(situation.knowledge, focus)
    if focus is not None and focus.kind == "next_qualification" and focus.id:
        answer = why_this_one(situation.knowledge, situation.profile, focus.id, wishes_in_focus(focus))
        if answer is not None:
            return answer
    if focus is not None and focus.kind == "assess_level":
        return why_this_level(situation.knowledge, situation.profile)
    if focus is None:
        return nothing_to_lean_on(situation.knowledge)
    return answer_more(situation) or all_told(situation.knowledge)


def why_asked(knowledge: Knowledge, focus: Focus) -> Answer:
    """Say why the coach asks about the person's work before it advises."""
    return Answer(
        reply(
            knowledge,
            "Because a qualification and a level are right for a kind of work, and not for a person in general. One "
            "word on your work, such as your title, is enough. You need not tell me: ask about any of them instead.",
            offers=work_choices(ASKING[focus.kind]),
            kind=ReplyKind.ASK,
        )
    )


def answer_more(situation: Situation) -> Answer | None:
    """Go deeper into the focus; None when all was told."""
    focus = situation.focus
    if focus is None:
        return None
    if focus.kind == "next_qualification" and focus.id:
        return more_of_them(situation.knowledge, situation.profile, focus, wishes_in_focus(focus))
    if focus.kind == "assess_level":
        return why_this_level(situation.knowledge, situation.profile)
    return more(situation.knowledge, focus)


def all_told(knowledge: Knowledge) -> Answer:
    """Say that there is nothing more on the subject."""
    return Answer(
        reply(knowledge, "That is all I know about it. The sources under my answers say more.",
              offers=["skill:next_qualification", "skill:assess_level", "skill:menu"])
    )  # fmt: skip


def nothing_to_lean_on(knowledge: Knowledge) -> Answer:
    """Ask what the person means when there was nothing before."""
    return Answer(
        reply(knowledge, "I am not sure what that refers to. Tell me the level, role or certification you mean.",
              offers=["four_levels_overview", "skill:next_qualification", "skill:menu"], kind=ReplyKind.CLARIFY)
    )  # fmt: skip


def further_sources(situation: Situation) -> tuple[SourceLink, ...]:
    """Return what a level or a role rests on besides the sources named under it: all that place the title."""
    focus = situation.focus
    titles = {"assess_level": situation.profile.role, "role": focus.id} if focus is not None else {}
    role = situation.knowledge.roles.get(titles.get(focus.kind) or "") if focus is not None else None
    level = situation.knowledge.levels.get(role.level) if role is not None and role.level is not None else None
    of_level = level.sources if level is not None else ()
    return source_links(situation.knowledge, (*role.sources, *of_level)) if role is not None else ()


def tell_sources(knowledge: Knowledge, sources: tuple[SourceLink, ...], further: tuple[SourceLink, ...] = ()) -> Answer:
    """List the sources of the last answer, with publisher and date; after those named with it, what lies further."""
    sources = tuple({link.id: link for link in (*sources, *further)}.values()) if sources else ()
    if not sources:
        return Answer(reply(knowledge, "My last answer rests on no source: it was talk, or our own advice."))
    lines = []
    for link in sources:
        source = knowledge.sources[link.id]
        title = f"[{source.title}]({source.url})" if source.url else source.title
        lines.append(f"{title}, {source.publisher}, {source.date}")
    shown = next(
        (count for count in range(len(lines), 1, -1) if len(" ".join(lines[:count]).split()) <= MOST_LISTED), 1
    )
    rest = "The others are under this answer." if shown < len(lines) else None
    return Answer(
        reply(
            knowledge, "My last answer rests on:", bullets(lines[:shown]), rest, sources=[link.id for link in sources]
        )
    )


def chosen(question: Question, offered: tuple[Choice, ...]) -> Choice | None:
    """Return the choice that an ordinal ("the second one", "2", "last") or its own words point to."""
    ordinal = question.value("ordinal")
    if ordinal is not None and offered:
        index = int(ordinal)
        if index == -1:
            return offered[-1]
        return offered[index - 1] if 1 <= index <= len(offered) else None
    words = question.text.casefold().strip(" .!?")
    return next((choice for choice in offered if choice.title.casefold().strip(" .!?") == words), None)
