"""Checks that what an entry refers to exists, and that no certification needs itself."""

from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter

from bot.content.entries import Entry, Library
from bot.content.problems import Problem, suggest

SKILLS = ("assess_level", "builder_or_grower", "next_qualification", "plan")
"""What a topic may offer next beside entries: the skills that a choice can start."""

_NEXT_KINDS = {
    "level": "levels",
    "certification": "certifications",
    "role": "roles",
    "kind": "kinds",
    "function": "functions",
}


def reference_problems(library: Library) -> Iterator[Problem]:
    """Yield a problem for each reference to an entry that is not there."""
    for entry in library:
        yield from _unknown(library, entry, "sources", entry.data.get("sources"), "sources")
        if entry.kind == "levels":
            yield from _unknown(library, entry, "certifications", entry.data.get("certifications"), "certifications")
        elif entry.kind == "functions":
            yield from _unknown(library, entry, "groups", [entry.data["group"]], "group")
        elif entry.kind == "certifications":
            yield from _certification_problems(library, entry)
        elif entry.kind == "topics":
            yield from _next_problems(library, entry)
        elif entry.kind == "questionnaire":
            for number, item in enumerate(entry.data["items"]):
                yield from _unknown(library, entry, "sources", item["sources"], "items", number, "sources")


def _unknown(library: Library, entry: Entry, kind: str, keys: list[str] | None, *path: str | int) -> Iterator[Problem]:
    """Yield a problem for each key that no entry of that kind has; `path` leads to the keys, or to the only one."""
    known = library.keys(kind)
    for number, key in enumerate(keys or ()):
        if key not in known:
            text = f"{entry.name} refers to '{key}', which is none of the {kind}{suggest(key, known)}"
            yield entry.problem(text, *path, number)


def _certification_problems(library: Library, entry: Entry) -> Iterator[Problem]:
    """Yield the dangling references of a certification: body, prerequisites, successors, sources of facts."""
    body = entry.data.get("body")
    yield from _unknown(library, entry, "bodies", [body] if body else [], "body")
    yield from _unknown(library, entry, "certifications", entry.data.get("successors"), "successors")
    for number, needed in enumerate(entry.data.get("prerequisites") or ()):
        path = ("prerequisites", number, "certification")
        yield from _unknown(library, entry, "certifications", [needed["certification"]], *path)
    for number, fact in enumerate(entry.data.get("facts") or ()):
        yield from _unknown(library, entry, "sources", fact["sources"], "facts", number, "sources")


def _next_problems(library: Library, entry: Entry) -> Iterator[Problem]:
    """Yield a problem for each thing that a topic offers next and that is not there."""
    for number, reference in enumerate(entry.data.get("next") or ()):
        prefix, colon, key = reference.rpartition(":")
        known: Collection[str] = ()
        if not colon:
            known = library.keys("topics")
        elif prefix in _NEXT_KINDS:
            known = library.keys(_NEXT_KINDS[prefix])
        elif prefix == "insight":
            known = [str(insight.data["number"]) for insight in library.of("insights")]
        elif prefix == "skill":
            known = SKILLS
        else:
            kinds = sorted((*_NEXT_KINDS, "insight", "skill"))
            yield entry.problem(f"'{reference}' begins with none of {', '.join(kinds)}", "next", number)
            continue
        if key not in known:
            yield entry.problem(f"'{reference}' leads nowhere{suggest(key, known)}", "next", number)


def cycle_problems(library: Library) -> Iterator[Problem]:
    """Yield a problem for each ring of certifications that ask for, or succeed, one another."""
    asked: dict[str, list[str]] = {}
    succeeded: dict[str, list[str]] = {}
    for entry in library.of("certifications"):
        asked[entry.key] = [needed["certification"] for needed in entry.data.get("prerequisites") or ()]
        succeeded[entry.key] = list(entry.data.get("successors") or ())
    for ring in _rings(asked):
        yield _ring_problem(library, ring, "prerequisites", "the prerequisites go round in a ring")
    for ring in _rings(succeeded):
        yield _ring_problem(library, ring, "successors", "the successors go round in a ring")


def _ring_problem(library: Library, ring: list[str], path: str, text: str) -> Problem:
    """Return the problem of a ring, at its first certification."""
    return library.entries["certifications"][ring[0]].problem(f"{text}: {' -> '.join(ring)}", path)


def _rings(edges: dict[str, list[str]]) -> Iterator[list[str]]:
    """Yield the rings of the graph, each from a node back to it, cutting each open to find the next."""
    while True:
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as exc:
            ring: list[str] = exc.args[1][::-1]
            yield ring
            edges[ring[0]] = [node for node in edges[ring[0]] if node != ring[1]]
        else:
            return
