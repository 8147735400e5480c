"""docs/openapi.yaml as JSON Schema; with nothing of ours, for the hooks of schemathesis in .venv-tools use it too."""

from typing import Any


def resolved(document: dict[str, Any], value: Any) -> Any:
    """Return a value of the document with its references replaced, and with `nullable` said as JSON Schema says it."""
    if isinstance(value, list):
        return [resolved(document, item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        found = document
        for name in value["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        return resolved(document, found)
    kept = {name: resolved(document, item) for name, item in value.items() if name != "nullable"}
    return {"anyOf": [{"type": "null"}, kept]} if value.get("nullable") else kept
