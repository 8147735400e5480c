"""Recent turns: the last ones of few conversations, and never with a gap."""

from rasa.shared.core.events import ActionExecuted

from bot.runtime.recent_turns import RecentTurn, RecentTurns


def a_turn(first_seq: int, *, events: int = 2) -> RecentTurn:
    return RecentTurn(first_seq, "{}", tuple(ActionExecuted(f"action_{number}") for number in range(events)), "{}")


def test_turns_are_there_from_the_first_on() -> None:
    recent = RecentTurns(most_turns=2, most_conversations=5)
    recent.add("c", a_turn(1))

    assert [turn.first_seq for turn in recent.turns("c")] == [1]
    assert recent.turns("c")[-1].last_seq == 2


def test_turns_are_the_last_so_many() -> None:
    recent = RecentTurns(most_turns=2, most_conversations=5)
    for first in (1, 3, 5):
        recent.add("c", a_turn(first))

    assert [turn.first_seq for turn in recent.turns("c")] == [3, 5]


def test_turns_with_a_gap_before_them_are_of_no_use_until_there_are_enough() -> None:
    recent = RecentTurns(most_turns=2, most_conversations=5)
    recent.add("c", a_turn(1))
    recent.add("c", a_turn(9))
    assert recent.turns("c") == ()

    recent.add("c", a_turn(11))
    assert [turn.first_seq for turn in recent.turns("c")] == [9, 11]


def test_turn_after_is_the_last_one_only() -> None:
    recent = RecentTurns(most_turns=2, most_conversations=5)
    recent.add("c", a_turn(1))
    recent.add("c", a_turn(3))

    assert recent.turn_after("c", 2) == recent.turns("c")[-1]
    assert recent.turn_after("c", 0) is None
    assert recent.turn_after("other", 0) is None


def test_the_conversation_that_was_silent_longest_goes_first() -> None:
    recent = RecentTurns(most_turns=2, most_conversations=2)
    for conversation, first in (("a", 1), ("b", 1), ("a", 3), ("c", 1)):
        recent.add(conversation, a_turn(first))

    assert [bool(recent.turns(conversation)) for conversation in "abc"] == [True, False, True]


def test_forget_keeps_nothing() -> None:
    recent = RecentTurns(most_turns=2, most_conversations=2)
    recent.add("c", a_turn(1))
    recent.forget("c")
    recent.forget("never there")

    assert recent.turns("c") == ()
    assert recent.turn_after("c", 0) is None
