"""Any person a recommendation may be asked for, as hypothesis strategies over the real content."""

from hypothesis import strategies as st

from bot.coaching.wishes import GOAL_TITLES, Time, Wishes
from bot.records import Level, Profile
from tests.coaching.checks import KNOWLEDGE

CERTIFICATIONS = sorted(KNOWLEDGE.certifications)
GOALS = (*GOAL_TITLES.values(), "something with data", "run our enterprise PMO", "no idea", "")

profiles = st.builds(
    Profile,
    role=st.none() | st.sampled_from(sorted(KNOWLEDGE.roles)),
    level=st.none() | st.sampled_from(Level),
    held=st.lists(st.sampled_from(CERTIFICATIONS), max_size=6, unique=True).map(tuple),
    not_held=st.lists(st.sampled_from(CERTIFICATIONS), max_size=2, unique=True).map(tuple),
    wanted=st.lists(st.sampled_from(CERTIFICATIONS), max_size=2, unique=True).map(tuple),
    region=st.sampled_from([None, "uk", "us", "other"]),
    goal=st.none() | st.sampled_from(GOALS),
    preference=st.sampled_from([None, "practice", "framework"]),
    experience_months=st.none() | st.integers(0, 480),
)
wishes = st.builds(
    Wishes,
    time=st.none() | st.sampled_from(Time),
    since=st.dictionaries(st.sampled_from(CERTIFICATIONS), st.integers(1990, 2026), max_size=3).map(
        lambda years: tuple(sorted(years.items()))
    ),
    year=st.none() | st.just(2026),
)
