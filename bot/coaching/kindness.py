"""A kind sentence before the next question, where somebody tells what is hard: "I failed it once, and I'm scared".

It takes the feeling seriously, and neither cheers up nor advises; real distress is heard before any form is.
"""

import re

SAID = (
    (
        re.compile(r"\b(?:redundan\w+|laid off|made redundant|lost my job|got sacked|was fired|job (?:is )?at risk|"
                   r"just like that|shown the door|let me go|out of a job|"
                   r"(?:years|yrs) (?:and )?(?:gone|down the drain))\b"),
        "That is hard news, and I am sorry. We go at your pace.",
    ),
    (
        re.compile(r"\b(?:fail(?:ed|ing)?|flunked|didn'?t pass|did not pass|messed (?:it )?up|went badly|"
                   r"bad review)\b"),
        "That stings, and many who hold it now were there once. It tells you what to do differently.",
    ),
    (
        re.compile(r"\b(?:scared|afraid|frightened|terrified|nervous|anxious|worried|dread\w*|panic\w*)\b"),
        "It is normal to be uneasy about that, and good that you say it: we can plan around it.",
    ),
    (
        re.compile(r"\b(?:not good enough|impost[eo]r|fraud|out of my depth|useless at|too (?:old|stupid|thick))\b"),
        "Many good people feel that. Let us look at what you do rather than at what you fear.",
    ),
    (
        re.compile(r"\b(?:exhausted|burn(?:t|ed) out|overwhelmed|stressed|knackered|swamped|snowed under|drowning|"
                   r"work is (?:mad|crazy|manic|hell)|no energy|too much on)\b"),
        "That is a lot to carry, so let us keep this small.",
    ),
    (
        re.compile(r"\b(?:bored|fed up|hate|miserable|frustrat\w+|stuck|unhappy|ignored|overlooked|passed over|"
                   r"(?:feeling|feel) (?:low|down|lost)|(?:a )?bit lost)\b"),
        "That wears anybody down, and wanting something else is a good reason to plan.",
    ),
)  # fmt: skip
"""Tried in turn; the first that fits is said."""
_DENIED = re.compile(r"\b(?:not|never|no longer|n't)\s+(?:really |very |at all |too |that )?$")


def is_loss(text: str) -> bool:
    """Tell whether the words tell of a job that is lost, or about to be."""
    return kind_word(text) == SAID[0][1]


def kind_word(text: str) -> str | None:
    """Return a kind sentence for words that tell of something hard; None where they do not."""
    words = text.casefold().replace("’", "'")
    for pattern, sentence in SAID:
        match = pattern.search(words)
        if match is not None and not _DENIED.search(words[: match.start()]):
            return sentence
    return None
