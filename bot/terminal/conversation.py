"""One conversation with the coach: what was offered last, and what a typed line therefore means."""

import re
from collections.abc import Sequence
from contextlib import closing

from bot.records.reply import Choice
from bot.terminal.cleaning import clean_text
from bot.terminal.client import MAX_CHARACTERS, CoachClient
from bot.terminal.errors import TerminalError
from bot.terminal.kept import KeptConversations
from bot.terminal.messages import CoachMessage, Done, PersonMessage, Session
from bot.terminal.notices import Notices
from bot.terminal.presenter import Presenter

_NUMBER = re.compile(r"\s*(\d{1,2})[.)]?\s*", re.ASCII)


class Conversation:
    """Sends what the person types and shows what comes back."""

    def __init__(
        self, client: CoachClient, kept: KeptConversations, presenter: Presenter, notices: Notices, *, known: str = ""
    ) -> None:
        """Continue the `known` conversation; without one, `begin` opens it.

        Raises TerminalError when this machine does not know the conversation.
        """
        self.client = client
        self.presenter = presenter
        self.offers: tuple[Choice, ...] = ()
        self.arrived = False
        self.session = kept.find(known) if known else Session("", "")
        self._kept = kept
        self._notices = notices

    def begin(self, *, anew: bool = False) -> None:
        """Open a new conversation unless a known one continues, and keep its token on this machine."""
        if anew or not self.session.token:
            self.session = self.client.open_session()
            self.offers = ()
        try:
            self._kept.keep(self.session)
        except TerminalError as error:
            self._notices.warn(str(error))

    def say(self, typed: str) -> bool:
        """Send what was typed and show the answer as it arrives; return whether the coach understood.

        Raises TerminalError; `arrived` then tells whether something had been shown before it.
        """
        self.arrived = understood = False
        body = self.meaning(typed)
        offers: list[Choice] = []
        try:
            with closing(self.client.send(self.session, body)) as events:
                while True:
                    with self._notices.waiting("The coach is thinking ..."):
                        event = next(events)
                    self.arrived = True
                    if isinstance(event, Done):
                        understood = event.understood
                        return understood
                    self.presenter.message(event, first_choice=len(offers) + 1)
                    offers += event.choices
        finally:
            if self.arrived:
                self.offers = tuple(offers)
                self.presenter.end(self.session.conversation, understood=understood)

    def end_unanswered(self) -> None:
        """Close a turn to which nothing came back; scripts get an object without messages."""
        self.presenter.end(self.session.conversation, understood=False)

    def meaning(self, typed: str) -> dict[str, str]:
        """Return what to send: the payload of the choice that was picked by number or title, or the text.

        Raises TerminalError when the text is longer than the server takes.
        """
        text = clean_text(typed).strip()
        if (choice := self.chosen(text)) is not None:
            if choice.title != text:
                self._notices.name(choice.title)
            return {"payload": choice.payload} if choice.payload else {"text": choice.title}
        if len(text) > MAX_CHARACTERS:
            raise TerminalError(f"A message has at most {MAX_CHARACTERS:,} characters; this one has {len(text):,}.")
        return {"text": text}

    def chosen(self, text: str) -> Choice | None:
        """Return the choice that the text picks, None when it is a text of its own."""
        if match := _NUMBER.fullmatch(text):
            number = int(match[1])
            return self.offers[number - 1] if 1 <= number <= len(self.offers) else None
        return next((choice for choice in self.offers if choice.title.casefold() == text.casefold()), None)

    def history(self) -> Sequence[CoachMessage | PersonMessage]:
        """Return both sides so far; the choices of the coach's last words can be picked again."""
        messages = self.client.history(self.session)
        offers: list[Choice] = []
        for message in messages:
            offers = [] if isinstance(message, PersonMessage) else [*offers, *message.choices]
        self.offers = tuple(offers)
        return messages

    def forget(self) -> None:
        """Erase everything about the person, on the server and here, and begin anew."""
        self.client.forget(self.session)
        self._kept.forget(self.session)
        self.presenter.forget()
        self.begin(anew=True)
