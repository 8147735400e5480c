"""Training: nothing of it is kept for the next one, and Rasa's own way is there again afterwards."""

import pytest
from rasa.engine.training.hooks import TrainingHook

from bot.runtime.training import _nothing_remembered


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
