"""What a trained model reads in texts, without any server: `{"model", "texts"}` gives a list of parsed messages."""

import asyncio
from typing import Any

from benchmarks.workers import run_worker

KEPT = ("intent", "topic", "questions")


def work(job: Any) -> Any:
    """Return for each text its intent, topic and questions."""
    from bot.runtime import lean

    lean.prepare()
    from rasa.core.agent import Agent

    agent = Agent.load(model_path=job["model"])
    return asyncio.run(_read(agent, job["texts"]))


async def _read(agent: Any, texts: list[str]) -> list[dict[str, Any]]:
    return [_kept(await agent.parse_message(text)) for text in texts]


def _kept(parsed: dict[str, Any]) -> dict[str, Any]:
    return {key: parsed.get(key) for key in KEPT}


if __name__ == "__main__":
    run_worker(work)
