"""Settings: every environment variable that PMO Coach reads, read here and nowhere else.

Each has a name, a default and a meaning; `pmo-coach settings` lists them. A value that cannot be used is
refused at start with the variable's name, never guessed around.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import SettingsError

PREFIX = "PMO_COACH_"
IN_FILE = "_FILE"
"""After a secret's name: the file that holds it."""


def project_root() -> Path:
    """Return the folder that holds config.yml and domain.yml: the checkout, else the current folder."""
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "config.yml").is_file() else Path.cwd()


def _text(value: str) -> str:
    return value


def _path(value: str) -> Path:
    return Path(value).expanduser().resolve()


def _folders(value: str) -> tuple[Path, ...]:
    folders = tuple(_path(part) for part in value.split(os.pathsep) if part)
    for folder in folders:
        if not folder.is_dir():
            raise ValueError(f"{folder} is no folder")
    return folders


def _origins(value: str) -> tuple[str, ...]:
    origins = tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
            raise ValueError(f"{origin!r} is no origin such as https://intranet.example")
    return origins


def _port(value: str) -> int:
    port = int(value)
    if not 0 < port < 65536:
        raise ValueError("a port is a number from 1 to 65535")
    return port


def _count(value: str) -> int:
    count = int(value)
    if count < 1:
        raise ValueError("a number of at least 1 is needed")
    return count


def _seconds(value: str) -> float:
    seconds = float(value)
    if not 0 < seconds < float("inf"):
        raise ValueError("a number of seconds above 0 is needed")
    return seconds


def _wait(value: str) -> float:
    seconds = float(value)
    if not 0 <= seconds < float("inf"):
        raise ValueError("a number of seconds from 0 is needed")
    return seconds


def _database(value: str) -> str:
    scheme = value.split(":", 1)[0].split("+", 1)[0]
    if scheme not in ("sqlite", "postgresql"):
        raise ValueError("use sqlite:///file or postgresql://user@host/name")
    return value


def _amqp(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("amqp", "amqps") or not parts.hostname:
        raise ValueError("use amqp://user:password@host:port/, or amqps:// for TLS")
    return value


def _yes_or_no(value: str) -> bool:
    if value.lower() not in ("yes", "no"):
        raise ValueError("use yes or no")
    return value.lower() == "yes"


def _redis(value: str) -> str:
    parts = urlsplit(value)
    try:
        has_port = parts.port != 0
    except ValueError:  # its message may show a part of the password
        has_port = False
    number = parts.path.strip("/")
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or not has_port:
        raise ValueError("use redis://host:6379/0, or rediss:// for TLS")
    if number and not (number.isascii() and number.isdigit()):
        raise ValueError("the database of Redis is a number, as in redis://host:6379/0")
    return value


def _secret(value: str) -> str:
    if len(value) < 32:
        raise ValueError("use at least 32 characters")
    return value


def _level(value: str) -> str:
    if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("use DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def _log_format(value: str) -> str:
    if value.lower() not in ("text", "json"):
        raise ValueError("use text or json")
    return value.lower()


def _mode(value: str) -> str:
    if value.lower() not in ("socket", "http"):
        raise ValueError("use socket or http")
    return value.lower()


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("an address such as https://slack.com/api/ is needed")
    return value.rstrip("/") + "/"


def _token(prefix: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if not value.startswith(prefix):
            raise ValueError(f"it begins with {prefix}")
        return value

    return read


def _setting(meaning: str, default: Any, read: Any = _text, *, secret: bool = False) -> Any:
    factory = default if callable(default) else lambda: default
    return field(default_factory=factory, metadata={"meaning": meaning, "read": read, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """All settings, validated; what a variable does not say has its default."""

    host: str = _setting("address the server listens on", "127.0.0.1")
    port: int = _setting("port the server listens on", 5005, _port)
    var: Path = _setting(
        "folder for the database, the encoder, logs and secrets", lambda: project_root() / "var", _path
    )
    model: Path = _setting("trained model, or the folder of models (the newest is taken)",
                           lambda: project_root() / "models", _path)  # fmt: skip
    database_url: str = _setting("database: sqlite:///file or postgresql://...; default: var/pmo-coach.db",
                                 "", _database, secret=True)  # fmt: skip
    redis_url: str = _setting("Redis that several servers share: redis://[user:password@]host:port/number",
                              "", _redis, secret=True)  # fmt: skip
    content: tuple[Path, ...] = _setting("folders of your own knowledge that overlay ours, separated as in PATH",
                                         (), _folders)  # fmt: skip
    encoder_dir: Path | None = _setting("folder with the encoder's original files, instead of the download",
                                        None, _path)  # fmt: skip
    secret: str = _setting("secret that signs tokens, at least 32 characters; default: made at first start",
                           "", _secret, secret=True)  # fmt: skip
    secret_old: str = _setting("the secret before this one: tokens that it signed are still accepted",
                               "", _secret, secret=True)  # fmt: skip
    origins: tuple[str, ...] = _setting("web origins that may use the API beside our own, separated by commas",
                                        (), _origins)  # fmt: skip
    token_days: int = _setting("days that a conversation's token is valid", 30, _count)
    rate_conversation: int = _setting("messages a minute allowed in one conversation", 60, _count)
    rate_address: int = _setting("messages a minute allowed from one address", 600, _count)
    trusted_proxies: int = _setting(
        "how many proxies before us set X-Forwarded-For", 0, lambda value: max(0, int(value))
    )
    retention_days: int = _setting("days after which somebody who did not come back is forgotten", 180, _count)
    actions_url: str = _setting("address of a separate action server; default: actions run in-process", "")
    actions_timeout: float = _setting("seconds an action may take", 10.0, _seconds)
    event_broker_url: str = _setting("RabbitMQ that gets what happens in conversations: amqp://user:password@host/; "
                                     "default: nobody does", "", _amqp, secret=True)  # fmt: skip
    event_broker_text: bool = _setting("whether it also gets what people write and are told: yes or no",
                                       False, _yes_or_no)  # fmt: skip
    idle_seconds: float | None = _setting("stop the server after so many seconds without a request", None, _seconds)
    drain_seconds: float = _setting("seconds between the signal to stop, when /ready turns 503, and stopping",
                                    0.0, _wait)  # fmt: skip
    slack_bot_token: str = _setting("Slack: the app's bot token (xoxb-...); without it there is no Slack",
                                    "", _token("xoxb-"), secret=True)  # fmt: skip
    slack_app_token: str = _setting("Slack: the app-level token (xapp-...), for Socket Mode",
                                    "", _token("xapp-"), secret=True)  # fmt: skip
    slack_signing_secret: str = _setting("Slack: the app's signing secret, for the mode http", "", secret=True)
    slack_mode: str = _setting("Slack: socket (no public address needed) or http", "socket", _mode)
    slack_api: str = _setting("Slack: address of its Web API, another one for GovSlack",
                              "https://slack.com/api/", _address)  # fmt: skip
    log_level: str = _setting("how much is logged: DEBUG, INFO, WARNING, ERROR", "WARNING", _level)
    log_format: str = _setting("how log lines look: text, or json with an object a line", "text", _log_format)

    @property
    def database(self) -> str:
        """The database's URL; a file under `var` by default."""
        return self.database_url or f"sqlite:///{self.var / 'pmo-coach.db'}"

    @property
    def encoder(self) -> Path:
        """The folder that holds the built encoder."""
        return self.var / "encoder"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read and validate the settings; raise SettingsError that names every variable at fault.

    An unknown variable with our prefix is an error too: a typo must not pass for a default. A secret may be in a
    file that `<variable>_FILE` names, as containers and systemd hand over secrets.
    """
    environment = os.environ if environment is None else environment
    known = {f"{PREFIX}{f.name.upper()}": f for f in fields(Settings)}
    given, problems = _with_files(environment, [name for name, f in known.items() if f.metadata["secret"]])
    problems += [
        f"{name} is no setting of PMO Coach" for name in given
        if name.startswith(PREFIX) and name not in known and not name.startswith(f"{PREFIX}TEST_")
    ]  # fmt: skip
    values: dict[str, Any] = {}
    for name, setting in known.items():
        if value := given.get(name, "").strip():
            try:
                values[setting.name] = setting.metadata["read"](value)
            except ValueError as exc:
                problems.append(f"{name} cannot be {value if not setting.metadata['secret'] else 'that'}: {exc}")
    if problems:
        raise SettingsError("; ".join(problems) + ". `pmo-coach settings` lists them all.")
    return Settings(**values)


def _with_files(environment: Mapping[str, str], secrets: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the environment with the secrets that lie in files, and what is wrong with those files."""
    given, problems = dict(environment), []
    for name in secrets:
        file = given.pop(f"{name}{IN_FILE}", "").strip()
        if file and given.get(name, "").strip():
            problems.append(f"{name} and {name}{IN_FILE} are both set")
        elif file:
            try:
                given[name] = Path(file).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as exc:
                problems.append(f"{name}{IN_FILE} cannot be read ({type(exc).__name__})")
    return given, problems


def describe(settings: Settings) -> list[tuple[str, str, str]]:
    """Return a row (variable, value, meaning) for each setting; secrets are not shown."""
    rows = []
    for item in fields(Settings):
        value = getattr(settings, item.name)
        shown = ("set" if value else "not set") if item.metadata["secret"] else _show(value)
        rows.append((f"{PREFIX}{item.name.upper()}", shown, item.metadata["meaning"]))
    return rows


def _show(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, "", ()):
        return "-"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
