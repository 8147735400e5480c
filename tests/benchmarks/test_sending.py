"""The texts that are sent, the draw of the public sets, and the client process against a small server of our own."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path
from typing import Any, ClassVar

import pytest

from benchmarks.measures.forms import FORMS, form_talks
from benchmarks.measures.long_talk import _script, _window
from benchmarks.messages import HELD_OUT, OUT_OF_SCOPE, read_utterances, talks_of, varied
from benchmarks.records import BenchmarkError, NotMeasuredError
from benchmarks.sets import draw, read_banking, read_clinc
from benchmarks.talking import Protocol, answers, hold_talks


def test_varied_never_says_the_same_twice() -> None:
    actual = varied(["a", "b", "c", "a"], 40)

    assert len(set(actual)) == 40
    assert sorted(actual[:3]) == ["a", "b", "c"]
    assert actual == varied(["a", "b", "c"], 40)


def test_talks_have_so_many_turns() -> None:
    assert talks_of(["a", "b", "c"], 2) == [["a", "b"], ["c"]]


def test_form_talks_put_a_question_after_each_answer() -> None:
    talks = form_talks((f"question {number}" for number in range(100)), 40)

    assert [talk[0] for talk in talks] == [FORMS[number % len(FORMS)][0] for number in range(len(talks))]
    assert all(talk[1::2] == list(form[1:]) for talk, form in zip(talks, cycle(FORMS), strict=False))
    asked = [text for talk in talks for text in talk[2::2]]
    assert len(asked) == len(set(asked))
    assert sum(map(len, talks)) >= 40


def test_held_out_files_are_as_large_as_promised() -> None:
    assert len(read_utterances(HELD_OUT)) >= 400
    assert len(read_utterances(OUT_OF_SCOPE)) >= 150
    with pytest.raises(NotMeasuredError, match="is not there"):
        read_utterances(Path("nowhere.yml"))


def test_long_talk_says_the_early_window_again_in_other_words() -> None:
    texts = [f"text {number}" for number in range(405)]

    script = _script(texts, 400)

    assert len(script) == 405
    assert script[_window(10)] == texts[4:15]
    assert script[_window(400)] == [f"{text} thanks" for text in texts[4:15]]
    assert script[3] == script[393] == "stop"
    assert len(set(script)) == 404


def test_draw_is_the_same_every_time_and_ten_an_intent() -> None:
    train = [(f"{intent} {number}", intent) for intent in "xy" for number in range(30)]

    one, other = (draw(train, train, ["a", "b"]) for _ in range(2))

    assert one == other
    assert [intent for _, intent in one.train] == ["x"] * 10 + ["y"] * 10
    assert len(one.test) == 60
    assert sorted(one.outside) == ["a", "b"]


def test_public_sets_are_read_from_their_files(tmp_path: Path) -> None:
    # GIVEN both sets, small
    pairs = [[f"text {number}", "an_intent"] for number in range(12)]
    (tmp_path / "clinc150").mkdir()
    (tmp_path / "banking77").mkdir()
    data = {"train": pairs, "test": pairs, "oos_test": [["else", "oos"]]}
    (tmp_path / "clinc150" / "data_full.json").write_text(json.dumps(data), encoding="utf-8")
    rows = "text,category\n" + "".join(f'"a, {text}",{intent}\n' for text, intent in pairs)
    for name in ("train.csv", "test.csv"):
        (tmp_path / "banking77" / name).write_text(rows, encoding="utf-8")

    # THEN
    assert read_clinc(tmp_path).outside == ("else",)
    assert len(read_clinc(tmp_path).train) == 10
    assert all(text.startswith("a, text") for text, _ in read_banking(tmp_path).test)


@pytest.mark.parametrize("read", [read_clinc, read_banking], ids=["clinc", "banking"])
def test_a_missing_set_is_left_out(read: Any, tmp_path: Path) -> None:
    with pytest.raises(NotMeasuredError, match="is not there"):
        read(tmp_path)


class Handler(BaseHTTPRequestHandler):
    """Answers as the coach and as Rasa's REST channel; the text "fail" is an error."""

    said: ClassVar[list[str]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or "{}")
        text = body.get("text") or body.get("message") or ""
        self.said.append(text)
        if self.path.endswith("/session"):
            self._answer(201, {"conversation": "1", "token": "t"})
        elif self.path.startswith("/webhooks/web/"):
            assert self.headers["Authorization"] == "Bearer t"
            self._answer(200, {"type": "error" if text == "fail" else "done"})
        else:
            self._answer(500 if text == "fail" else 200, [])

    def _answer(self, status: int, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    class Said(Handler):
        said: ClassVar[list[str]] = []

    with ThreadingHTTPServer(("127.0.0.1", 0), Said) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", Said.said
        running.shutdown()
        thread.join()


@pytest.mark.parametrize("protocol", list(Protocol), ids=lambda protocol: protocol.value)
def test_talks_are_held_and_timed(protocol: Protocol, server: tuple[str, list[str]]) -> None:
    url, said = server
    told: list[str] = []

    talks = hold_talks(protocol, url, [["a", "b"] * 5, ["c"]], told.append, people=2)

    assert sorted(text for text in said if text) == ["a"] * 5 + ["b"] * 5 + ["c"]
    assert [len(times) for times in talks.times] == [10, 1]
    assert all(milliseconds > 0 for milliseconds in talks.all_times)
    assert talks.seconds > 0
    assert told == ["10 of 11 messages"]


@pytest.mark.parametrize("protocol", list(Protocol), ids=lambda protocol: protocol.value)
def test_a_message_that_is_not_answered_ends_the_talks(protocol: Protocol, server: tuple[str, list[str]]) -> None:
    with pytest.raises(BenchmarkError, match="a message was answered with"):
        hold_talks(protocol, server[0], [["a", "fail"]], lambda text: None)


@pytest.mark.parametrize("protocol", list(Protocol), ids=lambda protocol: protocol.value)
def test_answers_tells_whether_a_server_is_there(protocol: Protocol, server: tuple[str, list[str]]) -> None:
    assert answers(protocol, server[0], "a")
    assert not answers(protocol, server[0], "fail")
    assert not answers(protocol, "http://127.0.0.1:9", "a")
