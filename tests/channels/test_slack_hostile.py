"""What nobody should send, and what Slack does when it has had enough of us."""

import logging
import time

import pytest

from bot.channels import slack_connection
from bot.channels.slack import is_wanted
from bot.channels.slack_answering import FILES, TOO_LONG
from bot.channels.slack_app import library_logger
from bot.channels.slack_health import Health, reason_of
from bot.errors import SettingsError
from bot.records import Choice, Reply, SourceLink
from bot.runtime.settings import read_settings
from tests.channels.slack_place import Place
from tests.fakes.slack import BOT, BOT_USER, FakeSlack
from tests.fakes.slack_rules import words_of

ME = f"<@{BOT_USER}>"
BOTH = {"PMO_COACH_SLACK_BOT_TOKEN": "xoxb-1"}


def test_echoes_edits_deletes_and_strange_events_are_acknowledged_and_ignored(place: Place):
    slack = place.slack
    slack.invite("C1", "U1")
    told = [
        {"type": "message", "bot_id": BOT, "user": BOT_USER, "text": "echo"},
        {"type": "message", "bot_id": "B9", "subtype": "bot_message", "text": "another bot"},
        {"type": "message", "subtype": "message_changed", "message": {"text": "edited", "user": "U1"}},
        {"type": "message", "subtype": "message_deleted", "deleted_ts": "1.0"},
        {"type": "message", "subtype": "channel_join", "user": "U1", "text": "joined"},
        {"type": "reaction_added", "user": "U1"},
        {"type": "team_join", "user": {"id": "U1"}},
        {"type": "app_context_changed"},
        {},
    ]
    slack.deliver(
        *(slack.event({"channel": "D1", "channel_type": "im", "ts": slack.next_ts(), **each}) for each in told)
    )
    slack.deliver({"type": "event_callback"}, {"type": "shortcut"}, {"odd": 1}, kind="interactive")
    slack.say("U1", "done")

    slack.wait_for_answers("U1", 1)
    slack.wait_until_quiet()
    assert place.heard() == ["done"]


def test_forty_thousand_characters_are_answered_with_advice(place: Place):
    place.slack.say("U1", "x" * 40_000)

    assert place.slack.wait_for_answers("U1", 1)[0]["text"] == TOO_LONG
    assert place.heard() == []


def test_file_without_words_is_answered_and_one_with_words_is_read(place: Place):
    place.slack.say("U1", "", subtype="file_share", files=[{"id": "F1"}])
    place.slack.say("U1", "my CV", subtype="file_share", files=[{"id": "F1"}])

    answers = place.slack.wait_for_answers("U1", 2)
    assert [each["text"] for each in answers] == [FILES, "You said: my CV"]


@pytest.mark.parametrize("said", ["<!channel> & <@U123> <#C1|x> <!here>", "&lt;!channel&gt; &lt;@U123&gt;"])
def test_nothing_that_is_said_pings_anybody(place: Place, said):
    place.rasa.replies["pick"] = [
        Reply("<!channel> <@U123> & <!here>", choices=(Choice("<!channel> & <@U1>", "/x"),),
              sources=(SourceLink("s", "<!everyone>", "https://e.org/<!here>"),)),
    ]  # fmt: skip
    place.slack.invite("C1", "U1")
    place.slack.say("U1", f"{ME} {said}", "C1")
    place.slack.say("U1", f"{ME} pick", "C1")
    place.slack.wait(lambda: len(place.slack.posts("C1")) == 2)
    place.slack.click("U1", place.slack.posts("C1")[1], "<!channel>")
    place.slack.wait(lambda: len(place.slack.posts("C1")) == 3)
    place.slack.wait(lambda: place.slack.posts("C1")[1].get("edited"))

    for post in place.slack.posts("C1"):
        mrkdwn = post["text"] + words_of([b for b in post["blocks"] if b["type"] != "actions"])
        assert not any(sign in mrkdwn for sign in ("<!", "<@", "<#"))


def test_typed_command_of_rasa_is_text(place: Place):
    place.slack.say("U1", "/restart")

    place.slack.wait_for_answers("U1", 1)
    assert place.rasa.heard[0].parse_data is None
    assert place.rasa.heard[0].text != "/restart"


def test_scope_that_is_missing_is_told_by_name(caplog: pytest.LogCaptureFixture):
    with FakeSlack() as slack:
        slack.scopes.discard("connections:write")
        slack.refusal = ""
        with caplog.at_level(logging.ERROR):
            place = Place(slack)
            slack.wait_until_connected = lambda seconds=0: slack.wait(lambda: slack.calls["apps.connections.open"])
            with place:
                slack.wait(lambda: place.ready().get("reason", "").endswith("(missing_scope)"))


def test_revoked_token_is_told_once_and_health_recovers(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(slack_connection, "FIRST_WAIT", 0.05)
    with FakeSlack() as slack:
        slack.refusal = "token_revoked"
        with caplog.at_level(logging.WARNING), Place(slack) as place:
            slack.wait(lambda: slack.calls["auth.test"] >= 3)
            state = place.ready()
            assert (state["connected"], state["reason"]) == (
                False, "refused, because the token was revoked (token_revoked)")  # fmt: skip
            assert len([r for r in caplog.records if "revoked" in r.getMessage()]) == 1

            slack.refusal = None
            slack.wait_until_connected()
            slack.wait(lambda: place.ready()["connected"])
            slack.say("U1", "hello")
            slack.wait_for_answers("U1", 1)


def test_token_revoked_in_the_middle_of_a_talk_keeps_the_answer_for_a_better_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(slack_connection, "FIRST_WAIT", 0.05)
    monkeypatch.setattr("bot.channels.slack_desk.TEND_SECONDS", 0.1)
    with Place() as place:
        place.slack.refusal = "account_inactive"
        place.slack.say("U1", "hello")
        place.slack.wait(lambda: not place.ready()["connected"])
        assert "account_inactive" in place.ready()["reason"]
        assert place.slack.answers("U1") == []

        place.log.held.clear()  # as time would
        place.slack.refusal = None

        assert place.slack.wait_for_answers("U1", 1)[0]["text"] == "You said: hello"
        place.slack.wait(lambda: place.ready()["connected"])
        assert len(place.heard()) == 1


def test_slack_that_is_not_there_is_told_once(caplog: pytest.LogCaptureFixture):
    health = Health("socket")
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            health.down(ConnectionError("secret words"))
        health.up(5.0)
        health.down(TimeoutError())

    told = [record.getMessage().partition(". ")[0] for record in caplog.records]
    assert told == [f"Slack: Slack cannot be reached ({name})" for name in ("ConnectionError", "TimeoutError")]
    assert health.to_json()["last_ping"] == "1970-01-01T00:00:05.000Z"
    assert "secret" not in reason_of(ConnectionError("secret words"))


def test_libraries_log_nothing_that_people_wrote(caplog: pytest.LogCaptureFixture):
    logger = library_logger()
    with caplog.at_level(logging.CRITICAL):
        try:
            raise ValueError("my secret career")
        except ValueError:
            logger.critical("failed with %s", "my secret career", exc_info=True)

    assert "secret" not in caplog.text
    assert "ValueError" in caplog.text


def test_logs_of_a_talk_hold_no_words_of_it(place: Place, caplog: pytest.LogCaptureFixture):
    async def fail(message):
        raise ValueError(message.text)

    place.rasa.before = fail
    with caplog.at_level(logging.INFO):
        place.slack.say("U1", "my secret career")
        place.slack.wait_for_answers("U1", 1)
        time.sleep(0.1)

    assert "secret career" not in caplog.text


@pytest.mark.parametrize(
    ("given", "missing"),
    [(BOTH, "SLACK_APP_TOKEN"), (BOTH | {"PMO_COACH_SLACK_MODE": "http"}, "SLACK_SIGNING_SECRET")],
)
def test_half_of_the_settings_is_refused_by_name(given, missing):
    with pytest.raises(SettingsError, match=missing):
        is_wanted(read_settings(given))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, False),
        (BOTH | {"PMO_COACH_SLACK_APP_TOKEN": "xapp-1"}, True),
        (BOTH | {"PMO_COACH_SLACK_APP_TOKEN": "xapp-1", "PMO_COACH_IDLE_SECONDS": "60"}, False),
        (BOTH | {"PMO_COACH_SLACK_SIGNING_SECRET": "s", "PMO_COACH_SLACK_MODE": "http"}, True),
    ],
)
def test_slack_is_wanted_where_its_settings_are_whole(given, wanted):
    assert is_wanted(read_settings(given)) is wanted


@pytest.mark.parametrize(
    "given",
    [
        {"PMO_COACH_SLACK_BOT_TOKEN": "xapp-1"},
        {"PMO_COACH_SLACK_APP_TOKEN": "xoxb-1"},
        {"PMO_COACH_SLACK_MODE": "smoke"},
        {"PMO_COACH_SLACK_API": "slack.com"},
    ],
)
def test_setting_that_cannot_be_is_refused_without_its_value(given):
    (name,) = given
    with pytest.raises(SettingsError, match=name) as raised:
        read_settings(given)
    assert "xoxb-1" not in str(raised.value)
