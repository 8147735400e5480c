"""Tokens open one conversation each; the secret behind them is made once, and kept from others."""

import base64
import json
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jwt
import pytest

from bot.channels.http_errors import RequestError
from bot.channels.tokens import DAY, Tokens, secret_of
from bot.errors import SettingsError
from bot.runtime.settings import Settings
from tests.channels.web_server import SECRET, WEB, Talk, WebServer

OTHER_SECRET = "another secret of the tests, as long as that"
LOOSE = 0o644


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    whole = {"sub": "web-1", "iat": now, "exp": now + DAY, "v": 1, **changed}
    return {name: value for name, value in whole.items() if value is not None}


def signed(secret: str = SECRET, algorithm: str = "HS256", **changed: Any) -> str:
    return jwt.encode(claims(**changed), secret, algorithm=algorithm)


def unsigned(header: Any, **changed: Any) -> str:
    parts = [json.dumps(header).encode(), json.dumps(claims(**changed)).encode(), b""]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def test_token_names_its_conversation() -> None:
    tokens = Tokens(SECRET, days=30)

    token = tokens.issue("web-1")

    assert tokens.read(token.text) == "web-1"
    assert token.expires == pytest.approx(time.time() + 30 * DAY, abs=5)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(signed(OTHER_SECRET), id="another secret"),
        pytest.param(signed(algorithm="HS512", secret=SECRET * 2), id="another algorithm"),
        pytest.param(unsigned({"alg": "none", "typ": "JWT"}), id="algorithm none"),
        pytest.param(unsigned({"alg": "HS256", "typ": "JWT"}), id="no signature"),
        pytest.param(signed(v=2), id="another version"),
        pytest.param(signed(v=None), id="no version"),
        pytest.param(signed(exp=None), id="no end"),
        pytest.param(signed(sub=None), id="no conversation"),
        pytest.param(signed(sub=""), id="empty conversation"),
        pytest.param(signed()[:-2], id="cut off"),
        pytest.param("", id="empty"),
        pytest.param("a.b.c", id="nonsense"),
        pytest.param("t\u00f6ken", id="not ASCII"),
        pytest.param(base64.urlsafe_b64encode(b"[" * 3000).decode() + ".e30.", id="deep nesting"),
    ],
)
def test_other_tokens_are_invalid(token: str) -> None:
    with pytest.raises(RequestError) as refused:
        Tokens(SECRET, days=1).read(token)

    assert (refused.value.status, refused.value.code) == (401, "token_invalid")


def test_tokens_of_the_old_secret_are_still_read_and_new_ones_are_signed_anew() -> None:
    before = Tokens(OTHER_SECRET, days=1).issue("web-1").text
    rotated = Tokens(SECRET, days=1, old=OTHER_SECRET)

    assert rotated.read(before) == "web-1"
    assert Tokens(SECRET, days=1).read(rotated.issue("web-2").text) == "web-2"
    with pytest.raises(RequestError) as refused:
        Tokens(SECRET, days=1).read(before)
    assert refused.value.code == "token_invalid"


def test_the_old_secret_accepts_no_more_than_the_new_one() -> None:
    rotated = Tokens(SECRET, days=1, old=OTHER_SECRET)
    expired = signed(OTHER_SECRET, exp=int(time.time()) - DAY)
    for token, code in ((expired, "token_expired"), (signed("x" * 40), "token_invalid"), ("a.b.c", "token_invalid")):
        with pytest.raises(RequestError) as refused:
            rotated.read(token)
        assert refused.value.code == code


def test_a_server_accepts_conversations_of_the_secret_before() -> None:
    with WebServer(secret_old=OTHER_SECRET) as server:
        talk = server.talk()
        older = Tokens(OTHER_SECRET, days=1).issue(talk.id).text
        assert server.request("GET", f"{WEB}/history", token=older).status == 200


def test_token_stays_valid_when_the_clock_is_set_back() -> None:
    tomorrow = int(time.time()) + DAY

    assert Tokens(SECRET, days=1).read(signed(iat=tomorrow, exp=tomorrow + DAY)) == "web-1"


def test_token_expires() -> None:
    with pytest.raises(RequestError) as refused:
        Tokens(SECRET, days=1).read(signed(exp=int(time.time()) - 60))

    assert (refused.value.status, refused.value.code) == (401, "token_expired")


def test_token_that_was_read_before_expires_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, token = Tokens(SECRET, days=1), signed(exp=int(time.time()) + DAY)
    assert tokens.read(token) == tokens.read(token)

    monkeypatch.setattr(time, "time", lambda: float(2**33))

    with pytest.raises(RequestError) as refused:
        tokens.read(token)
    assert refused.value.code == "token_expired"


def test_a_changed_conversation_breaks_the_signature(talk: Talk) -> None:
    head, _, signature = talk.token.split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims(sub="web-2")).encode()).rstrip(b"=").decode()

    answer = talk.server.request("GET", f"{WEB}/history", token=f"{head}.{body}.{signature}")

    assert (answer.status, answer.code) == (401, "token_invalid")


def test_a_token_opens_its_own_conversation_only(shared: WebServer) -> None:
    mine, other = shared.talk(), shared.talk()
    mine.say("my secret")

    assert other.history().json["messages"] == []


@pytest.mark.parametrize("route", [("POST", "message"), ("GET", "history"), ("DELETE", "history")], ids=" ".join)
@pytest.mark.parametrize(
    ("header", "code"),
    [
        pytest.param("", "token_missing", id="none"),
        pytest.param("Bearer", "token_missing", id="scheme alone"),
        pytest.param("Basic dXNlcjpwYXNz", "token_missing", id="another scheme"),
        pytest.param("Bearer a b", "token_missing", id="two"),
        pytest.param("Bearer nonsense", "token_invalid", id="nonsense"),
        pytest.param("Bearer n\u00f6nsense", "token_invalid", id="not ASCII"),
        pytest.param(f"Bearer {signed(sub='web-never-opened')}", "conversation_unknown", id="of no conversation"),
    ],
)
def test_routes_ask_for_a_token(shared: WebServer, route: tuple[str, str], header: str, code: str) -> None:
    body = {"text": "hello"} if route == ("POST", "message") else None
    answer = shared.request(route[0], f"{WEB}/{route[1]}", body, **({"authorization": header} if header else {}))

    assert (answer.status, answer.code) == (401, code)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_scheme_is_known_in_any_spelling(talk: Talk) -> None:
    assert talk.server.request("GET", f"{WEB}/history", authorization=f"bearer  {talk.token}").status == 200


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_secret_of_the_settings_is_taken(tmp_path: Path) -> None:
    assert secret_of(Settings(var=tmp_path / "var", secret=SECRET)) == SECRET
    assert not (tmp_path / "var").exists()


def test_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path / "deep" / "var")

    secret = secret_of(settings)

    assert len(secret) == 64
    assert secret_of(settings) == secret
    assert [(path.name, mode(path)) for path in settings.var.iterdir()] == [("secret", 0o600)]


def test_servers_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path)
    with ThreadPoolExecutor(16) as threads:
        found = set(threads.map(lambda _: secret_of(settings), range(64)))

    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_loose_permissions_are_tightened(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(SECRET + "\n")
    path.chmod(LOOSE)

    assert secret_of(Settings(var=tmp_path)) == SECRET
    assert mode(path) == 0o600


def test_short_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("short\n")

    with pytest.raises(SettingsError, match=r"shorter than 32 characters.*PMO_COACH_SECRET"):
        secret_of(Settings(var=tmp_path))


def test_unreadable_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()

    with pytest.raises(SettingsError, match=r"Is a directory.*PMO_COACH_SECRET"):
        secret_of(Settings(var=tmp_path))


def test_secret_that_points_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").symlink_to(tmp_path / "gone")

    with pytest.raises(SettingsError, match="No such file or directory"):
        secret_of(Settings(var=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_secret_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff" * 40)

    with pytest.raises(SettingsError, match="cannot be made or read"):
        secret_of(Settings(var=tmp_path))


def test_secret_cannot_be_made_where_var_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")

    with pytest.raises(SettingsError, match="cannot be made or read"):
        secret_of(Settings(var=tmp_path / "var"))


def test_an_offered_choice_of_no_conversation_asks_for_a_token(shared: WebServer) -> None:
    header = f"Bearer {signed(sub='web-never-opened')}"

    answer = shared.request("POST", f"{WEB}/message", {"payload": "/ask_why"}, authorization=header)

    assert (answer.status, answer.code) == (401, "conversation_unknown")
