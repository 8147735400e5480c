"""What Slack sends, read into a `Request`: who asks what, where, and where the answer goes.

Slack speaks in events, commands, clicks and submitted forms, and sends much that nobody asked for: edits, deletes,
joins, echoes of bots. `read_request` returns None for all of that. A request is plain values, so that it can be kept
as JSON until it is answered, and be answered after a restart.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from bot.channels.slack_sheet import CALLBACK as SHEET_CALLBACK
from bot.channels.slack_sheet import read_sheet
from bot.channels.slack_text import heard_text

CHOICE = "choice"
OPEN_SHEET = "sheet"
FEEDBACK = "feedback"
ERASE = "erase"
"""What the action_id of our buttons begins with, up to a colon."""

_SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})


class Kind(str, Enum):
    """What is asked of the channel."""

    SAID = "said"
    CHOSE = "chose"
    SHEET = "sheet"
    ERASE = "erase"
    HOME = "home"
    PROMPTS = "prompts"
    OPEN_SHEET = "open_sheet"
    RATED = "rated"

    @property
    def is_answered(self) -> bool:
        """True when the person waits for an answer, which a restart must not lose."""
        return self in (Kind.SAID, Kind.CHOSE, Kind.SHEET, Kind.ERASE)


@dataclass(frozen=True)
class Identity:
    """Who we are in Slack: the workspace, and our user and bot there."""

    team: str
    user: str
    bot: str = ""


@dataclass(frozen=True)
class Place:
    """Where an answer goes.

    `channel` may also be a person's id: their direct messages. With `reply_to`, the address of an interaction, the
    answer is for the person's eyes only. `ts` is the message that is answered, `block` the one that was clicked.
    """

    channel: str
    thread: str | None = None
    ts: str | None = None
    public: bool = False
    reply_to: str | None = None
    block: str | None = None


@dataclass(frozen=True)
class Request:
    """One thing asked: a typed text, or the payload and title of a choice; `trigger` opens a dialog for 3 seconds."""

    id: str
    kind: Kind
    team: str
    person: str
    place: Place
    text: str = ""
    payload: str = ""
    has_files: bool = False
    mentions_us: bool = False
    trigger: str = ""

    @property
    def conversation(self) -> str:
        """The conversation that it belongs to: the person's own, or that of the thread in a public place."""
        if self.place.public and not self.place.reply_to:
            return f"slack:{self.team}:{self.place.channel}:{self.place.thread}"
        return self.own_conversation

    @property
    def own_conversation(self) -> str:
        """The conversation of this person alone, which nobody else ever sees."""
        return f"slack:{self.team}:{self.person}"

    def to_json(self) -> dict[str, Any]:
        """Return the request as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Request":
        """Return the request of its plain values."""
        return cls(**{**values, "kind": Kind(values["kind"]), "place": Place(**values["place"])})


def read_request(body: Mapping[str, Any], me: Identity) -> Request | None:
    """Return what a body from Slack asks of us, None when nothing that we answer."""
    if _team(body) != me.team:
        return None
    kind = body.get("type")
    if kind == "event_callback":
        return _read_event(body, me)
    if kind == "block_actions":
        return _read_click(body)
    if kind == "view_submission":
        return _read_submission(body)
    return _read_command(body) if "command" in body else None


def _team(body: Mapping[str, Any]) -> str | None:
    if team := body.get("team_id"):
        return str(team)
    team = body.get("team")
    return str(team["id"]) if isinstance(team, Mapping) and "id" in team else None


def _read_event(body: Mapping[str, Any], me: Identity) -> Request | None:
    event = body.get("event")
    if not isinstance(event, Mapping):
        return None
    if event.get("type") in ("message", "app_mention"):
        return _read_message(event, me)
    if event.get("type") == "app_home_opened" and event.get("user"):
        kind = Kind.PROMPTS if event.get("tab") == "messages" else Kind.HOME
        place = Place(str(event.get("channel") or event["user"]))
        return Request(str(body.get("event_id")), kind, me.team, str(event["user"]), place)
    return None


def _read_message(event: Mapping[str, Any], me: Identity) -> Request | None:
    person, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if not (person and channel and ts) or not _is_from_a_member(event, me):
        return None
    raw = str(event.get("text") or "")
    public = event.get("channel_type", "im" if str(channel).startswith("D") else "channel") != "im"
    thread = event.get("thread_ts")
    mentioned = f"<@{me.user}" in raw
    if public and not mentioned and (not thread or "<@" in raw):
        return None  # people talking with each other
    place = Place(str(channel), str(thread or ts) if public else thread, str(ts), public)
    # One message in a channel comes as two events, `message` and `app_mention`: its place and time are its id.
    return Request(
        f"{channel}:{ts}", Kind.SAID, me.team, str(person), place,
        text=heard_text(raw, me.user), has_files=bool(event.get("files")), mentions_us=mentioned,
    )  # fmt: skip


def _is_from_a_member(event: Mapping[str, Any], me: Identity) -> bool:
    """Tell whether a member of our workspace wrote it just now: no bot, no edit, nobody of another organisation."""
    if event.get("bot_id") or event.get("user") == me.user or event.get("subtype") not in _SUBTYPES:
        return False
    return all(event.get(name) in (None, me.team) for name in ("user_team", "source_team"))


def _read_command(body: Mapping[str, Any]) -> Request | None:
    if not (body.get("user_id") and body.get("trigger_id")):
        return None
    place = Place(str(body.get("channel_id") or body["user_id"]), public=True, reply_to=body.get("response_url"))
    return Request(
        f"command:{body['trigger_id']}", Kind.SAID, str(body["team_id"]), str(body["user_id"]), place,
        text=heard_text(str(body.get("text") or "")), mentions_us=True, trigger=str(body["trigger_id"]),
    )  # fmt: skip


def _read_click(body: Mapping[str, Any]) -> Request | None:
    actions, user = body.get("actions"), body.get("user")
    if not (isinstance(actions, list) and actions and isinstance(user, Mapping) and body.get("trigger_id")):
        return None
    action = actions[0]
    kind = _KINDS.get(str(action.get("action_id")).partition(":")[0])
    if kind is None or user.get("team_id", body["team"]["id"]) != body["team"]["id"]:
        return None
    title = action.get("text") or {}
    return Request(
        f"click:{body['trigger_id']}", kind, str(body["team"]["id"]), str(user["id"]), _place_of_click(body, action),
        text=_unescape(str(title.get("text") or "")), payload=str(action.get("value") or ""),
        trigger=str(body["trigger_id"]),
    )  # fmt: skip


_KINDS = {CHOICE: Kind.CHOSE, OPEN_SHEET: Kind.OPEN_SHEET, FEEDBACK: Kind.RATED, ERASE: Kind.ERASE}


def _place_of_click(body: Mapping[str, Any], action: Mapping[str, Any]) -> Place:
    container, message = body.get("container") or {}, body.get("message") or {}
    if container.get("type") != "message":
        return Place(str(body["user"]["id"]))
    channel, ts = str(container.get("channel_id")), str(container.get("message_ts"))
    public = not channel.startswith("D")
    thread = message.get("thread_ts") or container.get("thread_ts")
    hidden = body.get("response_url") if container.get("is_ephemeral") else None
    thread = str(thread or ts) if public else thread
    return Place(channel, thread, ts, public, hidden, block=action.get("block_id"))


def _read_submission(body: Mapping[str, Any]) -> Request | None:
    view, user = body.get("view") or {}, body.get("user") or {}
    if view.get("callback_id") != SHEET_CALLBACK or not user.get("id"):
        return None
    payload = read_sheet(view)
    place = Place(str(user["id"]))
    return Request(
        f"sheet:{view.get('id')}", Kind.SHEET, str(body["team"]["id"]), str(user["id"]), place,
        text="My answers to the eight questions", payload=payload,
    )  # fmt: skip


def _unescape(text: str) -> str:
    return re.sub("&(amp|lt|gt);", lambda found: {"amp": "&", "lt": "<", "gt": ">"}[found[1]], text)
