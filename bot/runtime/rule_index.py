"""An index of the rules: RulePolicy's decisions, without trying every rule on every state.

Rasa's RulePolicy tries each of its rules on the last state of a talk, then each that is left on the state before it,
and all of it twice after a message: once with the person's words in place of the intent, for rules that quote them.
Nearly all rules fail at once, on the action before or on the intent. Here they are looked up by these two, and Rasa's
own code judges the few that are left, so that it decides what it always did.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

Place = tuple[str | None, str | None]
"""An action and, after it, an intent; None is any intent, and any action or none at all."""

ANYWHERE: Place = (None, None)


class RuleIndex:
    """Finds a policy's rules that may apply by what their last state asks for."""

    def __init__(self, policy: RulePolicy) -> None:
        """Index the rules of a trained policy."""
        self._policy = policy
        self._find_stock = policy._find_action_from_rules
        self._places = {id(rules): self._index(rules) for rules in policy.lookup.values() if isinstance(rules, dict)}
        # Words in place of the intent can meet no rule if every one on a message asks for an intent.
        after_message = ((ACTION_LISTEN_NAME, None), ANYWHERE)
        self._ignores_words = not any(place in places for places in self._places.values() for place in after_message)

    def install(self) -> None:
        """Let the policy look its rules up here from now on."""
        self._policy._get_possible_keys = self.possible_keys  # type: ignore[method-assign]
        self._policy._find_action_from_rules = self.find_action  # type: ignore[method-assign]

    def _index(self, rules: Mapping[str, str]) -> dict[Place, list[str]]:
        places: dict[Place, list[str]] = defaultdict(list)
        for rule in rules:
            places[_place(self._policy._rule_key_to_state(rule)[-1])].append(rule)
        return places

    def possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        """Return the rules that apply to the states, as RulePolicy would."""
        if not states:
            return set(lookup)
        return {
            rule
            for rule in self._at(lookup, states[-1])
            if all(self._policy._is_rule_applicable(rule, back, state) for back, state in enumerate(reversed(states)))
        }

    def _at(self, lookup: dict[str, str], state: State) -> Iterator[str]:
        places = self._places[id(lookup)]
        action, intent = _place(state)
        for place in {(action, intent), (action, None), ANYWHERE}:
            yield from places.get(place, ())

    def find_action(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        """Return what RulePolicy finds, at once where it is sure to find nothing: for words that no rule quotes."""
        if use_text_for_last_user_input and self._ignores_words:
            return None, None, False
        found: tuple[str | None, str | None, bool] = self._find_stock(tracker, domain, use_text_for_last_user_input)
        return found


def _place(state: Mapping[str, Any]) -> Place:
    """Return where in the index a rule's last state belongs, or where to look for the rules on a state."""
    action = (state.get(PREVIOUS_ACTION) or {}).get(ACTION_NAME)
    intent = (state.get(USER) or {}).get(INTENT)
    return (None, None) if not _is_asked(action) else (action, intent if _is_asked(intent) else None)


def _is_asked(value: Any) -> bool:
    return bool(value) and value != SHOULD_NOT_BE_SET
