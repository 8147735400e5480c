"""Every fact of the article is reached by asking for it in words, through the running coach."""

import re
from pathlib import Path

import pytest
import yaml

from tests.coach import Coach

FACTS = yaml.safe_load((Path(__file__).parent / "facts" / "article_facts.yml").read_text(encoding="utf-8"))
MOST_MORE = 2


def test_all_sixty_facts_are_asked_for():
    assert list(FACTS) == [f"F{number}" for number in range(1, 61)]


@pytest.mark.parametrize("fact", FACTS)
def test_fact_is_reached_by_asking(coach: Coach, fact: str):
    talk = coach.talk()
    said = ""
    for words in (FACTS[fact]["ask"], *["tell me more"] * MOST_MORE):
        said += "\n" + "\n".join(message["text"] for message in talk.say(words))
        if all(re.search(pattern, said, re.IGNORECASE) for pattern in FACTS[fact]["says"]):
            return
    missing = [pattern for pattern in FACTS[fact]["says"] if not re.search(pattern, said, re.IGNORECASE)]
    pytest.fail(f"{missing} not found after {FACTS[fact]['ask']!r}:\n{said}")
