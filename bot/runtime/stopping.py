"""Stopping: a server that is told to stop says so first, ends what it has begun, and only then goes.

On SIGTERM /ready turns 503 at once. For as long as the setting says the server still takes requests, so that a load
balancer can notice; then it takes no more, and goes when the turns under way have ended. A second signal ends the wait.
"""

import asyncio
import logging
from signal import SIGTERM
from typing import Any

from bot.channels.tracing import STOPPING

logger = logging.getLogger(__name__)


def stop_gently(app: Any, seconds: float) -> None:
    """Have the app stop so, waiting for that many seconds before it takes no more requests."""

    def begin() -> None:
        if getattr(app.ctx, STOPPING, False):
            app.stop()
            return
        setattr(app.ctx, STOPPING, True)
        logger.info("stopping in %g s", seconds)
        asyncio.get_running_loop().call_later(seconds, app.stop)

    async def listen(app: Any, loop: asyncio.AbstractEventLoop) -> None:
        loop.add_signal_handler(SIGTERM, begin)  # in place of Sanic's, which stops at once

    async def note(app: Any, loop: asyncio.AbstractEventLoop) -> None:
        setattr(app.ctx, STOPPING, True)

    app.register_listener(listen, "after_server_start")
    app.register_listener(note, "before_server_stop")
