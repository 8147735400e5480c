"""The routes of the web channel: what each request to /webhooks/web/... does."""

import re
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from rasa.core.channels.channel import UserMessage
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.channels.bodies import ChosenPayload, TypedText, parse_feedback, parse_import, parse_message, read_body
from bot.channels.conversations import EXPORT_TYPES, Conversations
from bot.channels.http_errors import RequestError, json_response
from bot.channels.limits import WebLimits
from bot.channels.origins import Origins
from bot.channels.payloads import chosen_message, typed_message
from bot.channels.tokens import Tokens, token_error
from bot.channels.turns import Turns, check_exists, check_ready
from bot.channels.wire import VERSION, answer_response, history_value, iso_time
from bot.errors import PlanError, StoreError
from bot.runtime.settings import Settings

ID_BYTES = 16
KEY_HEADER = "idempotency-key"
LONGEST_KEY = 64
_AUTHORIZATION = re.compile(r"bearer +(\S+)", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"[0-9]{1,18}")
"""As many digits as every database's integers have."""

Endpoint = Callable[[Request, bytes], Awaitable[HTTPResponse]]
Handler = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class Endpoints:
    """What the routes share: the settings made ready, and the turns under way."""

    def __init__(self, channel: str, settings: Settings, tokens: Tokens, turns: Turns) -> None:
        """Serve the channel of that name."""
        self._channel, self._tokens, self._turns = channel, tokens, turns
        self._limits, self.origins = WebLimits(settings), Origins(settings)

    async def close(self) -> None:
        """Let go of connections."""
        await self._limits.close()

    def guarded(self, endpoint: Endpoint, *, counted_as: str) -> Handler:
        """Return a handler that lets only so many requests from allowed pages reach the endpoint, with their body."""

        async def handle(request: Request) -> HTTPResponse:
            self.origins.check(request)
            await self._limits.count_address(counted_as, self.origins.address_of(request))
            return await endpoint(request, await read_body(request))

        return handle

    async def open_session(self, request: Request, body: bytes) -> HTTPResponse:
        """Open a conversation and return its id and token."""
        conversation = f"{self._channel}-{secrets.token_urlsafe(ID_BYTES)}"
        await _conversations(request).open(conversation)
        token = self._tokens.issue(conversation)
        session = {"v": VERSION, "conversation": conversation, "token": token.text, "expires": iso_time(token.expires)}
        return json_response(session, 201)

    async def answer_message(self, request: Request, body: bytes) -> HTTPResponse:
        """Answer a message of the person."""
        started, store = time.monotonic(), _conversations(request)
        conversation = self._conversation_named(request)  # whether it is still there, its turn will find
        await self._limits.count_message(conversation)
        message = await self._rasa_message(store, conversation, parse_message(body, request.headers))
        check_ready(request.app.ctx)
        outcome = await self._turns.run(store, message, key=_key(request))
        return answer_response(outcome, milliseconds=round((time.monotonic() - started) * 1000))

    async def show_history(self, request: Request, body: bytes) -> HTTPResponse:
        """Return what both sides said, after a given message."""
        store = _conversations(request)
        conversation = await self._conversation_of(request, store)
        return json_response(history_value(await store.history(conversation, after=_after(request))))

    async def take_feedback(self, request: Request, body: bytes) -> HTTPResponse:
        """Note what the person thinks of a message of the coach."""
        store = _conversations(request)
        conversation = await self._conversation_of(request, store)
        given = parse_feedback(body, request.headers)
        if not await store.rate(conversation, given.message, given.rating, given.comment):
            raise RequestError(404, "message_unknown", "I said no message of that id in this conversation.")
        return empty()

    async def export_memory(self, request: Request, body: bytes) -> HTTPResponse:
        """Return what is remembered of the person as a file."""
        store = _conversations(request)
        conversation = await self._conversation_of(request, store)
        form = _format(request)
        return HTTPResponse(
            await store.export(conversation, form),
            headers={"Content-Disposition": f'attachment; filename="pmo-coach.{form}"'},
            content_type=f"{EXPORT_TYPES[form]}; charset=utf-8",
        )

    async def import_plans(self, request: Request, body: bytes) -> HTTPResponse:
        """Take back the plans of an export, and tell how many those are."""
        store = _conversations(request)
        conversation = await self._conversation_of(request, store)
        text = parse_import(body, request.headers)
        try:
            count = await self._turns.alone(store, conversation, lambda: store.import_plans(conversation, text))
        except PlanError as exc:
            raise RequestError(422, "no_plans", str(exc)) from exc
        return json_response({"v": VERSION, "plans": count})

    async def erase_history(self, request: Request, body: bytes) -> HTTPResponse:
        """Erase everything about the person."""
        store = _conversations(request)
        await self._turns.erase(store, await self._conversation_of(request, store))
        return empty()

    def preflight(self) -> Handler:
        """Return a handler for a browser that asks whether a page may send a request; the headers say what it may."""

        async def handle(request: Request) -> HTTPResponse:
            self.origins.check(request)
            return empty()

        return handle

    async def _conversation_of(self, request: Request, store: Conversations) -> str:
        conversation = self._conversation_named(request)
        await check_exists(store, conversation)
        return conversation

    def _conversation_named(self, request: Request) -> str:
        given = request.headers.getall("authorization", [])
        match = _AUTHORIZATION.fullmatch(given[0].strip()) if len(given) == 1 else None
        if match is None:
            raise token_error("token_missing", "There is no key to a conversation here.")
        return self._tokens.read(match[1])

    async def _rasa_message(
        self, store: Conversations, conversation: str, said: TypedText | ChosenPayload
    ) -> UserMessage:
        if isinstance(said, TypedText):
            return typed_message(conversation, said.text, channel=self._channel)
        title = await store.offered(conversation, said.payload) if _can_be_stored(said.payload) else None
        if title is None:
            await check_exists(store, conversation)
            raise RequestError(409, "payload_not_offered", "That choice is not on offer here. Pick another, or type.")
        return chosen_message(conversation, said.payload, title, channel=self._channel)


def _conversations(request: Request) -> Conversations:
    store: Conversations | None = getattr(request.app.ctx, "conversations", None)
    if store is None:
        raise StoreError("No store of conversations is attached to the server (app.ctx.conversations).")
    return store


def _after(request: Request) -> int:
    given = [value for name, value in request.get_query_args(keep_blank_values=True) if name == "after"] or ["0"]
    if len(given) > 1 or not _MESSAGE_ID.fullmatch(given[0]):
        raise RequestError(
            400, "bad_request", 'The value of "after" is to be the id of a message: 0 or a whole number.'
        )
    return int(given[0])


def _key(request: Request) -> str:
    """Return the message's own name; one that is too long to be kept is refused, for its repetition would be heard."""
    key: str = request.headers.get(KEY_HEADER, "")
    if len(key) > LONGEST_KEY:
        raise RequestError(400, "bad_request", f"The header {KEY_HEADER} takes {LONGEST_KEY} characters at most.")
    return key


def _format(request: Request) -> str:
    pairs = request.get_query_args(keep_blank_values=True)
    given = [str(value) for name, value in pairs if name == "format"] or ["json"]
    if len(given) > 1 or given[0] not in EXPORT_TYPES:
        raise RequestError(400, "bad_request", f'The value of "format" is to be one of {", ".join(EXPORT_TYPES)}.')
    return str(given[0])


def _can_be_stored(payload: str) -> bool:
    """Tell whether a database takes the string: NUL and lone surrogates make some fail, and no choice has them."""
    return not any(char == "\0" or "\ud800" <= char <= "\udfff" for char in payload)
