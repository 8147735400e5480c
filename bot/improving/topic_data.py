"""The files of topics as text: their questions, one more put among them, and drafts of new topics.

As in `bot.improving.nlu_data`, the text is edited and not written anew, and every edit is read again.
"""

from collections.abc import Iterator, Sequence

import yaml

from bot.improving.nlu_data import Example
from bot.improving.yaml_nodes import (
    LOADER,
    EditError,
    compose,
    end_of_lines,
    insert_line,
    is_scalar,
    items,
    last_line,
    value,
)

DRAFT = """\
# A draft made by `pmo-coach review`. Write the answer, name its sources and give it more questions; then take away
# the signs before these lines. Until then the coach does not know of it.
#  - id: {id}
#    title: {title}
#    questions:
{questions}
#    answer: >-
#      ...
#    sources: []
"""


def questions_in(source: str) -> Iterator[Example]:
    """Yield the questions of a file's topics; `intent` is the topic's id, `line` the last one of the question."""
    for topic, questions in _topics(source):
        for question in items(questions):
            if is_scalar(question):
                yield Example(topic, " ".join(question.value.split()), last_line(question))


def topics_in(source: str) -> list[str]:
    """Return the ids of a file's topics."""
    return [topic for topic, _ in _topics(source)]


def with_question(source: str, topic: str, text: str) -> str:
    """Return the file's text with one more question at the end of the topic's; raise EditError where that fails."""
    questions = next((node for id, node in _topics(source) if id == topic), None)
    if not isinstance(questions, yaml.SequenceNode) or questions.flow_style or not questions.value:
        raise EditError(f"The topic {topic} has no list of questions, one a line, in the file.")
    line = f"{' ' * questions.start_mark.column}- {_scalar(text)}"
    edited = insert_line(source, last_line(questions.value[-1]), line)
    _check(source, edited, topic, text)
    return edited


def with_draft(source: str, id: str, title: str, questions: Sequence[str]) -> str:
    """Return the file's text with a draft of a topic at its end, as comments, so that nothing half-made is told."""
    listed = "\n".join(f"#      - {_scalar(question)}" for question in questions)
    draft = DRAFT.format(id=id, title=_scalar(title), questions=listed)
    end = end_of_lines(source)
    edited = f"{source.rstrip()}{end}{end}{draft.replace(chr(10), end)}"
    if yaml.load(edited, Loader=LOADER) != yaml.load(source, Loader=LOADER):
        raise EditError("The draft would change what the file says.")
    return edited


def _topics(source: str) -> Iterator[tuple[str, yaml.Node | None]]:
    for item in items(value(compose(source), "topics")):
        id = value(item, "id")
        if is_scalar(id):
            yield id.value, value(item, "questions")


def _scalar(text: str) -> str:
    """Return the text as YAML on one line, in quotes where YAML needs them."""
    return str(yaml.safe_dump(text, width=10**6, allow_unicode=True)).removesuffix("...\n").strip()


def _check(before: str, after: str, topic: str, text: str) -> None:
    expected, found = yaml.load(before, Loader=LOADER), yaml.load(after, Loader=LOADER)
    for entry in expected["topics"]:
        if entry["id"] == topic:
            entry["questions"].append(text)
    if found != expected:
        raise EditError("The question cannot be put in without changing another.")
