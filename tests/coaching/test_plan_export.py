"""What a person takes along: JSON that comes back the same, Markdown that stays text, a calendar that opens."""

import json
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt

from bot.coaching.plan_export import (
    export_ics,
    export_json,
    export_markdown,
    import_json,
    plan_from_json,
    plan_to_json,
)
from bot.coaching.plan_words import one_line
from bot.errors import PlanError
from bot.records.plan import Plan, PlanChange, PlanStatus
from tests.coaching.plan_talks import a_plan

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=timezone.utc)
HOSTILE = [
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "**bold** _it_ `code` ~~gone~~", "# head", "- item",
    "1. one", "> quote", "| a | b |", "![i](x)", "<b>", "&lt;b&gt;", "a\n\n# b", "---", "+ plus", "2) two",
    "https://x.example", "<http://x.example>", "\\*x\\*", "===", "``` x", ":- |", "$x$", "a\u2028# b",
]  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip)
DAYS = st.dates()
STATUSES = st.sampled_from(PlanStatus)
TENTHS = st.none() | st.integers(0, 10)
PLANS = st.builds(
    Plan, id=WORDS, goal=st.none() | WORDS, reality=st.none() | WORDS, options=st.lists(WORDS, max_size=4).map(tuple),
    action=WORDS, when=st.none() | WORDS, due=st.none() | DAYS, realistic=TENTHS, committed=TENTHS, status=STATUSES,
    created=DAYS, history=st.lists(st.builds(PlanChange, DAYS, STATUSES, st.none() | DAYS), max_size=4).map(tuple),
)  # fmt: skip


@given(st.lists(PLANS, max_size=3).map(tuple), st.lists(WORDS, max_size=3))
@settings(deadline=None)
def test_json_is_imported_as_the_same_plans(plans, lines):
    exported = export_json(plans, profile=lines)
    assert import_json(exported) == plans
    assert json.loads(exported)["profile"] == lines


@given(PLANS)
def test_plan_survives_json(plan):
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


@pytest.mark.parametrize(("field", "value"), [
    ("id", None), ("id", " "), ("action", None), ("action", ""), ("action", 7), ("action", "x" * 1001),
    ("action", "\ud800"), ("goal", []), ("reality", 1), ("options", "a, b"), ("options", [1]), ("options", ["x"] * 201),
    ("when", {}), ("due", "Friday"), ("due", 20261204), ("due", "2026-13-01"), ("realistic", 11), ("realistic", -1),
    ("realistic", True), ("committed", "8"), ("committed", 7.5), ("status", "lost"), ("status", []),
    ("created", None), ("history", None), ("history", ["x"]), ("history", [{"day": "2026-11-24"}]),
])  # fmt: skip
def test_plan_with_a_wrong_value_is_refused_by_name(field, value):
    with pytest.raises(PlanError, match=r"status|history" if field == "history" else field):
        plan_from_json({**plan_to_json(a_plan()), field: value})


@pytest.mark.parametrize("text", [
    "", "no", "[]", "1", "null", "{}", '{"v": 2, "plans": []}', '{"v": 1}', '{"v": 1, "plans": [1]}', "[" * 100_000,
])  # fmt: skip
def test_file_that_is_no_export_is_refused_with_a_sentence(text):
    with pytest.raises(PlanError) as raised:
        import_json(text)
    assert str(raised.value).endswith(".")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*plan_to_json(a_plan()), "x"]), inner),
    max_leaves=12,
)


@given(JSON, st.sampled_from(list(plan_to_json(a_plan()))))
def test_whatever_json_holds_gives_a_plan_or_a_reason(data, field):
    for given_data in (data, {**plan_to_json(a_plan()), field: data}):
        with suppress(PlanError):
            assert isinstance(plan_from_json(given_data), Plan)


def rendered(text):
    return MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(text)


def kinds(tokens):
    return {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}


def texts(tokens):
    return [
        "".join(child.content for child in token.children) for token in tokens if token.type == "inline"
    ]  # fmt: skip


def test_markdown_reads_well():
    change = PlanChange(date(2026, 11, 23), PlanStatus.MOVED, date(2026, 12, 4))
    plan = a_plan(status=PlanStatus.MOVED, history=(change, PlanChange(date(2026, 11, 24), PlanStatus.OPEN, None)))
    page = export_markdown([plan], profile=["Role: PMO analyst"])
    assert page == (
        "# From PMO Coach\n\n"
        "## Plan of Friday 20 November 2026\n\n"
        "**When I get to work, I will book the P3O exam - by Friday 4 December 2026.**\n\n"
        "- Status: moved, still to do\n"
        "- Goal: Lead a PMO\n"
        "- Where I stand: I am an analyst\n"
        "- Action: book the P3O exam\n"
        "- When: I get to work\n"
        "- Options:\n"
        "  - ask my boss\n"
        "  - shadow somebody\n"
        "- By: Friday 4 December 2026\n"
        "- How realistic: 8 of 10\n"
        "- How committed: 9 of 10\n"
        "- What became of it:\n"
        "  - Monday 23 November 2026: moved to Friday 4 December 2026\n"
        "  - Tuesday 24 November 2026: open\n\n"
        "## What I told the coach\n\n"
        "- Role: PMO analyst\n"
    )
    tokens = rendered(page)
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h1", "h2", "h2"]
    assert sum(t.type == "list_item_open" for t in tokens) == 15


def test_markdown_of_nothing_says_so():
    assert export_markdown([]) == "# From PMO Coach\n\nThere is nothing here yet: no plan, and nothing about you.\n"


def test_markdown_of_a_bare_plan_has_no_empty_points():
    plan = a_plan(goal=None, reality=None, options=(), when=None, due=None, realistic=None, committed=None)
    assert export_markdown([plan]).count("\n- ") == 2


def test_markdown_has_the_newest_plan_first():
    page = export_markdown([a_plan(action="old one"), a_plan(action="new one", created=date(2026, 11, 21))])
    assert page.index("new one") < page.index("old one")


INERT = {"heading_open", "heading_close", "inline", "text", "text_special", "paragraph_open", "paragraph_close",
         "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "strong_open",
         "strong_close"}  # fmt: skip


def assert_inert(words):
    plan = a_plan(goal=words, reality=words, options=(words,), action=words, when=words)
    tokens = rendered(export_markdown([plan], profile=[words]))
    assert kinds(tokens) <= INERT
    assert sum(token.type == "heading_open" for token in tokens) == 3
    assert sum(token.type == "list_item_open" for token in tokens) == 11
    line = one_line(words)
    assert f"Goal: {line}".rstrip() in texts(tokens)
    assert texts(tokens)[-1] == line


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_of_the_person_stays_text(words):
    assert_inert(words)


@given(st.text(st.sampled_from("*_`[]()<>#+-.!|~&\\=:;1 ax\n\t\"'$/{}"), min_size=1, max_size=30).filter(str.strip))
@settings(max_examples=300, deadline=None)
def test_any_marks_of_the_person_stay_text(words):
    assert_inert(words)


def events(text):
    return Calendar.from_ical(text).walk("VEVENT")


def test_calendar_opens_and_shows_the_action_with_date_and_alarm():
    action = "book the exam; ask my boss, who said \\o/ " + "é" * 60
    text = export_ics([a_plan(action=action)], now=NOW)
    calendar = Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"] == action
    assert event["UID"] == "ab12@pmo-coach"
    assert event.decoded("DTSTART") == date(2026, 12, 4)
    assert event.decoded("DTEND") == date(2026, 12, 5)
    assert event.decoded("DTSTAMP") == NOW
    assert "Goal: Lead a PMO" in event["DESCRIPTION"]
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm.decoded("TRIGGER") == timedelta(hours=-15)
    assert alarm["DESCRIPTION"] == action


@given(st.lists(PLANS, max_size=3))
@settings(max_examples=60, deadline=None)
def test_calendar_has_crlf_and_folded_lines_and_only_what_is_to_be_done(plans):
    text = export_ics(plans, now=NOW)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    to_do = [plan for plan in plans if plan.due and plan.status in (PlanStatus.OPEN, PlanStatus.MOVED)]
    assert [event.decoded("DTSTART") for event in events(text)] == [plan.due for plan in to_do]


def test_calendar_cannot_be_given_lines_by_the_person():
    text = export_ics([a_plan(id="x\r\nUID:y", action="a\r\nEND:VEVENT\rX:1", goal="b\nBEGIN:VALARM")], now=NOW)
    (event,) = events(text)
    assert len(event.walk("VALARM")) == 1
    assert event["UID"] == "x UID:y@pmo-coach"


def test_calendar_of_a_moved_plan_has_the_same_id_and_a_higher_sequence():
    change = PlanChange(date(2026, 11, 24), PlanStatus.MOVED, date(2026, 12, 9))
    moved = a_plan(status=PlanStatus.MOVED, due=date(2026, 12, 9), goal=None, history=(change,))
    first, later = (events(export_ics([plan], now=NOW))[0] for plan in (a_plan(), moved))
    assert (first["UID"], first["SEQUENCE"]) == ("ab12@pmo-coach", 0)
    assert (later["UID"], later["SEQUENCE"]) == ("ab12@pmo-coach", 1)


def test_calendar_takes_a_time_without_zone_for_utc_and_turns_others_into_it():
    london = NOW.astimezone(timezone(timedelta(hours=1)))
    for now in (NOW.replace(tzinfo=None), london):
        assert "DTSTAMP:20261124T093000Z" in export_ics([a_plan()], now=now)


@pytest.mark.parametrize(("due", "written"), [(date.min, "00010101"), (date.max, "99991231")])
def test_calendar_takes_the_first_and_the_last_day_there_is(due, written):
    assert f"DTSTART;VALUE=DATE:{written}" in export_ics([a_plan(due=due)], now=NOW)


def test_what_is_told_of_the_person_stands_beside_the_plans():
    exported = json.loads(export_json([a_plan()], profile=["PMO analyst"]))

    assert exported["profile"] == ["PMO analyst"]
    assert [plan_from_json(plan) for plan in exported["plans"]] == [a_plan()]


def test_a_plan_that_is_done_or_has_no_day_is_not_in_the_calendar():
    text = export_ics([a_plan(status=PlanStatus.DONE), a_plan(due=None)], now=NOW)

    assert "BEGIN:VCALENDAR" in text
    assert "BEGIN:VEVENT" not in text
