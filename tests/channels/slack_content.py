"""All that the coach says: a reply for every question of the content, and every form with its questions."""

import importlib
import pkgutil
from datetime import date

import bot.coaching
from bot.coaching.answering import ANSWERS, Situation, answer_question
from bot.coaching.form import Form, Talk
from bot.coaching.form_wording import put
from bot.coaching.level_answer import career_map
from bot.records import Level, Mention, Profile, Question, Reply
from tests.coaching.checks import FACETS, KNOWLEDGE

TODAY = date(2026, 1, 1)
ENTRIES = {
    "certification": KNOWLEDGE.certifications,
    "role": KNOWLEDGE.roles,
    "level": {str(int(level)): level for level in KNOWLEDGE.levels},
    "kind": KNOWLEDGE.kinds,
    "function": KNOWLEDGE.functions,
    "body": KNOWLEDGE.bodies,
    "insight": {str(number): number for number in KNOWLEDGE.insights},
    "topic": KNOWLEDGE.topics,
}


def questions() -> list[Question]:
    """Return a question for every intent, entry and facet of the content."""
    found = [Question("", intent, 1.0) for intent in ANSWERS]
    for intent in ANSWERS:
        for entity, entries in ENTRIES.items():
            for entry in entries:
                mention = Mention(entity, entry, entry, 0, 0)
                topic = entry if entity == "topic" else None
                found.append(Question("", intent, 1.0, topic, (mention,)))
                if intent == "ask_certification" and entity == "certification":
                    found += [Question("", intent, 1.0, None, (mention, Mention("facet", f, f, 0, 0))) for f in FACETS]
    return found


def every_reply() -> list[Reply]:
    """Return what is answered to all of them, and all texts of the content that an answer may quote."""
    situation = Situation(KNOWLEDGE, Profile())
    answers = [answer_question(question, situation) for question in questions()]
    texts = [text for topic in KNOWLEDGE.topics.values() for text in (topic.answer, topic.more) if text]
    figures = [career_map(KNOWLEDGE, here=level) for level in Level]
    return [
        *{answer.reply.text: answer.reply for answer in answers if answer and answer.reply}.values(),
        *(Reply(text) for text in texts),
        *(Reply("Here.", figure=figure) for figure in figures),
    ]


def forms() -> list[Form]:
    """Return every form that some module of coaching has."""
    modules = [
        importlib.import_module(f"bot.coaching.{each.name}") for each in pkgutil.iter_modules(bot.coaching.__path__)
    ]
    return [value for module in modules for value in vars(module).values() if isinstance(value, Form)]


def every_step() -> list[Reply]:
    """Return every question of every form as it is put, why it is asked, and how forms end: empty and filled in."""
    return [reply for form in forms() for reply in (*_questions(form), *_endings(form))]


def _questions(form: Form) -> list[Reply]:
    talk = Talk(KNOWLEDGE, Profile(), {}, TODAY)
    return [put(form, talk, step, before=before, hint=True) for step in form.steps for before in (None, step.why)]


def _endings(form: Form) -> list[Reply]:
    talk = Talk(KNOWLEDGE, Profile(), {}, TODAY)
    picked = {step.id: options[-1][1] for step in form.steps if (options := step.ask(talk).options)}
    ends = [form.conclude(Talk(KNOWLEDGE, Profile(), answers, TODAY)) for answers in ({}, picked)]
    return [reply for end in ends for reply in (*end.replies, Reply("And now?", choices=end.offers))]
