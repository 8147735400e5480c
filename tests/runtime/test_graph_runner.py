"""The planned runner gives what Rasa's gives: the same nodes, each after what feeds it, with the same errors."""

from typing import Any

import pytest
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from bot.runtime.graph_runner import PlannedGraphRunner


class Joiner(GraphComponent):
    """Writes down its own name and what it was fed."""

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def create(cls, config: Any, model_storage: Any, resource: Any, execution_context: ExecutionContext) -> "Joiner":
        return cls(str(execution_context.node_name))

    def join(self, one: str = "", other: str = "") -> str:
        return f"{self.name}({one},{other})"

    def fail(self, one: str = "") -> str:
        raise ValueError(one)


def a_node(fn: str = "join", **needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Joiner, constructor_name="create", fn=fn, config={})


def a_diamond() -> GraphSchema:
    return GraphSchema({
        "end": a_node(one="left", other="right"), "right": a_node(one="start"), "left": a_node(one="start"),
        "start": a_node(one="__message__"), "unasked": a_node("fail", one="__tracker__"),
    })  # fmt: skip


def runners(schema: GraphSchema) -> tuple[DaskGraphRunner, PlannedGraphRunner]:
    loaded = DaskGraphRunner(schema, None, ExecutionContext(schema))  # type: ignore[arg-type]
    return loaded, PlannedGraphRunner(loaded)


@pytest.mark.parametrize("targets", [["end"], ["left", "right"], ["start"], ["right", "end"]], ids=str)
def test_run_gives_what_dask_gives(targets: list[str]) -> None:
    loaded, planned = runners(a_diamond())

    for message in ("first", "second"):
        assert planned.run({"__message__": message}, targets) == loaded.run({"__message__": message}, targets)


def test_run_of_the_diamond_feeds_each_node_with_what_it_needs() -> None:
    planned = runners(a_diamond())[1]

    assert planned.run({"__message__": "m"}, ["end"]) == {"end": "end(left(start(m,),),right(start(m,),))"}


def test_run_leaves_out_what_no_target_needs() -> None:
    assert runners(a_diamond())[1].run({"__message__": "m"}, ["start"]) == {"start": "start(m,)"}


def test_an_input_that_is_missing_is_an_error_with_both() -> None:
    for runner in runners(a_diamond()):
        with pytest.raises(GraphRunError, match="Missing input"):
            runner.run({}, ["start"])


def test_an_input_with_a_nodes_name_is_an_error() -> None:
    with pytest.raises(GraphRunError, match="start"):
        runners(a_diamond())[1].run({"__message__": "m", "start": "x"}, ["end"])


def test_a_node_that_fails_is_an_error_with_both() -> None:
    for runner in runners(a_diamond()):
        with pytest.raises(GraphComponentException):
            runner.run({"__tracker__": "t"}, ["unasked"])
