"""What a real coach counts in real talks."""

from tests.coach import Coach
from tests.observing.reading import Scrape


def scrape(coach: Coach) -> Scrape:
    status, body, _ = coach.request("GET", "/metrics")
    assert status == 200
    return Scrape(body.decode())


def test_turns_stages_and_feedback_are_counted(coach):
    before = scrape(coach)
    talk = coach.talk()
    talk.say("does ppso still exist")
    talk.say("qwertz uiop asdf")
    talk.say("what is the best recipe for goulash?")
    message = talk.history()[-1]["id"]
    body = {"message": message, "rating": "down", "comment": "not what I meant"}
    coach.request("POST", "/webhooks/web/feedback", token=talk.token, body=body)
    after = scrape(coach)

    def gain(name: str, **labels: str) -> float:
        return after.value(name, **labels) - before.value(name, **labels)

    assert gain("pmo_coach_turns_total", channel="web", kind="answer") == 1
    assert gain("pmo_coach_turns_total", channel="web", kind="fallback") + gain(
        "pmo_coach_turns_total", channel="web", kind="out_of_scope") == 2  # fmt: skip
    for stage, least in (("turn", 3), ("understanding", 3), ("policy", 6), ("action", 2), ("store", 6)):
        assert gain("pmo_coach_stage_seconds_count", stage=stage) >= least, stage
    assert gain("pmo_coach_feedback_total", rating="down") == 1
    assert gain("pmo_coach_store_errors_total", access="read") == 0
    assert after.value("pmo_coach_active_conversations") >= 1
    (build,) = [labels for name, labels in after.samples if name == "pmo_coach_build_info"]
    assert dict(build)["rasa"] == "3.6.21"


def test_forms_are_counted_as_started_left_and_finished(coach):
    before = scrape(coach)
    left = coach.talk()
    left.say("am I a builder or a grower?")
    left.say("stop")
    finished = coach.talk()
    finished.say("am I a builder or a grower?")
    for answer in ("4", "4", "4", "4", "A", "B", "A", "B"):
        finished.say(answer)
    after = scrape(coach)

    def gain(event: str) -> float:
        name, labels = "pmo_coach_forms_total", {"form": "builder_grower_form", "event": event}
        return after.value(name, **labels) - before.value(name, **labels)

    assert [gain(event) for event in ("started", "left", "finished")] == [2, 1, 1]


def test_numbers_hold_nothing_of_a_person(coach):
    talk = coach.talk()
    talk.say("I am Zebedee, a PMO analyst in Zanzibar")

    whole = coach.request("GET", "/metrics")[1].decode()
    assert "zebedee" not in whole.lower()
    assert "zanzibar" not in whole.lower()
    assert talk.conversation not in whole
