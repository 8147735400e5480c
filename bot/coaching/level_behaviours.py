"""The behaviours that tell the levels apart, and the answers that settle a doubtful title.

Level one needs none: it is where everybody stands whose work is not that of a higher level. Each of the others has
two, drawn from the article's words on that level and from the knowledge (levels.yaml, roles.yaml). Which question
belongs to which level is our own reading, as the rule of thumb is.
"""

from dataclasses import dataclass

from bot.records import Level

YES, PARTLY, NO = "yes", "partly", "no"
LOWER, HIGHER = "lower", "higher"
"""The answers to a question that offers two things: which of them, by its level. They count as no and yes."""
OPTIONS = (("Yes", YES), ("Partly, or now and then", PARTLY), ("No", NO))


@dataclass(frozen=True)
class Behaviour:
    """Work of one level: asked as `wording`, named `name` in a list, told back as `done` after "you"."""

    id: str
    level: Level
    name: str
    wording: str
    done: str
    why: str
    sources: tuple[str, ...]


BEHAVIOURS = (
    Behaviour(
        id="across",
        level=Level.TWO,
        name="Work across projects",
        wording="Do you give a service or analysis across several projects, a programme or a portfolio?",
        done="give a service or analysis across projects",
        why="Work for one project team is level one in our reading. Work across several is level two.",
        sources=("ARTICLE", "PL_JOBS"),
    ),
    Behaviour(
        id="insight",
        level=Level.TWO,
        name="Analysis for decisions",
        wording="Do you make analysis that others decide from, for example on risks, priorities or governance?",
        done="make the analysis that others decide from",
        why="The article's level two knows how a PMO adds value by its functions. Level one collects the figures.",
        sources=("ARTICLE", "PL_ALM"),
    ),
    Behaviour(
        id="office",
        level=Level.THREE,
        name="Answering for an office",
        wording="Do you manage the people of a PMO, or answer for its services?",
        done="manage a PMO's people or answer for its services",
        why="The article's levels three and four manage and lead. Managing one office is the common reading of three.",
        sources=("ARTICLE", "APMG_MGR", "PMJ19"),
    ),
    Behaviour(
        id="shape",
        level=Level.THREE,
        name="Shaping an office",
        wording="Do you decide how a PMO works: which services it gives, and by which standards?",
        done="decide how a PMO works",
        why="Setting up an office or reshaping it is level-three work, with or without a team of your own.",
        sources=("ARTICLE", "APMG_MGR"),
    ),
    Behaviour(
        id="direct",
        level=Level.FOUR,
        name="Directing offices",
        wording="Do you direct several PMOs, or the one for the whole enterprise?",
        done="direct several PMOs or the enterprise's",
        why="Directing several offices, or an enterprise PMO, is the common reading of level four.",
        sources=("ARTICLE", "PL_L4", "APMG_DIR"),
    ),
    Behaviour(
        id="change",
        level=Level.FOUR,
        name="Work with executives",
        wording="Do you shape, together with executives, how the whole organisation delivers change?",
        done="shape with executives how the organisation delivers change",
        why="The article's widest range of work ends with reshaping the enterprise's framework for delivery.",
        sources=("ARTICLE", "PL_L4"),
    ),
)


@dataclass(frozen=True)
class Settling:
    """How a doubtful title's own question (`Role.question`) stands in for a behaviour: its answers, and other words.

    With `either` the question offers two things: a bare "yes" is no answer to it, and its answers are lower and higher.
    """

    role: str
    behaviour: str
    options: tuple[tuple[str, str], ...] = OPTIONS
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    either: bool = False


_TEAM = ("one", "one team", "one project", "single", "only one", "just one", "1")
_SEVERAL = (
    "several",
    "multiple",
    "many",
    "programme",
    "program",
    "across",
    "more than one",
    "lots",
    "two",
    "three",
    "four",
    "five",
    "few",
    "projects",
)
_MOSTLY_BOTH = ("both", "bit of each", "mix", "mixture", "in between")

SETTLINGS = (
    Settling(
        role="project_coordinator", behaviour="across", either=True,
        options=(("One project team", LOWER), ("Several at once", HIGHER), ("A bit of both", PARTLY)),
        words=((PARTLY, _MOSTLY_BOTH), (LOWER, _TEAM), (HIGHER, _SEVERAL)),
    ),
    Settling(
        role="pmo_officer", behaviour="across", either=True,
        options=(("Admin for one team", LOWER), ("Services across projects", HIGHER), ("A bit of both", PARTLY)),
        words=(
            (PARTLY, _MOSTLY_BOTH),
            (LOWER, ("admin", "administration", "administrative", "one team", "first")),
            (HIGHER, ("analysis", "services", "across", "reporting", "several", "second")),
        ),
    ),
    Settling(
        role="pmo_specialist", behaviour="office",
        words=((YES, ("own the service", "own it", "lead", "both", "lead others", "manage")),),
    ),
    Settling(
        role="senior_pmo_analyst", behaviour="office",
        words=((YES, ("line manage", "line-manage", "both", "manage people")), (PARTLY, ("stand in", "cover"))),
    ),
    Settling(
        role="pmo_lead", behaviour="office", either=True,
        options=(("People or a budget", HIGHER), ("By expertise", LOWER), ("A bit of both", PARTLY)),
        words=(
            (PARTLY, ("bit of both", "mix", "in between")),
            (LOWER, ("expertise", "expert", "neither", "no team", "no people", "no reports")),
            (HIGHER, ("people", "but a budget", "budget", "team", "both", "line manage", "reports", "manage")),
        ),
    ),
    Settling(role="portfolio_office_manager", behaviour="direct",
             words=((YES, ("whole", "entire", "everything", "enterprise")), (NO, ("division", "department", "part")))),
    Settling(role="coe_manager", behaviour="direct",
             words=((YES, ("whole", "entire", "enterprise")), (NO, ("division", "department", "only it")))),
    Settling(
        role="portfolio_manager", behaviour="direct", either=True,
        options=(("I run the process", LOWER), ("I answer for the portfolio", HIGHER), ("A bit of both", PARTLY)),
        words=(
            (PARTLY, _MOSTLY_BOTH),
            (LOWER, ("process", "run it", "run the", "first")),
            (HIGHER, ("answer for", "answerable", "accountable", "the portfolio itself", "itself", "own it", "second")),
        ),
    ),
    Settling(
        role="head_of_pmo", behaviour="direct", either=True,
        options=(("One PMO", LOWER), ("Several, or the enterprise's", HIGHER)),
        words=(
            (HIGHER, (*_SEVERAL, "enterprise", "all of them", "2", "3", "4", "5")),
            (LOWER, _TEAM),
        ),
    ),
    Settling(role="transformation_director", behaviour="direct",
             words=((YES, ("whole", "entire", "enterprise")), (NO, ("division", "department", "part of")))),
    Settling(
        role="pmo_consultant", behaviour="office", either=True,
        options=(("Supporting", LOWER), ("Managing or directing", HIGHER), ("Some of each", PARTLY)),
        words=(
            (PARTLY, _MOSTLY_BOTH),
            (LOWER, ("support", "supporting", "analysis", "admin", "first")),
            (HIGHER, ("managing", "manage", "managed", "directing", "direct", "set up", "setting up", "ran")),
        ),
    ),
)  # fmt: skip


def settling(role_id: str | None) -> Settling | None:
    """Return how a title's own question is answered; None for a title that is plain."""
    return next((item for item in SETTLINGS if item.role == role_id), None)
