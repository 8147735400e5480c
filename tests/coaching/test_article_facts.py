"""All sixty facts of the article can be reached by asking, and none is lost when the content is edited."""

import re
from pathlib import Path

import pytest
import yaml

from bot.coaching.entries import answer_insight, answer_kind, answer_topic, more
from bot.coaching.level_answer import answer_level
from tests.coaching.checks import KNOWLEDGE, assert_sound

FACTS = yaml.safe_load(Path(__file__).with_name("article_facts.yml").read_text(encoding="utf-8"))["facts"]
ASKING = {
    "topic": lambda entry, facets: answer_topic(KNOWLEDGE, entry),
    "kind": lambda entry, facets: answer_kind(KNOWLEDGE, (entry,)),
    "level": lambda entry, facets: answer_level(KNOWLEDGE, (entry,) if entry else (), facets),
    "insight": lambda entry, facets: answer_insight(KNOWLEDGE, (entry,)),
}


def test_every_fact_of_the_article_is_looked_for():
    assert list(FACTS) == [f"F{number}" for number in range(1, 61)]
    assert all(2 <= len(fact["patterns"]) <= 4 for fact in FACTS.values())


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS.keys())
def test_a_fact_of_the_article_is_told_when_it_is_asked_for(fact):
    call = fact["call"]
    answer = ASKING[call["ask"]](call["id"], (call["facet"],) if "facet" in call else ())
    for _ in range(call.get("more", 0)):
        answer = more(KNOWLEDGE, answer.focus)
        assert answer is not None
    assert_sound(answer)
    missing = [pattern for pattern in fact["patterns"] if not re.search(pattern, answer.reply.text)]
    assert not missing, answer.reply.text
    assert "ARTICLE" in [source.id for source in answer.reply.sources]
