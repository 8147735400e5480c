"""The level check: a title, then up to six questions about work, each asked only while it could change the level."""

from functools import partial

from bot.coaching.form import Form, Step, Talk, Value
from bot.coaching.level_behaviours import BEHAVIOURS, OPTIONS, Behaviour
from bot.coaching.level_ending import conclude
from bot.coaching.level_reading import NO_TITLE, read_title, read_work, title_options
from bot.coaching.level_settling import settled_by
from bot.coaching.level_weighing import answers_of, role_of, settles, still_open
from bot.records.coaching import Asking

TITLE_QUESTION = "What is your job title?"
TITLE_WHY = "The title gives a first guess. Titles are weak evidence, so questions about your work follow."


def _open(talk: Talk) -> str:
    return "First your title, then your work: six short questions about it at most. The work decides."


def _ask_title(talk: Talk) -> Asking:
    return Asking(TITLE_QUESTION, title_options(talk))


def _known_title(talk: Talk) -> Value | None:
    return talk.profile.role if talk.profile.role in talk.knowledge.roles else None


def _tell_title(value: Value, talk: Talk) -> str:
    role = talk.knowledge.roles.get(str(value))
    return role.title if role else "no title" if value == NO_TITLE else str(value)


def _is_needed(item: Behaviour, talk: Talk) -> bool:
    answers = answers_of(talk)
    passed = [other.id for other in BEHAVIOURS if talk.answers.get(other.id) is not None and other.id not in answers]
    return item in still_open(role_of(talk), answers, passed)


def _ask_work(item: Behaviour, talk: Talk) -> Asking:
    role = role_of(talk)
    if role is not None and role.question and settles(role, item.id) is not None:
        return Asking(role.question, _options(item, talk), role.sources)
    wording = item.wording
    if talk.answer("title") == NO_TITLE:
        wording = wording.replace("Do you", "In your last job, did you", 1)
    return Asking(wording, OPTIONS, item.sources)


def _options(item: Behaviour, talk: Talk) -> tuple[tuple[str, str], ...]:
    """Return the answers to pick from: those of a doubtful title's own question, or yes, partly and no."""
    own = settles(role_of(talk), item.id)
    return own.options if own is not None else OPTIONS


def _tell_work(item: Behaviour, value: Value, talk: Talk) -> str:
    words = next((title for title, own in _options(item, talk) if own == value), str(value))
    return f"“{words}” to “{item.name.lower()}”"


def _work_step(item: Behaviour) -> Step:
    return Step(
        id=item.id,
        ask=partial(_ask_work, item),
        why=item.why,
        read=read_work(item.id),
        needed=partial(_is_needed, item),
        tell=partial(_tell_work, item),
    )


LEVEL_FORM = Form(
    name="level_form",
    title="level check",
    steps=(
        Step(
            id="title",
            ask=_ask_title,
            why=TITLE_WHY,
            read=read_title,
            known=_known_title,
            free=True,
            tell=_tell_title,
            called=("title", "job title", "role"),
        ),
        *(_work_step(item) for item in BEHAVIOURS),
    ),
    opening=_open,
    conclude=conclude,
    about_person=True,
    is_meant=lambda moment: bool(settled_by(moment)),
    answers_of=lambda data: {"title": data.get("title") or NO_TITLE, **data.get("answers", {})},
)
"""At most seven questions: eight messages of the person from "what level am I" to the level."""
