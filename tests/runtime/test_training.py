"""Training: nothing of it is kept for the next one, and Rasa's own way is there again afterwards.

What a model is made of is read from the model, whatever the configuration says by now.
"""

import io
import json
import tarfile
from pathlib import Path

import pytest
from rasa.engine.training.hooks import TrainingHook

from bot.runtime.settings import Settings
from bot.runtime.training import (
    ALWAYS_THERE,
    MODEL_NAME,
    RECORD,
    _nothing_remembered,
    _write_record,
    has_components_of_rasa,
    is_current,
)

OURS, POLICY = "bot.nlu.entity_finder.EntityFinder", "rasa.core.policies.rule_policy.RulePolicy"
SKLEARN = "rasa.nlu.classifiers.sklearn_intent_classifier.SklearnIntentClassifier"


def a_model(folder: Path, *components: str) -> Path:
    """Write a model that is made of those components, as far as its description goes."""
    nodes = {f"run_{number}": {"uses": uses} for number, uses in enumerate(components)}
    described = json.dumps({"predict_schema": {"nodes": nodes}}).encode()
    member = tarfile.TarInfo("metadata.json")
    member.size = len(described)
    folder.mkdir(exist_ok=True)
    model = folder / f"{MODEL_NAME}.tar.gz"
    with tarfile.open(model, "w:gz") as archive:
        archive.addfile(member, io.BytesIO(described))
    return model


@pytest.mark.parametrize(
    ("components", "expected"),
    [((OURS, ALWAYS_THERE, POLICY), False), ((OURS, "mine.Own"), False), ((OURS, SKLEARN), True), ((), False)],
)
@pytest.mark.parametrize("by_hand", [True, False])
def test_components_of_rasa_are_those_of_the_model(
    tmp_path: Path, components: tuple[str, ...], expected: bool, by_hand: bool
) -> None:
    model = a_model(tmp_path, *components)

    assert has_components_of_rasa(Settings(model=model if by_hand else tmp_path)) is expected


def test_the_record_of_a_training_spares_the_reading_of_that_model_alone(tmp_path: Path) -> None:
    settings = Settings(model=tmp_path)
    model = a_model(tmp_path, OURS, SKLEARN)
    _write_record(settings, model, "sum")
    model.write_bytes(b"?" * model.stat().st_size)

    assert has_components_of_rasa(settings)

    a_model(tmp_path, OURS)
    assert not has_components_of_rasa(settings)


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_model_that_cannot_be_read_has_no_components(tmp_path: Path, content: bytes) -> None:
    (tmp_path / f"{MODEL_NAME}.tar.gz").write_bytes(content)
    assert not has_components_of_rasa(Settings(model=tmp_path))
    assert not has_components_of_rasa(Settings(model=tmp_path / "none"))


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"fingerprint": null}'])
def test_a_record_that_says_nothing_makes_no_model_current(tmp_path: Path, record: str) -> None:
    a_model(tmp_path, OURS)
    (tmp_path / RECORD).write_text(record)

    assert not is_current(Settings(model=tmp_path))


class Unsummed:
    """What no hook may look into."""

    def fingerprint(self) -> str:
        raise AssertionError("It was summed.")


def test_nothing_of_a_training_is_summed_or_kept() -> None:
    hook = TrainingHook(cache=None, model_storage=None, pruned_schema=None)

    with _nothing_remembered():
        data = hook.on_before_node("node", None, {}, {"training_data": Unsummed()})
        hook.on_after_node("node", None, {}, Unsummed(), data)

    assert data == {}


def test_rasa_remembers_again_afterwards_even_when_training_failed() -> None:
    ways = TrainingHook.on_before_node, TrainingHook.on_after_node

    with pytest.raises(RuntimeError), _nothing_remembered():
        raise RuntimeError

    assert (TrainingHook.on_before_node, TrainingHook.on_after_node) == ways
