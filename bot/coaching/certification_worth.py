"""The coach's judgement of a certification: its level, its worth; and what is never told: prices and odds."""

from collections.abc import Sequence

from bot.coaching.certification_facts import Told, known_facts, names_of, sources_of, successors_of
from bot.coaching.phrases import running
from bot.coaching.wording import joined, sentence
from bot.records import Certification, CertificationStatus, Fact, Knowledge, Level

LEVEL_WORK = {
    Level.ONE: "start out beside a project",
    Level.TWO: "serve or analyse several projects",
    Level.THREE: "manage an office",
    Level.FOUR: "direct several offices or an enterprise PMO",
}
OPINIONS = ("enough_on_its_own", "criticism", "superlative", "character")
NO_PROMISE = (
    "No certificate promises a job or a promotion. I would read five adverts for the job you want and count how often "
    "it is named."
)


def level_words(levels: Sequence[Level]) -> str:
    """Return levels in words: "level two", "levels two and three"."""
    return f"level{'s' if len(levels) > 1 else ''} {joined([level.word for level in levels])}"


def tell_level(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell the level a certification fits, and what that rests on."""
    words, reason = level_words(certification.levels), certification.level_reason
    if not certification.levels:
        return Told(f"**No level.** {reason}", certification.sources)
    if words in reason:
        return Told(reason.replace(words, f"**{words}**", 1), certification.sources)
    helps = "helps at" if certification.status is CertificationStatus.NOT_A_CERTIFICATE else "fits"
    return Told(f"It {helps} **{words}**. {reason}", certification.sources)


def tell_worth(knowledge: Knowledge, certification: Certification) -> Told:
    """Judge a certification by its level, its subject and what became of it, without a promise."""
    opinion = next(iter(known_facts(certification, OPINIONS)), None)
    sources = (*certification.sources[:2], *(sources_of([opinion]) if opinion else ()))
    if certification.status is CertificationStatus.SUPERSEDED:
        return Told(_worth_of_the_past(knowledge, certification), sources)
    if certification.status is CertificationStatus.NOT_A_CERTIFICATE:
        told = f"**For seeing where you stand, yes; as a certificate to show, no.** {certification.caution or ''}"
        return Told(told.strip(), sources)
    if certification.status is CertificationStatus.UNCLEAR:
        opening = f"**Only once you know that it runs, and how it is examined.** Ask {certification.ask} first."
        return Told(
            " ".join([opening, f"Then it can be, if {_work(certification)}.", *_said(opinion), NO_PROMISE]), sources
        )
    opening = f"**It can be, if {_work(certification)}.**"
    said = _said(opinion) or [certification.caution or ""]
    about = "" if certification.about == "pmo" or "about" in said[0] else _beside(certification)
    return Told(" ".join(part for part in (opening, about, *said, NO_PROMISE) if part), sources)


def _said(opinion: Fact | None) -> list[str]:
    return [sentence(opinion.value or ""), *([opinion.note] if opinion.note else [])] if opinion else []


def _work(certification: Certification) -> str:
    return f"you {LEVEL_WORK[certification.levels[0]]}, or want to"


def _beside(certification: Certification) -> str:
    return f"It is about {SUBJECTS[certification.about]}, so it serves a PMO career from the side."


SUBJECTS = {
    "pmo": "PMOs",
    "project": "projects",
    "programme": "programmes",
    "portfolio": "portfolios",
    "risk": "risk",
    "change": "change",
    "agile": "agile projects",
    "business_case": "business cases",
}


def _worth_of_the_past(knowledge: Knowledge, certification: Certification) -> str:
    names = names_of(successors_of(knowledge, certification))
    told = f"**Not as a new choice: {names} took its place.**" if names else "**Not as a new choice; it has gone.**"
    return (
        f"{told} If you hold {certification.name}, it still shows what you learned, so keep it on your CV. Whether it "
        f"counts as equal to the new one, I could not find out. Ask {certification.ask}."
    )


def tell_booking(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell whom to ask about a place on a course or in an exam; the coach books and sells nothing."""
    names, sources = names_of(successors_of(knowledge, certification)), certification.sources[:2]
    told = f"**Ask {certification.ask}** which courses and exams run today. I neither book nor sell courses."
    if names:
        told = f"You can no longer book {certification.name}. **Look at {names}**, and ask {certification.ask}."
    elif certification.status is CertificationStatus.NOT_A_CERTIFICATE:
        told = f"There is no exam to book. It is {running(certification.summary)} Ask {certification.ask}."
    return Told(told, sources)


def tell_price(knowledge: Knowledge, certification: Certification) -> Told:
    """Say that prices are never quoted, and who would know."""
    return Told(
        f"I don't quote prices: they differ by country, provider and month. For {certification.name}, **ask "
        f"{certification.ask}** or a training provider. Have course, exam, book and resit named in one written offer."
    )


def tell_pass_rate(knowledge: Knowledge, certification: Certification) -> Told:
    """Say that no pass rate can be quoted, and who would know."""
    return Told(
        f"I don't know: I have no pass rate for {certification.name} that I could cite, and I won't guess. "
        f"Ask {certification.ask}. A trainer's own figure tells you about that trainer's pupils only."
    )
