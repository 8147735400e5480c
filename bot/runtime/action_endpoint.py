"""Custom actions: run in this process, or on a separate action server; a failure always answers the person.

Rasa asks an action endpoint over HTTP and, when that fails, says nothing at all. Both endpoints here keep Rasa's
protocol (the same JSON in and out), so the same `actions/` package serves either way; what cannot be run is answered
with `utter_try_again_later`.
"""

import asyncio
import importlib
import json
import logging
from typing import Any

import async_timeout
from jsonschema import Draft7Validator, ValidationError  # type: ignore[import-untyped,unused-ignore]
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.observing import metrics
from bot.observing.request_ids import HEADER, current_request_id

ACTIONS_PACKAGE = "actions"
APOLOGY: dict[str, Any] = {"events": [], "responses": [{"response": "utter_try_again_later"}]}
REJECTED = 400

logger = logging.getLogger(__name__)


def validate_results_quickly() -> None:
    """Let Rasa compile the schema of an action's result once instead of at each call (7 ms a message)."""
    validator = Draft7Validator(RemoteAction.action_response_format_spec())

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        if isinstance(self.action_endpoint, InProcessActions):
            return True  # the SDK validated it in this process
        try:
            validator.validate(result)
        except ValidationError as exc:
            exc.message += f". Failed to validate the result of {self.name()}."
            raise
        return True

    RemoteAction._validate_action_result = validate  # type: ignore[method-assign]


class _AnsweringEndpoint(EndpointConfig):
    """An action endpoint that apologises instead of failing; rejections of a form stay rejections."""

    def __init__(self, url: str | None, *, timeout: float) -> None:
        super().__init__(url=url, enable_selective_domain=True)
        self._timeout = timeout

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action of the call in `json`; return its events and responses."""
        try:
            with metrics.ACTION.time():
                async with async_timeout.timeout(self._timeout):
                    return await self._run(*args, **kwargs)
        except ClientResponseError as exc:
            if exc.status == REJECTED:
                raise
            return self._apologise(kwargs, exc)
        except Exception as exc:  # noqa: BLE001 - whatever went wrong, the person gets an answer
            return self._apologise(kwargs, exc)

    async def prepare(self) -> None:
        """Make ready what would keep the first message waiting."""

    async def _run(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    def _apologise(self, kwargs: dict[str, Any], exc: BaseException) -> dict[str, Any]:
        call = kwargs.get("json") or {}
        metrics.ACTION_FAILURES.inc()
        logger.error("action %s failed for %s: %s", call.get("next_action"), call.get("sender_id"), type(exc).__name__)
        return {key: list(value) for key, value in APOLOGY.items()}


class InProcessActions(_AnsweringEndpoint):
    """Runs the actions of the `actions` package here; a call costs no HTTP."""

    def __init__(self, *, timeout: float) -> None:
        super().__init__("in-process", timeout=timeout)
        self._executor = ActionExecutor()
        self._executor.register_package(ACTIONS_PACKAGE)

    async def prepare(self) -> None:
        """Read the knowledge that the actions draw on, off the event loop; raise StoreError when it cannot be read."""
        library = importlib.import_module(f"{ACTIONS_PACKAGE}.library")
        await asyncio.to_thread(library.knowledge)

    async def _run(self, *args: Any, **kwargs: Any) -> Any:
        call = kwargs["json"]
        try:
            return await self._executor.run(call)
        except ActionExecutionRejection as exc:
            body = json.dumps({"error": str(exc), "action_name": exc.action_name})
            raise ClientResponseError(REJECTED, "action rejected", body) from exc


class RemoteActions(_AnsweringEndpoint):
    """Runs the actions on a separate action server (`rasa run actions`)."""

    async def _run(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["headers"] = {**kwargs.get("headers", {}), HEADER: current_request_id()}
        return await super(_AnsweringEndpoint, self).request(*args, **kwargs)


def action_endpoint(url: str, *, timeout: float) -> InProcessActions | RemoteActions:
    """Return the endpoint for that address, or the in-process one where it is empty."""
    validate_results_quickly()
    return RemoteActions(url, timeout=timeout) if url else InProcessActions(timeout=timeout)
