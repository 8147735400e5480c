"""The topics of the knowledge store as training examples: one intent for all, the topic's id beside it.

A PMO leader who adds a topic writes its example questions in the content, and nothing else: this importer hands
them to Rasa as examples of `ask_topic`, so that training, validation and Rasa's fingerprints see them.
"""

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.knowledge import known

TOPIC_INTENT = "ask_topic"
TOPIC = "topic"


class KnowledgeImporter(TrainingDataImporter):
    """Gives Rasa the topics' questions; stories, domain and configuration come from Rasa's own importer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Accept what Rasa passes to every importer; the content is where the settings say."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Return every topic's questions as examples."""
        return TrainingData(
            [
                Message(data={TEXT: question, INTENT: TOPIC_INTENT, TOPIC: topic.id})
                for topic in known().topics.values()
                for question in topic.questions
            ]
        )

    def get_domain(self) -> Domain:
        """Return nothing: the domain is domain.yml."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Return nothing: the stories are in data/."""
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        """Return nothing: the test stories are in tests/."""
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """Return nothing: the configuration is config.yml."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """Return nothing: we never ask Rasa to configure itself."""
        return None
