"""The runner of the prediction graph: Rasa's own nodes, called one after the other.

Rasa hands the graph to dask, which orders it, keeps accounts of every node and looks for work to share out, for each of
the three runs that a message takes; and then runs it on one thread all the same. The order depends on nothing but the
graph and what is asked of it, so here it is made once and kept.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphComponent, GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner

Component = TypeVar("Component", bound=GraphComponent)
Plan = tuple[tuple[str, GraphNode, tuple[str, ...]], ...]
"""Nodes in the order in which they are to run: each with its name and the names of what it is fed."""


class PlannedGraphRunner(DaskGraphRunner):
    """Gives what Rasa's runner gives, without asking dask for the order each time."""

    def __init__(self, loaded: GraphRunner) -> None:
        """Run the nodes that the other runner, which Rasa makes for a model, has loaded."""
        assert isinstance(loaded, DaskGraphRunner)
        self._graph_schema = loaded._graph_schema
        self._instantiated_nodes = loaded._instantiated_nodes
        self._execution_context = loaded._execution_context
        self._plans: dict[tuple[str, ...], Plan] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Return the output of each target; raise GraphRunError when a node has the name of an input."""
        wanted = tuple(targets or self._graph_schema.target_names)
        plan = self._plans.get(wanted)
        if plan is None:
            plan = self._plans[wanted] = self._plan(wanted)
        outputs = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, node, feeds in plan:
            if name in outputs:
                raise GraphRunError(f"The input {name!r} has the name of a node.")
            # A name that nobody provides goes in as it is, as with dask: the node says what it misses.
            outputs[name] = node(*(outputs.get(feed, feed) for feed in feeds))
        return dict(outputs[name] for name in wanted)

    def components(self, kind: type[Component]) -> list[Component]:
        """Return the loaded components of that kind."""
        loaded = (node._component for node in self._instantiated_nodes.values())
        return [component for component in loaded if isinstance(component, kind)]

    def _plan(self, targets: tuple[str, ...]) -> Plan:
        schema = self._graph_schema.minimal_graph_schema(list(targets))
        return tuple(
            (name, self._instantiated_nodes[name], tuple(schema.nodes[name].needs.values()))
            for name in _in_order(schema, targets)
        )


def _in_order(schema: GraphSchema, targets: Iterable[str]) -> Iterator[str]:
    """Yield the nodes that the targets need, each after all that feed it."""
    done: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name in done or name not in schema.nodes:
            return
        done.add(name)
        for feed in schema.nodes[name].needs.values():
            yield from visit(feed)
        yield name

    for target in targets:
        yield from visit(target)
