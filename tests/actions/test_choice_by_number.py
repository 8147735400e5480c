"""A choice that is named by its number tells of the person what its button would have told."""

from tests.coach import Coach


def test_the_work_that_was_chosen_by_its_place_is_known_from_then_on(coach: Coach):
    talk = coach.talk()
    talk.say("i have P3O Foundation. which certificate next")
    assert "fits best" in talk.say("the second")[-1]["text"]

    then = talk.say("what if I took MSP Foundation first")[-1]["text"]

    assert "once I know where you stand" not in then
    assert "the path would be" in then or "your path" in then
