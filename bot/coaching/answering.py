"""Which answer a question gets: by its intent, what it names, and what the talk is about.

Every question of the domain goes through `answer_question`, whether it came alone, as one of several in a message, as
a follow-up that was completed from the focus, or from a choice. What a question leaves out ("what about its exam?") is
taken from the focus; what stays unclear is asked.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.coaching.answer import Answer
from bot.coaching.assess_level import assess_level
from bot.coaching.certification import answer_certification
from bot.coaching.certification_for_person import answer_for_person, asks_if_needed
from bot.coaching.comparison import answer_comparison
from bot.coaching.comparison_advice import advice
from bot.coaching.entries import (
    answer_body,
    answer_function,
    answer_insight,
    answer_kind,
    answer_topic,
)
from bot.coaching.first_steps import answer_first
from bot.coaching.level_answer import answer_level
from bot.coaching.next_qualification_wording import answer_next_qualification
from bot.coaching.premises import answer_unknown_name, put_right
from bot.coaching.profile import level_of
from bot.coaching.readiness import answer_readiness, asks_if_ready
from bot.coaching.role import answer_role, answer_roles_at_level
from bot.coaching.situation import Situation
from bot.coaching.what_if import answer_what_if
from bot.coaching.wishes import wishes_in_focus
from bot.coaching.wording import choice, joined, reply
from bot.records import CertificationStatus, Focus, Knowledge, Level, Question, ReplyKind

GRADE_WORDS = ("foundation", "practitioner", "expert", "advanced")
MOST_COMPARED = 4
UNSURE = (CertificationStatus.UNCLEAR, CertificationStatus.SUPERSEDED)
OF_A_CERTIFICATION = frozenset(
    {"exam", "exam_format", "exam_duration", "pass_mark", "open_or_closed_book", "study_time"}
)
"""What no awarding body has: asked without one's name, it is asked of a certification."""
_WITH_THAT = re.compile(
    r"\b(?:diff\w*|compar\w+|versus|vs|or)\b.{0,25}\b(?:that|this|it|mine|my job|what i do)\b|"
    r"\b(?:that|this|it|mine|my job|what i do)\b.{0,15}\b(?:versus|vs|or|compared|different|differ|same as)\b",
    re.IGNORECASE,
)
"""How one job is compared with the one that the talk is about."""


Answering = Callable[[Question, Situation], Answer]


def answer_question(question: Question, situation: Situation) -> Answer | None:
    """Return the answer, or None where the intent is no question of the domain."""
    answering = ANSWERS.get(question.intent)
    if answering is None:
        return None
    answer = answer_unknown_name(question, situation.knowledge) or answering(question, situation)
    return put_right(answer, question, situation.knowledge)


def subject(question: Question, kind: str, focus: Focus | None) -> tuple[str, ...]:
    """Return the ids of that kind that the question is about: those it names, else the focus's."""
    named = question.values(kind)
    if named:
        return named
    return tuple(focus.id.split(",")) if focus is not None and focus.kind == kind and focus.id else ()


def _certification(question: Question, situation: Situation) -> Answer:
    knowledge, facets = situation.knowledge, question.values("facet")
    focus = situation.subject_of_certifications()
    grade = question.value("grade")
    compared = focus is not None and focus.kind == "comparison" and not grade
    if focus is not None and compared and facets and not question.values("certification"):
        return _which_of(knowledge, focus.id.split(","), facets)
    ids = _certifications(question, focus, knowledge)
    if not ids:
        if question.values("body"):
            return _body(question, situation)
        return (which_of_grade(knowledge, grade, facets) if grade else None) or _which_certification(knowledge)
    if len(ids) > 1 and not facets:
        return _compared(situation, ids)
    typed = next((m.text for m in question.mentions if m.entity == "certification"), "")
    bare = bool(typed) and not any(word in typed.lower() for word in GRADE_WORDS) and not question.values("grade")
    facets = ("worth",) if asks_if_needed(question) else facets
    answer = answer_certification(knowledge, ids[0], facets, family_mention=bare, typed=typed)
    return answer_for_person(answer, question, situation, knowledge.certifications[ids[0]])


def _certifications(question: Question, focus: Focus | None, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the certifications, of those that we know, that the question is about: named ones, else the focus's."""
    return tuple(i for i in _named(question, focus, knowledge) if i in knowledge.certifications)


def _named(question: Question, focus: Focus | None, knowledge: Knowledge) -> tuple[str, ...]:
    listed, named = question.value("certifications"), question.values("certification")
    if listed:
        return tuple(listed.split(","))
    if named or focus is None or not focus.id:
        return named
    before = focus.id.split(",")
    if grade := question.value("grade"):
        return tuple(graded for entry in before for graded in of_grade(knowledge, entry, grade))[:1]
    return (before[0],)


def of_grade(knowledge: Knowledge, certification_id: str, grade: str) -> tuple[str, ...]:
    """Return the certification of that grade in the same scheme."""
    certification = knowledge.certifications.get(certification_id)
    if certification is None:
        return ()
    same = (c for c in knowledge.certifications.values() if c.family == certification.family)
    return tuple(c.id for c in same if c.grade == grade)


def _which_of(knowledge: Knowledge, ids: Sequence[str], facets: tuple[str, ...]) -> Answer:
    known = [i for i in ids if i in knowledge.certifications]
    offers = [choice(knowledge, f"certification:{i}#{facets[0]}", knowledge.certifications[i].name) for i in known]
    return Answer(reply(knowledge, "Which of them do you mean?", offers=offers, kind=ReplyKind.CLARIFY))


def which_of_grade(knowledge: Knowledge, grade: str, facets: tuple[str, ...]) -> Answer | None:
    """Ask which scheme is meant by a grade alone ("and practitioner?"), those that surely run first."""
    graded = [c for c in knowledge.certifications.values() if c.grade == grade and c.levels]
    if not graded:
        return None
    ordered = sorted(graded, key=lambda c: (c.status in UNSURE, c.article is None))
    facet = f"#{facets[0]}" if facets else ""
    offers = [choice(knowledge, f"certification:{c.id}{facet}", c.name) for c in ordered[:MOST_COMPARED]]
    names = joined([c.name for c in ordered[:MOST_COMPARED]], word="or")
    return Answer(
        reply(knowledge, f"Which {grade.capitalize()} do you mean: {names}?", offers=offers, kind=ReplyKind.CLARIFY)
    )


def _which_certification(knowledge: Knowledge) -> Answer:
    offers = ["p3o_foundation", "prince2", "hop_essentials_administrators", "pmi_pmocp", "aipmo_ipmo_f"]
    return Answer(
        reply(
            knowledge,
            "Which certification do you mean? I know thirty, from P3O to PMI-PMOCP.",
            offers=[f"certification:{i}" for i in offers if i in knowledge.certifications]
            + ["skill:next_qualification"],
            kind=ReplyKind.CLARIFY,
        )
    )


def _compared(situation: Situation, ids: Sequence[str]) -> Answer:
    compared = tuple(ids[:MOST_COMPARED])
    return answer_comparison(situation.knowledge, compared, advice=advice(situation, compared))


def _comparison(question: Question, situation: Situation) -> Answer:
    knowledge, focus = situation.knowledge, situation.focus
    ids = list(_certifications(question, None, knowledge))
    if len(ids) == 1 and focus is not None and focus.kind in ("certification", "next_qualification"):
        ids += [i for i in (focus.id, *focus.offered) if i in knowledge.certifications and i not in ids][:1]
    if len(ids) == 1:
        family = knowledge.certifications[ids[0]].family
        ids += [c.id for c in knowledge.certifications.values() if c.family == family and c.id not in ids][:1]
    if not ids and len(question.values("role")) > 1:
        return _role(question, situation)
    if not ids and focus is not None and focus.kind in ("comparison", "next_qualification"):
        ids = [i for i in (*focus.id.split(","), *focus.offered) if i in knowledge.certifications]
    if len(ids) < 2:
        return _certification(question, situation) if ids else _which_certification(knowledge)
    return _compared(situation, ids)


def _body(question: Question, situation: Situation) -> Answer:
    if not question.values("body") and set(question.values("facet")) & OF_A_CERTIFICATION:
        return _certification(question, situation)
    ids = subject(question, "body", situation.focus)
    certifications = _certifications(question, situation.subject_of_certifications(), situation.knowledge)
    if not ids and certifications:
        return answer_certification(situation.knowledge, certifications[0], ("owner",))
    return answer_body(situation.knowledge, ids, question.values("facet"))


def _role(question: Question, situation: Situation) -> Answer:
    roles, levels = question.values("role"), _levels(question)
    if not roles and levels:
        return answer_roles_at_level(situation.knowledge, levels[0])
    if asks_if_ready(question.text) and (told := answer_readiness(question, situation)) is not None:
        return told
    if len(roles) == 1 and _WITH_THAT.search(question.text):
        before = subject(replace(question, mentions=()), "role", situation.focus) or (situation.profile.role,)
        roles = (*(role for role in before if role and role not in roles), *roles)
    return answer_role(
        situation.knowledge, roles or subject(question, "role", situation.focus), question.values("facet")
    )


def _levels(question: Question) -> tuple[Level, ...]:
    return tuple(Level(int(v)) for v in question.values("level") if v in ("1", "2", "3", "4"))


def _level(question: Question, situation: Situation) -> Answer:
    named = tuple(int(value) for value in question.values("level"))
    if not named and not question.values("ladder") and (ids := subject(question, "level", situation.focus)):
        named = tuple(int(i) for i in ids)
    role = situation.knowledge.roles.get(question.value("role") or "")
    if not named and role is not None:
        return answer_role(situation.knowledge, (role.id,), ("level",))
    return answer_level(situation.knowledge, named, question.values("facet"), ladder=bool(question.values("ladder")))


def _kind(question: Question, situation: Situation) -> Answer:
    return answer_kind(situation.knowledge, subject(question, "kind", situation.focus))


def _function(question: Question, situation: Situation) -> Answer:
    return answer_function(
        situation.knowledge, subject(question, "function", situation.focus), question.values("facet")
    )


def _insight(question: Question, situation: Situation) -> Answer:
    return answer_insight(situation.knowledge, tuple(int(i) for i in subject(question, "insight", situation.focus)))


def _topic(question: Question, situation: Situation) -> Answer:
    if question.topic is None or question.topic not in situation.knowledge.topics:
        return _which_certification(situation.knowledge)
    if (begun := answer_first(question.text, situation)) is not None:
        return begun
    return answer_topic(situation.knowledge, question.topic)


def _assess_level(question: Question, situation: Situation) -> Answer:
    if asks_if_ready(question.text) and (told := answer_readiness(question, situation)) is not None:
        return told
    ladder = bool(question.values("ladder"))
    unknown = level_of(situation.knowledge, situation.profile) is None
    if question.values("form") or (unknown and not ladder):
        return Answer(None, start="level_form")
    return assess_level(situation.knowledge, situation.profile, ladder=ladder)


def _next_qualification(question: Question, situation: Situation) -> Answer:
    profile = situation.profile
    nothing_known = level_of(situation.knowledge, profile) is None and not profile.held
    under_way = situation.focus is not None and situation.focus.kind == "next_qualification"
    if nothing_known and (levels := _levels(question)):
        return answer_level(situation.knowledge, tuple(map(int, levels)), ("certifications",))
    if question.values("form") or (nothing_known and not under_way):
        return Answer(None, start="qualification_form")
    return answer_next_qualification(situation.knowledge, profile, wishes_in_focus(situation.focus))


def _starts(form: str) -> Answering:
    """Answer by beginning the form."""

    def start(question: Question, situation: Situation) -> Answer:
        return Answer(None, start=form)

    return start


ANSWERS: Mapping[str, Answering] = {
    "ask_certification": _certification,
    "compare_certifications": _comparison,
    "ask_awarding_body": _body,
    "ask_role": _role,
    "ask_level": _level,
    "ask_pmo_kind": _kind,
    "ask_function": _function,
    "ask_insight": _insight,
    "ask_topic": _topic,
    "assess_level": _assess_level,
    "next_qualification": _next_qualification,
    "ask_what_if": answer_what_if,
    "find_builder_or_grower": _starts("builder_grower_form"),
    "check_insights": _starts("insights_form"),
}
