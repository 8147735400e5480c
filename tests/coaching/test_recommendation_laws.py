"""Laws of the recommendation, over the real content, for two thousand people and whatever they wish."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.coaching.entry_rules import months_asked, stands_in
from bot.coaching.next_qualification import NO_WISHES, rank_certifications
from bot.coaching.next_qualification_wording import answer_next_qualification
from bot.coaching.profile import level_of
from bot.coaching.qualification_candidates import standing_for
from bot.coaching.qualification_path import path, steps_to
from bot.records import CertificationStatus, Level, PrerequisiteKind, Profile
from tests.coaching.checks import KNOWLEDGE
from tests.coaching.profiles import profiles, wishes
from tests.factories import a_certification, some_knowledge

BY_ID = KNOWLEDGE.certifications
SOLD = (CertificationStatus.CURRENT, CertificationStatus.RENAMED, CertificationStatus.UNCLEAR)


def level_for(profile):
    return level_of(KNOWLEDGE, profile) or Level.TWO


@given(profiles, wishes)
@settings(max_examples=2000, deadline=None)
def test_every_recommendation_keeps_the_laws(profile, wished):
    level = level_for(profile)
    ranked = rank_certifications(KNOWLEDGE, profile, level, wished)
    held = standing_for(KNOWLEDGE, profile.held)
    for recommended in ranked:
        certification = BY_ID[recommended.certification]
        assert certification.id not in held
        assert not set(recommended.first) & held
        assert certification.status in SOLD
        assert_prerequisites_named(recommended, certification, held)
        assert_level_reasoned(recommended, certification, level)
        assert_experience_checked(recommended, certification, profile, held)
        assert recommended.sources
        assert set(recommended.sources) <= set(KNOWLEDGE.sources)
        assert recommended.why
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    assert len({r.certification for r in ranked}) == len(ranked)
    assert_successors_stand_for_what_is_wanted(ranked, profile, held)
    assert ranked == rank_certifications(KNOWLEDGE, profile, level, wished)
    shuffled = replace(profile, held=profile.held[::-1], wanted=profile.wanted[::-1])
    assert {r.certification: r.score for r in rank_certifications(KNOWLEDGE, shuffled, level, wished)} == {
        r.certification: r.score for r in ranked
    }


def assert_prerequisites_named(recommended, certification, held):
    """A required one that is missing comes first, in an order that can be taken; an advised one is told."""
    taken = set(held)
    for step in (*recommended.first, certification.id):
        needs = BY_ID[step].prerequisites
        assert {n.certification for n in needs if n.kind is PrerequisiteKind.REQUIRED} <= taken
        taken.add(step)
    for need in certification.prerequisites:
        if need.kind is PrerequisiteKind.ADVISED and need.certification not in held:
            assert any(BY_ID[need.certification].name in caution for caution in recommended.cautions)
    if recommended.first:
        assert any(caution.endswith("must come first.") for caution in recommended.cautions)


def assert_level_reasoned(recommended, certification, level):
    """What is aimed below, or far above, the person's level says so; what serves it too, says that."""
    near = {level, Level(min(int(level) + 1, 4))}
    if not near & set(certification.levels):
        assert any(caution.startswith("It sits") for caution in recommended.cautions)
    elif certification.levels[0] < level:
        assert "It can serve at level" in recommended.why


def assert_experience_checked(recommended, certification, profile, held):
    """An entry rule in years is held against the experience that was told, and what falls short is told first."""
    asked, told = months_asked(certification), profile.experience_months
    short = asked is not None and told is not None and told < asked and not stands_in(certification, held)
    assert any(caution.startswith("It asks for at least") for caution in recommended.cautions) == short
    if certification.requirement:
        assert any(certification.requirement in caution for caution in recommended.cautions)


def assert_successors_stand_for_what_is_wanted(ranked, profile, held):
    offered = {r.certification for r in ranked}
    for wanted in profile.wanted:
        for successor in BY_ID[wanted].successors:
            assert successor in offered | held


@given(profiles, wishes)
@settings(max_examples=300, deadline=None)
def test_no_order_of_telling_changes_what_is_best(profile, wished):
    level = level_for(profile)
    turned = replace(profile, held=profile.held[::-1], wanted=profile.wanted[::-1], not_held=profile.not_held[::-1])
    ids = [r.certification for r in rank_certifications(KNOWLEDGE, profile, level, wished)]
    assert ids == [r.certification for r in rank_certifications(KNOWLEDGE, turned, level, wished)]


@given(profiles, st.integers(0, 480))
@settings(max_examples=300, deadline=None)
def test_more_experience_never_makes_an_entry_rule_harder(profile, more):
    assume(profile.experience_months is not None)
    level = level_for(profile)
    older = replace(profile, experience_months=profile.experience_months + more)

    def short(person):
        ranked = rank_certifications(KNOWLEDGE, person, level)
        return {r.certification for r in ranked if any(c.startswith("It asks for at least") for c in r.cautions)}

    assert short(older) <= short(profile)


@given(profiles, wishes)
@settings(max_examples=300, deadline=None)
def test_a_path_never_takes_a_thing_before_what_it_asks_for(profile, wished):
    level = level_for(profile)
    steps = path(KNOWLEDGE, profile, level, wished)
    taken = set(standing_for(KNOWLEDGE, profile.held))
    for step in steps:
        assert step.certification not in taken
        needs = BY_ID[step.certification].prerequisites
        assert {n.certification for n in needs if n.kind is PrerequisiteKind.REQUIRED} <= taken
        taken.add(step.certification)
    assert [step.level for step in steps] == sorted(step.level for step in steps)
    ranked = rank_certifications(KNOWLEDGE, profile, level, wished)
    if ranked:
        assert [s.certification for s in steps][: len(ranked[0].first) + 1] == [
            *ranked[0].first, ranked[0].certification,
        ]  # fmt: skip


@given(profiles, st.sampled_from(sorted(BY_ID)))
@settings(max_examples=200, deadline=None)
def test_a_path_without_a_certification_has_neither_it_nor_what_asks_for_it(profile, left_out):
    for step in path(KNOWLEDGE, profile, level_for(profile), without=(left_out,)):
        assert left_out not in standing_for(KNOWLEDGE, (step.certification,))


def test_no_certification_is_left_to_chance():
    assert len(BY_ID) == 30


@pytest.mark.parametrize(
    ("profile", "never_first", "told"),
    [
        (Profile(level=Level.TWO, region="us", experience_months=18), "pmi_pmocp", "you told me of 18 months"),
        (Profile(level=Level.THREE, region="us", experience_months=0), "pmi_pmocp", "you told me of none yet"),
        (Profile(level=Level.FOUR, goal="portfolio", experience_months=60), "pmi_pfmp", "at least 8 years"),
        (Profile(level=Level.TWO, wanted=("pmi_pmp",), experience_months=30), "pmi_pmp", "at least 3 years"),
    ],
    ids=["18 months", "none", "five years", "wanted"],
)
def test_too_little_experience_is_said_and_keeps_it_from_the_first_place(profile, never_first, told):
    ranked = rank_certifications(KNOWLEDGE, profile, profile.level)
    assert ranked[0].certification != never_first
    cautions = next(r.cautions for r in ranked if r.certification == never_first)
    assert any(told in caution for caution in cautions)


def test_a_current_pmp_stands_for_the_years_of_pmocp():
    profile = Profile(level=Level.TWO, region="us", experience_months=18, held=("pmi_pmp",))
    best = rank_certifications(KNOWLEDGE, profile, Level.TWO)[0]
    assert best.certification == "pmi_pmocp"
    assert not any(caution.startswith("It asks for at least") for caution in best.cautions)


def test_enough_experience_is_said_with_the_entry_rule():
    profile = Profile(level=Level.TWO, experience_months=48)
    ranked = rank_certifications(KNOWLEDGE, profile, Level.TWO)
    cautions = next(r.cautions for r in ranked if r.certification == "pmi_pmocp")
    assert any("Your 4 years are long enough" in caution for caution in cautions)


def test_a_superseded_wish_is_weighed_as_its_successor():
    ranked = rank_certifications(KNOWLEDGE, Profile(wanted=("bcs_ppso_essentials",)), Level.TWO)
    successor = next(r for r in ranked if r.certification == "hop_essentials_administrators")
    assert "You named PPSO Essentials, and it took that one's place." in successor.why_now


def test_what_has_nothing_to_be_careful_about_is_ranked_without_a_caution():
    knowledge = some_knowledge(certifications=(a_certification(),))
    (only,) = rank_certifications(knowledge, Profile(), Level.TWO)
    assert only.cautions == ()
    answer = answer_next_qualification(knowledge, Profile(level=Level.TWO))
    assert "Why not the others" not in answer.reply.text
    settled = Profile(level=Level.TWO, held=tuple(BY_ID), region="uk", preference="practice")
    assert "no certification beyond" in answer_next_qualification(KNOWLEDGE, settled).reply.text


def test_steps_to_what_is_held_are_none():
    certification = BY_ID["p3o_foundation"]
    assert steps_to(KNOWLEDGE, certification, Profile(held=("p3o_foundation",)), Level.TWO) == ()
    assert NO_WISHES.facets() == ()
