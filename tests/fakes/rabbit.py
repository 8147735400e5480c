"""A real RabbitMQ, on loopback, with a data folder of its own; it can be stopped and started again."""

import json
import os
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import aio_pika

from tests.coach import free_port

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
CONFIG = """
listeners.tcp.1 = 127.0.0.1:{port}
loopback_users = none
log.console = true
log.console.level = warning
log.file = false
"""
START_SECONDS = 90.0


class Rabbit:
    """The node runs while its `with` block lasts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.epmd_port = folder, free_port(), free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        (folder / "rabbitmq.conf").write_text(CONFIG.format(port=self.port))
        (folder / "plugins").write_text("[].\n")
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("RABBITMQ_")},
            "HOME": str(folder),
            "ERL_EPMD_PORT": str(self.epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"coach{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 -kernel inet_dist_use_interface {127,0,0,1}",
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> "Rabbit":
        try:
            epmd = ["epmd", "-port", str(self.epmd_port), "-address", "127.0.0.1"]
            self.epmd = subprocess.Popen(epmd, env=self.environment)
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *details: object) -> None:
        self.stop()
        self.epmd.terminate()
        self.epmd.wait(10)

    def start(self) -> None:
        """Start the node and wait until it takes connections."""
        with (self.folder / "server.log").open("ab") as log:
            self.process: subprocess.Popen[bytes] | None = subprocess.Popen(
                [SERVER], env=self.environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1) as probe:
                    probe.sendall(b"AMQP\0\0\x09\x01")
                    if probe.recv(1):
                        return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError((self.folder / "server.log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """Stop the node; what its queues hold stays."""
        process, self.process = getattr(self, "process", None), None
        if process is not None:
            process.terminate()
            process.wait(60)

    async def take_turns(self, queue: str, turns: int, *, seconds: float = 60.0) -> list[dict[str, Any]]:
        """Take events from the queue, in order, until so many turns ended with the coach listening."""
        taken: list[dict[str, Any]] = []
        deadline = time.monotonic() + seconds
        connection = await aio_pika.connect(self.url)
        async with connection:
            channel = await connection.channel()
            source = await channel.declare_queue(queue, durable=True)
            while _turns(taken) < turns and time.monotonic() < deadline:
                message = await source.get(timeout=5, fail=False)
                if message is not None:
                    await message.ack()
                    taken.append(json.loads(message.body))
        return taken


def _turns(events: list[dict[str, Any]]) -> int:
    """Count what people said and was dealt with."""
    said = [place for place, event in enumerate(events) if event["event"] == "user"]
    return sum(any(event.get("name") == "action_listen" for event in events[place:]) for place in said)
