"""The widget under its two names, and the page's files."""

import gzip

import pytest

from bot.channels.files import widget_file
from tests.channels.web_server import WEB, WebServer

PINNED = f"{WEB}/widget.{widget_file().digest}.js"


@pytest.mark.parametrize(
    ("path", "caching"),
    [(f"{WEB}/widget.js", "no-cache"), (PINNED, "public, max-age=31536000, immutable")],
    ids=["by name", "pinned"],
)
def test_widget_may_be_loaded_by_any_site(shared: WebServer, path: str, caching: str) -> None:
    answer = shared.request("GET", path, origin="https://intranet.example")

    assert (answer.status, answer.body) == (200, widget_file().content)
    assert answer.headers["cache-control"] == caching
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_widget_is_not_sent_again_while_it_is_the_same(shared: WebServer) -> None:
    tag = shared.request("GET", f"{WEB}/widget.js").headers["etag"]

    again = shared.request("GET", f"{WEB}/widget.js", if_none_match=tag)

    assert (again.status, again.body) == (304, b"")
    assert shared.request("GET", f"{WEB}/widget.js", if_none_match='"other"').status == 200


def test_widget_is_sent_as_gzip_to_who_takes_it(shared: WebServer) -> None:
    answer = shared.request("GET", f"{WEB}/widget.js", accept_encoding="br, gzip")

    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == widget_file().content
    assert len(answer.body) <= 30_000


@pytest.mark.parametrize("name", ["widget.0000000000000000.js", "widget.js.map", "index.html", "widget.abc.js"])
def test_other_names_are_not_found(shared: WebServer, name: str) -> None:
    assert shared.request("GET", f"{WEB}/{name}").status == 404


def test_a_message_that_is_repeated_with_its_key_is_heard_once(server: WebServer) -> None:
    talk = server.talk()
    first = talk.send({"text": "hello"}, idempotency_key="k1")
    again = talk.send({"text": "hello"}, idempotency_key="k1")
    other = talk.send({"text": "hello"}, idempotency_key="k2")

    assert again.lines[:-1] == first.lines[:-1]
    assert other.lines[:-1] != first.lines[:-1]
    assert len(talk.heard) == 2


def test_a_key_belongs_to_its_conversation(server: WebServer) -> None:
    one, two = server.talk(), server.talk()
    one.send({"text": "hello"}, idempotency_key="k1")
    two.send({"text": "hello"}, idempotency_key="k1")

    assert (len(one.heard), len(two.heard)) == (1, 1)


@pytest.mark.parametrize(("length", "status"), [(64, 200), (65, 400)])
def test_a_key_that_is_too_long_to_be_kept_is_refused(server: WebServer, length: int, status: int) -> None:
    answer = server.talk().send({"text": "hello"}, idempotency_key="k" * length)

    assert answer.status == status
    assert len(server.rasa.heard) == (status == 200)
