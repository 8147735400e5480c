"""Settings: every environment variable that PMO Coach reads, read here and nowhere else.

Each has a name, a default and a meaning; `pmo-coach settings` lists them. A value that cannot be used is
refused at start with the variable's name, never guessed around.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.runtime import setting_values as values

PREFIX = "PMO_COACH_"
IN_FILE = "_FILE"
"""After a secret's name: the file that holds it."""


def project_root() -> Path:
    """Return the folder that holds config.yml and domain.yml: the checkout, else the current folder."""
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "config.yml").is_file() else Path.cwd()


def _setting(meaning: str, default: Any, read: Any = values.read_text, *, secret: bool = False) -> Any:
    factory = default if callable(default) else lambda: default
    return field(default_factory=factory, metadata={"meaning": meaning, "read": read, "secret": secret})


@dataclass(frozen=True)
class Settings:
    """All settings, validated; what a variable does not say has its default."""

    host: str = _setting("address the server listens on", "127.0.0.1")
    port: int = _setting("port the server listens on", 5005, values.read_whole(most=65_535))
    var: Path = _setting(
        "folder for the database, the encoder, logs and secrets", lambda: project_root() / "var", values.read_path
    )
    model: Path = _setting("trained model, or the folder that has pmo-coach.tar.gz",
                           lambda: project_root() / "models", values.read_path)  # fmt: skip
    database_url: str = _setting("database: sqlite:///file or postgresql://...; default: var/pmo-coach.db",
                                 "", values.read_database, secret=True)  # fmt: skip
    redis_url: str = _setting("Redis that several servers share: redis://[user:password@]host:port/number",
                              "", values.read_redis, secret=True)  # fmt: skip
    content: tuple[Path, ...] = _setting("folders of your own knowledge that overlay ours, separated as in PATH",
                                         (), values.read_folders)  # fmt: skip
    encoder_dir: Path | None = _setting("folder with the encoder's original files, instead of the download",
                                        None, values.read_path)  # fmt: skip
    secret: str = _setting("secret that signs tokens, at least 32 characters; default: made at first start",
                           "", values.read_secret, secret=True)  # fmt: skip
    secret_old: str = _setting("the secret before this one: tokens that it signed are still accepted",
                               "", values.read_secret, secret=True)  # fmt: skip
    origins: tuple[str, ...] = _setting("web origins that may use the API beside our own, separated by commas",
                                        (), values.read_origins)  # fmt: skip
    token_days: int = _setting(
        "days that a conversation's token is valid", 30, values.read_whole(most=values.MOST_DAYS)
    )
    rate_conversation: int = _setting("messages a minute allowed in one conversation", 60, values.read_whole())
    rate_address: int = _setting("messages a minute allowed from one address", 600, values.read_whole())
    trusted_proxies: int = _setting("how many proxies before us set X-Forwarded-For", 0, values.read_whole(least=0))
    retention_days: int = _setting(
        "days after which somebody who did not come back is forgotten", 180, values.read_whole(most=values.MOST_DAYS)
    )
    actions_url: str = _setting("address of a separate action server; default: actions run in-process", "",
                                values.read_address)  # fmt: skip
    actions_timeout: float = _setting("seconds an action may take", 10.0, values.read_seconds)
    event_broker_url: str = _setting("RabbitMQ that gets what happens in conversations: amqp://user:password@host/; "
                                     "default: nobody does", "", values.read_amqp, secret=True)  # fmt: skip
    event_broker_text: bool = _setting("whether it also gets what people write and are told: yes or no",
                                       False, values.read_yes_or_no)  # fmt: skip
    idle_seconds: float | None = _setting(
        "stop the server after so many seconds without a request", None, values.read_seconds
    )
    drain_seconds: float = _setting("seconds between the signal to stop, when /ready turns 503, and stopping",
                                    0.0, values.read_wait)  # fmt: skip
    slack_bot_token: str = _setting("Slack: the app's bot token (xoxb-...); without it there is no Slack",
                                    "", values.read_token("xoxb-"), secret=True)  # fmt: skip
    slack_app_token: str = _setting("Slack: the app-level token (xapp-...), for Socket Mode",
                                    "", values.read_token("xapp-"), secret=True)  # fmt: skip
    slack_signing_secret: str = _setting("Slack: the app's signing secret, for the mode http", "", secret=True)
    slack_mode: str = _setting(
        "Slack: socket (no public address needed) or http", "socket", values.read_one_of("socket", "http")
    )
    slack_api: str = _setting("Slack: address of its Web API, another one for GovSlack",
                              "https://slack.com/api/", values.read_address)  # fmt: skip
    log_level: str = _setting(
        "how much is logged: DEBUG, INFO, WARNING, ERROR",
        "WARNING",
        values.read_one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    )
    log_format: str = _setting(
        "how log lines look: text, or json with an object a line", "text", values.read_one_of("text", "json")
    )

    @property
    def database(self) -> str:
        """The database's URL; a file under `var` by default."""
        return self.database_url or f"sqlite:///{self.var / 'pmo-coach.db'}"

    @property
    def encoder(self) -> Path:
        """The folder that holds the built encoder."""
        return self.var / "encoder"

    @property
    def home(self) -> str:
        """A sum that tells this coach from those of other folders: over code, `var`, model, knowledge and database.

        No secret is in it, for the server tells it to everybody.
        """
        place = urlsplit(self.database)
        folders = (project_root(), self.var, self.model, *self.content)
        parts = [*(str(folder.resolve()) for folder in folders), f"{place.hostname}:{place.port}{place.path}"]
        return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read and validate the settings; raise SettingsError that names every variable at fault.

    An unknown variable with our prefix is an error too: a typo must not pass for a default. A secret may be in a
    file that `<variable>_FILE` names, as containers and systemd hand over secrets.
    """
    settings, problems = try_settings(environment)
    if problems:
        raise settings_error(problems)
    return settings


def try_settings(environment: Mapping[str, str] | None = None) -> tuple[Settings, list[str]]:
    """Return the settings, with the default of each that cannot be used, and what is wrong."""
    environment = os.environ if environment is None else environment
    known = {f"{PREFIX}{f.name.upper()}": f for f in fields(Settings)}
    given, problems = _with_files(environment, [name for name, f in known.items() if f.metadata["secret"]])
    problems += [
        f"{name} is no setting of PMO Coach" for name in given
        if name.startswith(PREFIX) and name not in known and not name.startswith(f"{PREFIX}TEST_")
    ]  # fmt: skip
    found: dict[str, Any] = {}
    for name, setting in known.items():
        if value := given.get(name, "").strip():
            try:
                found[setting.name] = setting.metadata["read"](value)
            except ValueError as exc:
                problems.append(f"{name} cannot be {value if not setting.metadata['secret'] else 'that'}: {exc}")
    return Settings(**found), problems


def settings_error(problems: Sequence[str]) -> SettingsError:
    """Return the error that tells all of the problems."""
    return SettingsError("; ".join(problems) + ". `pmo-coach settings` lists them all.")


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
