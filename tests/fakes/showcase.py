"""What the paper coach says when a person looks at it: an answer of each kind that a terminal draws."""

from tests.fakes.coach_server import Answer, choice, message, source

NEXT = message(
    "**P3O Practitioner** fits best. It asks for P3O Foundation, which you hold, and it is aimed at people who "
    "manage or shape offices: level three, one above where you stand.\n"
    "- Rather hands-on? IPMO-Practitioner covers running one PMO. I found no exam details for it that I trust, so ask "
    "[AIPMO](https://www.aipmo.org/certifications).\n"
    "- Rather stay an analyst? Then Foundation may be enough; say so and I will look at *skills* instead.\n\n"
    "PeopleCert runs P3O now (the article, from about 2018, still says AXELOS). Check the exam rules there before you "
    "book.",
    choices=[choice("Compare the two"), choice("What does level three ask?"), choice("I want to stay an analyst")],
    sources=[
        source("Career paths in the PMO", "https://example.org/pmo-careers", 2018),
        source(
            "P3O Practitioner",
            "https://www.peoplecert.org/browse-certifications/it-governance-and-service/P3O-1",
            2024,
        ),
    ],
)
TABLE = message(
    "Here are the two, side by side.\n\n"
    "| | P3O Practitioner | IPMO-Practitioner |\n|---|---|---|\n"
    "| Owner | PeopleCert | AIPMO |\n| For | people who manage or shape offices | people who run one PMO |\n"
    "| Asks for | P3O Foundation | nothing that I found |\n| Exam | open book, 2.5 hours | *unknown* |\n",
    choices=[choice("Which is cheaper?"), choice("Back")],
)
LEVELS = [
    {"number": 1, "name": "Starting out", "asks": "Care with detail and with other people's deadlines"},
    {
        "number": 2,
        "name": "Supporting with services and analysis",
        "asks": "A grasp of how a PMO adds value through its functions and services",
    },
    {"number": 3, "name": "Leading a PMO", "asks": "Judgement about people, money and what to stop"},
    {"number": 4, "name": "Shaping the enterprise", "asks": "A seat at the table where the portfolio is decided"},
]
CAREER = message(
    "You stand on level two. Two answers led there: your title and your three years.",
    figure={"kind": "career_map", "data": {"levels": LEVELS, "here": 2, "between": None}},
)
BETWEEN = message(
    "You stand between levels two and three.",
    figure={"kind": "career_map", "data": {"levels": LEVELS, "here": None, "between": [2, 3]}},
)
BALANCE = message(
    "You lean towards **builder**. It is a conversation starter, not a test.",
    figure={"kind": "balance", "data": {"value": 6, "items": [
        {"text": "A blank page appeals to me more than joining a PMO that works.", "points": 2},
        {"text": "I would enjoy a PMO's third year more than its first three months.", "points": -1},
        {"text": "Once something I set up runs without me, I look for the next thing.", "points": 0},
    ]}},
)  # fmt: skip
PLAN = message(
    "Your plan so far:",
    figure={"kind": "plan", "data": {"steps": [
        {"title": "Ask my manager about the course budget", "date": "2026-12-04", "status": "done"},
        {"title": "Book P3O Foundation", "date": "2027-01-15", "status": "open"},
        {"title": "Shadow the portfolio board for one meeting", "date": "2027-02-01", "status": "moved"},
    ]}},
)  # fmt: skip
ODD = message("A figure from the future, and text that means harm: [red]not red[/red] \x1b[31mnot red\x1b[0m.",
              figure={"kind": "radar", "data": {"axes": ["a", "b"], "values": {"a": 1}, "note": "new"}})  # fmt: skip
ANSWERS = {
    "next": [NEXT],
    "compare": [TABLE],
    "map": [CAREER],
    "between": [BETWEEN],
    "balance": [BALANCE],
    "plan": [PLAN],
    "odd": [ODD],
    "two": [message("First things first."), NEXT],
}


def showcase(said: str) -> Answer:
    """Answer by the first word that is known; "slow" takes two seconds, "lost" is not understood."""
    words = said.casefold()
    for word, messages in ANSWERS.items():
        if word in words:
            return Answer(messages)
    if "busy" in words:
        return Answer(status=429, error="That was a lot at once.", headers={"Retry-After": "7"})
    if "lost" in words:
        return Answer([message("I did not get that. Could you say it another way?", kind="fallback")], understood=False)
    return Answer([message(f"You said: {said}")], delay=2.0 if "slow" in words else 0.0)
