"""The actions that Rasa may call by name are those that the package has, forms with their validation."""

import yaml
from rasa_sdk.executor import ActionExecutor

from bot.runtime.settings import project_root


def test_the_domain_names_every_action_and_no_other() -> None:
    domain = yaml.safe_load((project_root() / "domain.yml").read_text(encoding="utf-8"))
    executor = ActionExecutor()

    executor.register_package("actions")

    named = {name for name in domain["actions"] if name.startswith(("action_", "validate_"))}
    assert named == executor.actions.keys()
    assert {name for name in named if name.startswith("validate_")} == {f"validate_{form}" for form in domain["forms"]}
