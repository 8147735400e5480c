"""Whether Slack can be reached: what /ready tells of it, and one line in the log when it changes."""

import logging
import time
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.channels.wire import iso_time

logger = logging.getLogger(__name__)

REVOKED = {
    "invalid_auth": "Slack does not know the token",
    "not_authed": "no token was sent",
    "token_revoked": "the token was revoked",
    "token_expired": "the token has expired",
    "account_inactive": "the app was removed from the workspace, or the workspace is gone",
    "not_allowed_token_type": "it is a token of another kind",
    "missing_scope": "the app lacks a scope: install it again with the manifest",
    "no_permission": "the app lacks a permission: install it again with the manifest",
    "app_uninstalled": "the app was removed from the workspace",
}


class Health:
    """What is known of the connection to Slack."""

    def __init__(self, mode: str) -> None:
        """Begin without a connection, in the mode `socket` or `http`."""
        self._mode = mode
        self.connected = False
        self.reason: str | None = "not connected yet"
        self.last_contact: float | None = None
        self._was_up = False

    @property
    def refused(self) -> bool:
        """True while Slack refuses us, so that there is no use in posting."""
        return self.reason is not None and self.reason.startswith("refused")

    def up(self, at: float | None = None) -> None:
        """Note that Slack answered."""
        if not self.connected or self.reason:
            logger.log(logging.WARNING if self._was_up else logging.INFO, "Slack: connected (%s mode)", self._mode)
            self._was_up = True
        self.connected, self.reason = True, None
        self.last_contact = max(self.last_contact or 0.0, time.time() if at is None else at)

    def recovered(self) -> None:
        """Note that Slack takes our token, again or for the first time."""
        if self.refused:
            self.reason = "Slack takes the token again"

    def reached(self) -> None:
        """Note that Slack took something: without a socket that is all there is to see of a connection."""
        if self._mode == "http":
            self.up()

    def down(self, error: BaseException | str) -> None:
        """Note that Slack cannot be reached or refuses us; the log gets a line when that is news."""
        reason = error if isinstance(error, str) else reason_of(error)
        if reason != self.reason:
            logger.error("Slack: %s. I keep trying; docs/slack.md says what to do.", reason)
        self.connected, self.reason = False, reason

    def closed(self) -> None:
        """Note that we hung up ourselves."""
        self.connected, self.reason = False, "the server is stopping"

    def to_json(self) -> dict[str, Any]:
        """Return what /ready shows."""
        shown: dict[str, Any] = {"mode": self._mode, "connected": self.connected}
        shown["last_ping"] = None if self.last_contact is None else iso_time(self.last_contact)
        return shown | ({"reason": self.reason} if self.reason else {})


def is_refusal(error: BaseException) -> bool:
    """Tell whether Slack refuses our token, as long as nobody changes something."""
    return isinstance(error, SlackApiError) and error_code(error) in REVOKED


def error_code(error: SlackApiError) -> str:
    """Return Slack's word for what went wrong; empty where it has none."""
    try:
        return str(error.response.get("error") or "")
    except (AttributeError, ValueError):
        return ""


def reason_of(error: BaseException) -> str:
    """Return why Slack cannot be reached, without anything that a person wrote."""
    if isinstance(error, SlackApiError):
        code = error_code(error)
        if code in REVOKED:
            return f"refused, because {REVOKED[code]} ({code})"
        return f"Slack answers with an error ({code or 'HTTP ' + str(getattr(error.response, 'status_code', '?'))})"
    return f"Slack cannot be reached ({type(error).__name__})"
