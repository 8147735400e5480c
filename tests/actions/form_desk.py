"""A form as Rasa carries it: its action is called with each message, and what it returns is kept for the next one."""

from datetime import datetime, timezone
from typing import Any

from rasa_sdk.interfaces import Tracker

from actions.form import REQUESTED, CoachForm
from tests.actions.telling import bot, run, understood

NOON = datetime(2026, 11, 24, 12, tzinfo=timezone.utc).timestamp()
"""When the talks of the tests begin."""


class FormDesk:
    """One person's talk with a form; `slots` and `events` are what Rasa would keep of it."""

    def __init__(self, action: CoachForm, *, active: bool = True, **slots: Any) -> None:
        self.action, self.slots, self.events = action, slots, []
        self.followups: list[str] = []
        self._loop = {"name": action.form.name} if active else {}
        self._time = NOON

    @property
    def open(self) -> str | None:
        """The slot of the question that is open."""
        return self.slots.get(REQUESTED)

    def answer(self, step: str) -> Any:
        """Return what the form holds as the answer to that question."""
        return self.slots.get(f"{self.action.form.name.removesuffix('_form')}_{step}")

    async def say(self, text: str, intent: str = "nlu_fallback", *, later: float = 1.0, **told: Any) -> str:
        """Send a message, so many seconds after the last, and return what the form says to it."""
        self._time += later
        self.events.append({"event": "user", "text": text, "timestamp": self._time})
        self.message = understood(text, intent, **told)
        return await self._run()

    async def come_back(self) -> str:
        """Return what the form says when another action has answered the message, as Rasa then asks it to go on."""
        self.events += [{"event": "followup", "name": self.followups[-1]}, {**bot(), "timestamp": self._time}]
        return await self._run()

    async def _run(self) -> str:
        told = Tracker("p", self.slots, self.message, self.events, False, None, self._loop, "action_listen")
        said, events = await run(self.action, told)
        for message in said:
            self.events.append(
                {
                    "event": "bot",
                    "text": message.get("text"),
                    "data": {"buttons": message.get("buttons") or []},
                    "metadata": {key: message[key] for key in ("reply", "finished") if key in message},
                    "timestamp": self._time,
                }
            )
        self.slots.update({event["name"]: event["value"] for event in events if event["event"] == "slot"})
        self.followups += [event["name"] for event in events if event["event"] == "followup"]
        self.choices = [button["title"] for message in said for button in message.get("buttons") or ()]
        return "\n".join(message.get("text") or message.get("response") or "" for message in said)
