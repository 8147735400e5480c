"""The recommendation keeps its promises for every profile, and reads well for the ones people really have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coaching.next_qualification import rank_certifications
from bot.coaching.next_qualification_wording import MOST_WORDS, answer_next_qualification, why_this_one
from bot.coaching.profile import level_of
from bot.coaching.qualification_candidates import missing_first, standing_for
from bot.content import KNOWLEDGE_FOLDER, read_knowledge
from bot.records import CertificationStatus, Level, PrerequisiteKind, Profile, ReplyKind

KNOWLEDGE = read_knowledge([KNOWLEDGE_FOLDER])
CERTIFICATIONS = sorted(KNOWLEDGE.certifications)

profiles = st.builds(
    Profile,
    role=st.none() | st.sampled_from(sorted(KNOWLEDGE.roles)),
    level=st.none() | st.sampled_from(Level),
    held=st.lists(st.sampled_from(CERTIFICATIONS), max_size=6, unique=True).map(tuple),
    wanted=st.lists(st.sampled_from(CERTIFICATIONS), max_size=2, unique=True).map(tuple),
    region=st.sampled_from([None, "uk", "us", "other"]),
    preference=st.sampled_from([None, "practice", "framework"]),
    experience_months=st.none() | st.integers(0, 480),
)


@given(profiles)
@settings(max_examples=500, deadline=None)
def test_rank_keeps_its_promises(profile):
    level = level_of(KNOWLEDGE, profile)
    if level is None:
        return
    ranked = rank_certifications(KNOWLEDGE, profile, level)
    held = standing_for(KNOWLEDGE, profile.held)
    for recommendation in ranked:
        certification = KNOWLEDGE.certifications[recommendation.certification]
        assert certification.id not in profile.held
        assert certification.status not in (CertificationStatus.SUPERSEDED, CertificationStatus.NOT_FOUND)
        assert recommendation.first == missing_first(KNOWLEDGE, certification, held)
        needed = {p.certification for p in certification.prerequisites if p.kind is PrerequisiteKind.REQUIRED}
        assert needed <= held | set(recommendation.first)
        if max(certification.levels) < level:
            assert recommendation.cautions
        assert recommendation.sources
        assert recommendation.why
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    assert ranked == rank_certifications(KNOWLEDGE, profile, level)


@given(profiles)
@settings(max_examples=300, deadline=None)
def test_every_answer_has_words_and_a_next_step(profile):
    answer = answer_next_qualification(KNOWLEDGE, profile)
    assert answer.reply.text
    assert len(answer.reply.text.split()) <= MOST_WORDS
    assert 1 <= len(answer.reply.choices) <= 8
    assert all(len(choice.title) <= 40 for choice in answer.reply.choices)
    assert answer.reply.kind is ReplyKind.ASK or answer.reply.sources or "no certification" in answer.reply.text


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (Profile(role="pmo_analyst", held=("p3o_foundation",)), "p3o_practitioner"),
        (Profile(role="pmo_administrator"), "hop_essentials_administrators"),
        (Profile(role="pmo_manager", held=("p3o_practitioner",)), "hop_essentials_managers"),
        (Profile(level=Level.TWO, region="us", held=("pmi_pmp",)), "pmi_pmocp"),
        (Profile(role="pmo_director"), "hop_essentials_directors"),
    ],
)
def test_rank_puts_the_sensible_one_first(profile, expected):
    level = level_of(KNOWLEDGE, profile)
    assert level is not None
    assert rank_certifications(KNOWLEDGE, profile, level)[0].certification == expected


def test_a_missing_prerequisite_is_named_before_what_it_leads_to():
    profile = Profile(role="pmo_manager", wanted=("p3o_practitioner",))
    ranked = rank_certifications(KNOWLEDGE, profile, Level.THREE)
    practitioner = next(r for r in ranked if r.certification == "p3o_practitioner")
    assert practitioner.first == ("p3o_foundation",)


def test_holding_practitioner_stands_for_foundation():
    assert "p3o_foundation" in standing_for(KNOWLEDGE, ("p3o_practitioner",))


def test_without_a_level_it_asks_for_one():
    answer = answer_next_qualification(KNOWLEDGE, Profile())
    assert answer.reply.kind is ReplyKind.ASK
    assert len(answer.reply.choices) == 4


def test_why_tells_reasons_and_alternatives():
    profile = Profile(role="pmo_analyst", held=("p3o_foundation",))
    answer = why_this_one(KNOWLEDGE, profile, "p3o_practitioner")
    assert answer is not None
    assert "level two" in answer.reply.text
    assert "came after it" in answer.reply.text
    assert why_this_one(KNOWLEDGE, profile, "p3o_foundation") is None


def test_what_replaced_something_held_comes_with_a_caution():
    ranked = rank_certifications(KNOWLEDGE, Profile(held=("bcs_ppso_essentials",)), Level.ONE)

    found = next(each for each in ranked if each.certification == "hop_essentials_administrators")
    assert found.cautions[0].startswith("It replaced PPSO Essentials, which you hold")


def test_a_single_recommendation_is_compared_with_nothing():
    others = [each.certification for each in rank_certifications(KNOWLEDGE, Profile(), Level.ONE)][1:]

    reply = answer_next_qualification(KNOWLEDGE, Profile(level=Level.ONE, held=tuple(others))).reply

    assert not [choice for choice in reply.choices if choice.payload.startswith("/compare_certifications")]


def test_a_delivery_role_is_told_so_when_asked_for_the_work():
    reply = answer_next_qualification(KNOWLEDGE, Profile(role="programme_manager")).reply

    assert "is a delivery role" in reply.text
    assert reply.kind is ReplyKind.ASK


@pytest.mark.parametrize(
    ("told", "offered"),
    [({}, 3), ({"region": "uk"}, 1), ({"preference": "practice"}, 2), ({"region": "uk", "preference": "practice"}, 0)],
)
def test_what_was_told_is_not_offered_as_an_answer(told, offered):
    reply = answer_next_qualification(KNOWLEDGE, Profile(role="pmo_analyst", **told)).reply

    assert len([choice for choice in reply.choices if choice.payload.startswith("/next_qualification{")]) == offered
