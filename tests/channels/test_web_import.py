"""An export comes back through the door: as JSON of a size, of one's own conversation, and refused in a sentence."""

from typing import Any

import pytest

from tests.channels.web_server import WEB, Response, Talk


def bring_back(talk: Talk, body: Any, **headers: str) -> Response:
    return talk.server.request("POST", f"{WEB}/import", body, token=talk.token, **headers)


def test_plans_that_come_back_are_counted(talk: Talk) -> None:
    answer = bring_back(talk, {"v": 1, "plans": [{}, {}]})

    assert (answer.status, answer.json) == (200, {"v": 1, "plans": 2})


def test_what_has_no_plans_is_refused_in_a_sentence(talk: Talk) -> None:
    answer = bring_back(talk, {"v": 1})

    assert (answer.status, answer.code) == (422, "no_plans")
    assert answer.json["error"]["text"] == "There is no plan in it."


@pytest.mark.parametrize(("body", "status"), [
    (b"", 400), (b"{", 400), (b'{"plans": NaN}', 400), (b'{"plans": [], "plans": []}', 400), (b"[" * 9_000, 400),
    (b"\xff", 400), (b'{"plans": [' + b" " * 17_000 + b"]}", 413),
], ids=["empty", "cut off", "no JSON number", "twice", "deep", "no UTF-8", "large"])  # fmt: skip
def test_what_is_no_json_of_a_size_is_refused(talk: Talk, body: bytes, status: int) -> None:
    assert bring_back(talk, body, **{"Content-Type": "application/json"}).status == status


def test_another_type_is_refused(talk: Talk) -> None:
    assert bring_back(talk, b'{"plans": []}', **{"Content-Type": "text/plain"}).status == 415


def test_nobody_imports_without_a_key(talk: Talk) -> None:
    assert talk.server.request("POST", f"{WEB}/import", {"plans": []}).status == 401
