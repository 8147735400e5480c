"""The signs by which a qualification is judged: functions from a candidate to the sentences that say what holds of it.

There is one sentence for each time that a sign holds, and none where it does not. What a sign is worth, and how it is
told, is in the table of judgements.
"""

from bot.coaching.entry_rules import entry_told, renewal_due, shortfall, stands_in
from bot.coaching.qualification_candidates import Candidate, level_above
from bot.coaching.wishes import goal_reason, haste_caution, time_reason
from bot.coaching.wording import joined
from bot.records import CertificationStatus, Confidence, Level, PrerequisiteKind

OTHER_LEVEL = "It sits"
"""How it is said that a certification is for another level."""
READY_MONTHS = 24
"""Time in the work from which on to look one level up."""
REQUIRED_MONTHS = 36
"""What the entry rules of certifications with such rules commonly ask for."""
HIGHER_PLACES = ("portfolio", "programme")

Sentences = tuple[str, ...]


def _said(sentence: str | None, *, when: object = True) -> Sentences:
    return (sentence,) if sentence and when else ()


def one_level_up(c: Candidate) -> Sentences:
    """It is for the level above."""
    best = c.certification.levels[0]
    is_above = best == level_above(c.level) != c.level
    return _said(f"It is aimed at level {best.word} work, one above where you stand.", when=is_above)


def one_level_up_in_time(c: Candidate) -> Sentences:
    """It is for the level above, and the person is ready for more."""
    return one_level_up(c) if _ready_for_more(c) else ()


def one_level_up_early(c: Candidate) -> Sentences:
    """It is for the level above, and the person is not ready for more."""
    return () if _ready_for_more(c) else one_level_up(c)


def same_level(c: Candidate) -> Sentences:
    """It is for the person's level."""
    best = c.certification.levels[0]
    return _said(f"It fits level {best.word}, where you stand.", when=best == c.level)


def same_level_in_time(c: Candidate) -> Sentences:
    """It is for the person's level, and nothing higher is to be thought of."""
    return () if _could_go_higher(c) else same_level(c)


def same_level_late(c: Candidate) -> Sentences:
    """It is for the person's level, and they could go higher."""
    return same_level(c) if _could_go_higher(c) else ()


def serves_level(c: Candidate) -> Sentences:
    """It is for another level first, and for the person's or the next one too."""
    level = next((level for level in (c.level, level_above(c.level)) if level in c.certification.levels), None)
    if level is None or one_level_up(c) or same_level(c):
        return ()
    return (f"It can serve at level {level.word} too.",)


def other_level(c: Candidate) -> Sentences:
    """It is for another level altogether."""
    side = "below" if c.certification.levels[0] < c.level else "above"
    is_other = not {c.level, level_above(c.level)} & set(c.certification.levels)
    return _said(f"{OTHER_LEVEL} {side} your level: {c.certification.level_reason}", when=is_other)


def _ready_for_more(c: Candidate) -> bool:
    """Say whether to look one level up: something is held already, or there are two years in the work."""
    return bool(c.profile.held) or c.months >= READY_MONTHS


def _could_go_higher(c: Candidate) -> bool:
    return _ready_for_more(c) and level_above(c.level) != c.level


def serves_goal(c: Candidate) -> Sentences:
    """It serves what the person wants."""
    return _said(goal_reason(c.certification, c.profile.goal, c.level))


def about_pmos(c: Candidate) -> Sentences:
    """It is about PMOs."""
    return _said("It is about PMOs, not about running single projects.", when=c.certification.about == "pmo")


def about_many_projects(c: Candidate) -> Sentences:
    """It is about programmes or portfolios, for somebody who works with them."""
    about = c.certification.about
    return _said(f"It is about {about}s, which many PMOs serve.", when=about in HIGHER_PLACES and c.level >= Level.TWO)


def in_article(c: Candidate) -> Sentences:
    """The article has a word on it."""
    return _said("The article names it.", when=c.certification.article)


def too_little_experience(c: Candidate) -> Sentences:
    """What was told is less than its entry rule asks for."""
    return _said(shortfall(c.certification, c.profile, c.held))


def door_closed(c: Candidate) -> Sentences:
    """It wants experience or one of several certificates, and the person told of neither."""
    doors = c.needs(PrerequisiteKind.ONE_OF)
    seasoned = c.months >= REQUIRED_MONTHS or c.certification.levels[0] <= c.level
    if not doors or seasoned or stands_in(c.certification, c.held):
        return ()
    names = joined([c.name(door) for door in doors], word="or")
    return (f"It wants experience or a certificate such as {names}, and you told me of neither.",)


def advised_missing(c: Candidate) -> Sentences:
    """It builds on another one, which is not held."""
    missing = [advised for advised in c.needs(PrerequisiteKind.ADVISED) if advised not in c.held]
    return tuple(f"It builds on {c.name(advised)}, so look there first." for advised in missing)


def follows_held(c: Candidate) -> Sentences:
    """It asks for, builds on or accepts one that is held."""
    need = next((need for need in c.certification.prerequisites if need.certification in c.held), None)
    if need is None:
        return ()
    ways = {PrerequisiteKind.REQUIRED: "asks for", PrerequisiteKind.ADVISED: "builds on"}
    return (f"It {ways.get(need.kind, 'accepts')} {c.name(need.certification)}, which you hold.",)


def same_scheme(c: Candidate) -> Sentences:
    """It is a high one of a scheme that the person knows, and follows from nothing that they hold."""
    families = {c.knowledge.certifications[held].family for held in c.held}
    known = c.certification.family in families and c.certification.levels[0] >= Level.THREE
    return _said("You know its scheme already.", when=known and not follows_held(c))


def each_missing(c: Candidate) -> Sentences:
    """Each required certification that is not held."""
    return c.first


def required_missing(c: Candidate) -> Sentences:
    """Others must come first."""
    return _said(f"{' and '.join(map(c.name, c.first))} must come first.", when=c.first)


def replaces_held(c: Candidate) -> Sentences:
    """It took the place of one that is held."""
    old = [held for held in sorted(c.held) if c.certification.id in c.knowledge.certifications[held].successors]
    return tuple(f"It replaced {c.name(held)}, which you hold; ask whether yours still counts." for held in old)


def built_on_old(c: Candidate) -> Sentences:
    """What it builds on was got so long ago that it may be due for renewal."""
    due = (
        renewal_due(c.knowledge.certifications[need.certification], c.wishes.got(need.certification), c.wishes.year)
        for need in c.certification.prerequisites
    )
    return tuple(sentence for sentence in due if sentence)


def liked_style(c: Candidate) -> Sentences:
    """It is of the style that the person likes."""
    like = "hands-on, as you like it" if c.profile.preference == "practice" else "a framework, as you like it"
    return _said(f"It is {like}.", when=c.profile.preference and c.certification.style == c.profile.preference)


def own_region(c: Candidate) -> Sentences:
    """It is asked for where the person works."""
    is_there = c.profile.region and c.profile.region in c.certification.regions
    return _said("It is well placed in your region.", when=is_there)


def other_regions(c: Candidate) -> Sentences:
    """It is asked for elsewhere."""
    is_elsewhere = c.profile.region and not {c.profile.region, "any"} & set(c.certification.regions)
    return _said("It is asked for mostly in other regions.", when=is_elsewhere)


def wished_for(c: Candidate) -> Sentences:
    """The person named it, or what it took the place of."""
    named = c.wanted.get(c.certification.id)
    if named in (None, c.certification.id):
        return _said("You named it yourself.", when=named)
    return (f"You named {c.name(named)}, and it took that one's place.",)


def fits_time(c: Candidate) -> Sentences:
    """It can be learned in the time there is."""
    return _said(time_reason(c.certification, c.wishes.time)[1])


def too_long(c: Candidate) -> Sentences:
    """It takes much longer than the time there is."""
    points, _, caution = time_reason(c.certification, c.wishes.time)
    return _said(caution, when=points < 0)


def time_in_doubt(c: Candidate) -> Sentences:
    """It may take longer than the time there is, or nobody knows how long."""
    return _said(time_reason(c.certification, c.wishes.time)[2])


def in_haste(c: Candidate) -> Sentences:
    """Something makes the date hard to keep."""
    return _said(haste_caution(c.certification, c.wishes.time, len(c.first) + 1))


def unclear(c: Candidate) -> Sentences:
    """Whether it is still sold is unclear."""
    return _said("unclear", when=c.certification.status is CertificationStatus.UNCLEAR)


def little_known(c: Candidate) -> Sentences:
    """What is known of it rests on little."""
    return _said("little known", when=c.certification.confidence is Confidence.LOW)


def own_caution(c: Candidate) -> Sentences:
    """The content has a caution of its own."""
    return _said(c.certification.caution)


def entry_rule(c: Candidate) -> Sentences:
    """It has an entry rule."""
    return _said(entry_told(c.certification, c.profile, c.held))


def entry_rule_for_beginner(c: Candidate) -> Sentences:
    """It has an entry rule, and the person is at the beginning."""
    return entry_rule(c) if c.level is Level.ONE and c.months < REQUIRED_MONTHS else ()
