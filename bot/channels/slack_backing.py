"""What the runner hands over to the channel for Slack, in one value."""

from dataclasses import dataclass, field

from bot.channels.conversations import Conversations
from bot.channels.slack_home import NobodyYet, People
from bot.channels.slack_log import EventLog
from bot.channels.slack_privacy import Reader
from bot.records import Questionnaire


@dataclass(frozen=True)
class Backing:
    """The stores and the model, as far as the channel needs them."""

    conversations: Conversations
    log: EventLog
    reader: Reader
    questionnaire: Questionnaire
    people: People = field(default_factory=NobodyYet)
