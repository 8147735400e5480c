"""The server: one process with the model, the actions, the channels and the store.

It is Rasa's `serve_application` taken apart: the same Sanic app, channels and agent, but with our tracker store in
place of the fail-safe wrapper, actions in this process, no Rasa HTTP API, and a watch that stops an idle server.
"""

import asyncio
import contextlib
import ctypes
import gc
import logging
import time
from collections.abc import Callable
from typing import Any

from bot.errors import CoachError
from bot.observing.logs import configure_logs, route_structlog
from bot.runtime import lean
from bot.runtime.changes import stop_when_changed
from bot.runtime.settings import Settings
from bot.runtime.training import has_components_of_rasa, model_file

logger = logging.getLogger(__name__)

INTERNAL = 500
"""The least HTTP status that is not a client's fault."""
M_ARENA_MAX = -8
"""glibc's number for the limit on heaps (malloc.h)."""
GC_THRESHOLD = 20_000
"""How many new objects make a collection: some messages' worth."""
PURGE = "purge"
"""The name of the task that forgets who does not come back."""
IDLENESS = "idleness"
"""The name of the task that stops a server which nobody asks."""
IDLE_CHECK = 5.0
"""Seconds between two looks at whether anybody still asks."""


def serve(settings: Settings, *, started: Callable[[], None] = lambda: None, while_current: bool = False) -> None:
    """Serve until stopped, and call `started` when the first request is awaited; raise CoachError if it cannot be.

    With `while_current` it stops, too, when what it is made of has changed.
    """
    # Nothing of what is loaded goes again: looking for what might takes an eighth of the start.
    gc.disable()
    with contextlib.suppress(OSError, AttributeError):  # glibc alone has it
        # One heap for all threads: each of its own would keep what it once needed.
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
    components = has_components_of_rasa(settings)
    with lean.left_out(_unserved(settings, components=components)):
        lean.prepare()
        lean.import_served(components=components)
    configure_logs(form=settings.log_format, level=settings.log_level)
    route_structlog()
    app = create_app(settings)
    if while_current:
        stop_when_changed(app, settings)
    app.register_listener(lambda app, loop: started(), "after_server_start")
    logging.getLogger("sanic.error").addFilter(_is_unexplained)
    try:
        app.run(host=settings.host, port=settings.port, access_log=False, workers=1, debug=False, motd=False)
    except CoachError as exc:
        # On its way lies a coroutine that Sanic did not come to await: it goes now, for at the end it would be told of.
        raise exc.with_traceback(None) from None


def _unserved(settings: Settings, *, components: bool) -> list[str]:
    """Return the packages that this server has no use for, by its settings and by the components it is made of."""
    served = {
        "aio_pika": settings.event_broker_url, "redis": settings.redis_url, "slack_sdk": settings.slack_bot_token,
        "joblib": components, "sklearn": components,
    }  # fmt: skip
    return [name for name in lean.UNSERVED if not served.get(name)]


def _is_unexplained(record: logging.LogRecord) -> bool:
    """Tell whether a record of Sanic's is worth its stack.

    What we can explain is told in a sentence where it ends; what is a client's fault, to the client.
    """
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, CoachError) and getattr(error, "status_code", INTERNAL) >= INTERNAL


def create_app(settings: Settings) -> Any:
    """Return the Sanic app; it loads the model when it starts."""
    from rasa.core.channels.channel import register
    from sanic import Sanic

    from bot.channels.web import (
        WebChannel,
        configure_limits,
        install_error_handlers,
        root_blueprint,
        secret_of,
        trace_requests,
    )
    from bot.runtime.stopping import stop_gently

    app = Sanic("pmo_coach", configure_logging=False)
    configure_limits(app)
    install_error_handlers(app)
    trace_requests(app, trusted_proxies=settings.trusted_proxies)
    channel = WebChannel(settings, secret_of(settings))
    app.ctx.web = channel
    register([channel, *_slack(app, settings)], app, route="/webhooks/")
    app.blueprint(root_blueprint(settings))
    app.register_listener(lambda app, loop: _load(app, settings), "before_server_start")
    app.register_listener(lambda app, loop: _purge_daily(app, settings), "after_server_start")
    app.register_listener(_close, "after_server_stop")
    stop_gently(app, settings.drain_seconds)
    if settings.idle_seconds:
        _watch_idleness(app, settings.idle_seconds)
    return app


def _slack(app: Any, settings: Settings) -> list[Any]:
    """Return the channel for Slack where the settings ask for it; otherwise nothing of it is even imported."""
    if not settings.slack_bot_token:
        return []
    from bot.channels.slack import is_wanted
    from bot.runtime.slack import slack_channel

    if not is_wanted(settings):
        return []
    app.ctx.slack = slack_channel(settings)
    return [app.ctx.slack]


async def _load(app: Any, settings: Settings) -> None:
    from bot.nlu.knowledge import knowledge_folders
    from bot.runtime.action_endpoint import action_endpoint
    from bot.runtime.conversations import StoredConversations
    from bot.runtime.loading import load_agent
    from bot.runtime.lock_store import OpenLockStore, make_locks
    from bot.runtime.measuring import measure
    from bot.runtime.tracker_store import ConversationTrackerStore
    from bot.store import open_store, seed

    model = model_file(settings)
    if model is None:
        raise CoachError("There is no trained model: run `pmo-coach train`.")
    store = open_store(settings.database)
    store.migrate()
    seed(store, knowledge_folders(settings.content))
    trackers = ConversationTrackerStore(None, store)
    actions = action_endpoint(settings.actions_url, timeout=settings.actions_timeout)
    agent = await load_agent(model, action_endpoint=actions)
    await actions.prepare()
    trackers.domain = agent.domain
    # Rasa wraps every store so that it forgets quietly when the database fails; ours is to fail loudly.
    agent.tracker_store = trackers
    agent.processor.tracker_store = trackers
    # The channels lock each turn; what Rasa would lock once more, it would look at once a second.
    agent.lock_store = OpenLockStore()
    ahead = _quicken(agent.processor)
    measure(agent.processor)
    _settle_memory()
    trackers.event_broker = _event_stream(app, settings)
    app.ctx.agent, app.ctx.trackers, app.ctx.store = agent, trackers, store
    app.ctx.locks = make_locks(settings, store)
    app.ctx.conversations = StoredConversations(trackers, locks=app.ctx.locks, ahead=ahead)
    logger.info("PMO Coach is ready")


async def _purge_daily(app: Any, settings: Settings) -> None:
    from bot.runtime.retention import purge_daily

    app.add_task(purge_daily(app.ctx.trackers, settings.retention_days), name=PURGE)


def _event_stream(app: Any, settings: Settings) -> Any:
    """Return the started stream of events, None where the settings name no broker."""
    if not settings.event_broker_url:
        return None
    from bot.runtime.event_stream import EventStream

    app.ctx.stream = EventStream(settings.event_broker_url, with_text=settings.event_broker_text)
    app.ctx.stream.start()
    return app.ctx.stream


def _quicken(processor: Any) -> Any:
    """Let Rasa decide with less work, each part says with how much less; return what reads ahead, if the model can."""
    from rasa.core.policies.rule_policy import RulePolicy

    from bot.runtime.graph_runner import PlannedGraphRunner
    from bot.runtime.reading_ahead import read_ahead
    from bot.runtime.rule_index import RuleIndex
    from bot.runtime.savings import save_work, save_work_of_messages

    runner = processor.graph_runner = PlannedGraphRunner(processor.graph_runner)
    for policy in runner.components(RulePolicy):
        RuleIndex(policy).install()
    save_work(processor.domain)
    save_work_of_messages(processor)
    return read_ahead(processor, runner)


def _settle_memory() -> None:
    """Take what was loaded out of the collector's sight, and give back what loading it left over.

    The model and the knowledge live as long as the process: looking through them again and again costs a tenth of
    every message.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(GC_THRESHOLD)
    with contextlib.suppress(OSError, AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)


async def _close(app: Any, loop: asyncio.AbstractEventLoop) -> None:
    for name in (PURGE, IDLENESS):
        await app.cancel_task(name, raise_exception=False)
    await app.ctx.web.finish()
    if hasattr(app.ctx, "stream"):
        await app.ctx.stream.close()
    locks = getattr(app.ctx, "locks", None)
    if locks is not None:
        await locks.close()
    trackers = getattr(app.ctx, "trackers", None)
    if trackers is not None:
        trackers.close()


def _watch_idleness(app: Any, seconds: float) -> None:
    async def note(request: Any) -> None:
        app.ctx.last_request = time.monotonic()

    async def watch(app: Any) -> None:
        app.ctx.last_request = time.monotonic()  # from when it serves on: loading takes a while
        while time.monotonic() - app.ctx.last_request < seconds:
            # At the least a second: Sanic that is stopped while it starts can never be stopped again.
            await asyncio.sleep(min(IDLE_CHECK, max(seconds, 1.0)))
        app.stop()

    async def begin(app: Any, loop: asyncio.AbstractEventLoop) -> None:
        app.add_task(watch, name=IDLENESS)

    app.register_middleware(note, "request")
    app.register_listener(begin, "after_server_start")
