"""Settings: every variable is validated, listed and documented; a typo does not pass for a default."""

from dataclasses import fields

import pytest

from bot.cli import main
from bot.errors import SettingsError
from bot.runtime.settings import Settings, describe, read_settings


def test_defaults_need_no_environment():
    settings = read_settings({})
    assert (settings.host, settings.port) == ("127.0.0.1", 5005)
    assert settings.database.startswith("sqlite:///")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("DATABASE_URL", "mysql://x/y"),
        ("REDIS_URL", "localhost:6379"),
        ("REDIS_URL", "http://localhost:6379"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis://localhost:port"),
        ("REDIS_URL", "redis://localhost/name"),
        ("SECRET", "short"),
        ("ORIGINS", "intranet.example"),
        ("ORIGINS", "https://intranet.example/path"),
        ("CONTENT", "/no/such/folder"),
        ("ACTIONS_TIMEOUT", "-1"),
        ("IDLE_SECONDS", "inf"),
        ("LOG_LEVEL", "LOUD"),
        ("RATE_ADDRESS", "0"),
        ("DRAIN_SECONDS", "-1"),
        ("LOG_FORMAT", "xml"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "9" * 5000),
        ("TOKEN_DAYS", "99999999"),
        ("RETENTION_DAYS", "99999999"),
        ("ACTIONS_URL", "localhost:5055"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name, value):
    with pytest.raises(SettingsError, match=f"PMO_COACH_{name}"):
        read_settings({f"PMO_COACH_{name}": value})


@pytest.mark.parametrize(
    ("name", "value", "limit"),
    [
        ("RATE_CONVERSATION", "1000000000", "from 1 to 999,999,999"),
        ("RATE_ADDRESS", "99999999999", "from 1 to 999,999,999"),
        ("TRUSTED_PROXIES", "1000000000", "from 0 to 999,999,999"),
        ("PORT", "65536", "from 1 to 65,535"),
        ("TOKEN_DAYS", "36501", "from 1 to 36,500"),
        ("ACTIONS_TIMEOUT", "1e10", "above 0 and up to 999,999,999"),
        ("DRAIN_SECONDS", "inf", "from 0 to 999,999,999"),
    ],
)
def test_what_is_too_large_is_told_the_limit(name, value, limit):
    with pytest.raises(SettingsError, match=f"PMO_COACH_{name} cannot be {value}: a .*number .*{limit} is needed"):
        read_settings({f"PMO_COACH_{name}": value})


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("RATE_CONVERSATION", "999999999", 999_999_999),
        ("PORT", "65535", 65_535),
        ("LOG_LEVEL", "info", "INFO"),
        ("LOG_FORMAT", "JSON", "json"),
        ("EVENT_BROKER_TEXT", "Yes", True),
        ("EVENT_BROKER_TEXT", "no", False),
        ("ACTIONS_URL", "http://localhost:5055/webhook", "http://localhost:5055/webhook"),
    ],
)
def test_a_value_is_read_as_what_it_stands_for(name, value, read):
    assert getattr(read_settings({f"PMO_COACH_{name}": value}), name.lower()) == read


@pytest.mark.parametrize("name", ["PORT", "TOKEN_DAYS", "RATE_ADDRESS", "ACTIONS_TIMEOUT", "DRAIN_SECONDS"])
def test_what_is_no_number_is_told_in_words(name):
    with pytest.raises(SettingsError, match=f"PMO_COACH_{name} cannot be soon: a .*number") as refused:
        read_settings({f"PMO_COACH_{name}": "soon"})
    assert "literal" not in str(refused.value)


def test_a_secret_may_lie_in_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("s" * 40 + "\n")
    assert read_settings({"PMO_COACH_SECRET_FILE": str(file)}).secret == "s" * 40


@pytest.mark.parametrize(
    ("environment", "problem"),
    [
        ({"PMO_COACH_SECRET_FILE": "/no/such/file"}, "PMO_COACH_SECRET_FILE cannot be read"),
        ({"PMO_COACH_SECRET_FILE": "/dev/null", "PMO_COACH_SECRET": "s" * 40}, "both set"),
        ({"PMO_COACH_PORT_FILE": "/dev/null"}, "PMO_COACH_PORT_FILE is no setting"),
    ],
)
def test_a_secret_file_that_cannot_be_used_is_refused(environment, problem):
    with pytest.raises(SettingsError, match=problem):
        read_settings(environment)


def test_a_secret_of_a_file_is_checked_and_not_shown(tmp_path):
    file = tmp_path / "secret"
    file.write_text("Zanzibar")
    with pytest.raises(SettingsError, match="PMO_COACH_SECRET cannot be that") as refused:
        read_settings({"PMO_COACH_SECRET_FILE": str(file)})
    assert "Zanzibar" not in str(refused.value)


def test_a_typo_is_refused():
    with pytest.raises(SettingsError, match="PMO_COACH_PROT"):
        read_settings({"PMO_COACH_PROT": "5005"})


def test_every_problem_is_told_at_once():
    with pytest.raises(SettingsError) as caught:
        read_settings({"PMO_COACH_PORT": "x", "PMO_COACH_HSOT": "y"})
    assert "PMO_COACH_PORT" in str(caught.value)
    assert "PMO_COACH_HSOT" in str(caught.value)


def test_secrets_are_never_shown():
    secret = "s" * 40
    addresses = {"DATABASE_URL": "postgresql://u:hidden@h/d", "REDIS_URL": "redis://:hidden@h:6379/0"}
    settings = read_settings(
        {"PMO_COACH_SECRET": secret, **{f"PMO_COACH_{name}": value for name, value in addresses.items()}}
    )
    shown = str(describe(settings))
    assert secret not in shown
    assert "hidden" not in shown
    for name, value in {"SECRET": "tooshort", "REDIS_URL": "redis://u:tooshort@h:tooshort"}.items():
        with pytest.raises(SettingsError) as caught:
            read_settings({f"PMO_COACH_{name}": value})
        assert "tooshort" not in str(caught.value)


def test_every_setting_is_described():
    assert len(describe(Settings())) == len(fields(Settings))
    assert all(meaning for _, _, meaning in describe(Settings()))


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_names_are_listed_whole_however_narrow_the_terminal(columns, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("FORCE_COLOR", "1")  # to rich, a terminal
    monkeypatch.setenv("PMO_COACH_ORIGINS", "https://a-very-long-name-of-an-intranet.of-an-organisation.example")

    main(["settings"])

    listed = capsys.readouterr().out
    assert [name for name, _, _ in describe(Settings()) if f" {name} " not in listed] == []
    assert "…" not in listed
    assert "meaning" in listed


def test_a_pipe_gets_a_line_for_each_setting(capsys):
    main(["settings"])

    listed = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [tuple(line) for line in listed] == describe(read_settings())


def test_they_are_listed_where_one_is_wrong_too(monkeypatch, capsys):
    monkeypatch.setenv("PMO_COACH_PORT", "soon")

    code = main(["settings"])

    said = capsys.readouterr()
    assert code == 1
    assert len(said.out.splitlines()) == len(fields(Settings))
    assert said.err.startswith("pmo-coach: PMO_COACH_PORT cannot be soon")
