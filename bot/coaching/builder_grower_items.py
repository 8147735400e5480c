"""The eight items of the builder or grower sheet as they are talked about: their short names, why they are asked.

Their texts are content; here is what only the talk needs. `first` and `second` say what A and B stand for, and
`first_words` and `second_words` are words by which people name them without saying A or B.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ItemTalk:
    """How an item is talked about; the last four are empty where one agrees or not."""

    name: str
    why: str
    first: str = ""
    second: str = ""
    first_words: tuple[str, ...] = ()
    second_words: tuple[str, ...] = ()


ITEMS: Mapping[str, ItemTalk] = {
    "BG1": ItemTalk(
        "A blank page",
        "The article calls somebody a builder who prefers setting PMOs up. A blank page is the purest case of that.",
    ),
    "BG2": ItemTalk(
        "A PMO's third year",
        "The article's grower takes the longer role, growing and maturing a PMO. By the third year, that is the work.",
    ),
    "BG3": ItemTalk(
        "Looking for the next thing to set up",
        "Some people set a PMO up, hand it over and move on. I would like to know whether that sounds like you.",
    ),
    "BG4": ItemTalk(
        "A notch better each quarter",
        "Growing a PMO is many small gains, measured and made. I ask whether such gains please you.",
    ),
    "BG5": ItemTalk(
        "The job you would take",
        "It puts the article's two sides as one choice, with pay and title out of the way.",
        "a new PMO",
        "one to make better",
        ("new", "without", "scratch", "start", "starting", "build", "building"),
        ("existing", "improve", "improving", "grow", "growing", "long"),
    ),
    "BG6": ItemTalk(
        "The better day",
        "Both are good days. The one you pick hints at what gives you energy: people who grow, or a launch.",
        "the team without you",
        "the first board",
        ("people", "coaching", "coach"),
        ("launch", "meeting"),
    ),
    "BG7": ItemTalk(
        "The messy process",
        "Some people rather do things differently, others rather do them better. It is style, and both are needed.",
        "a fresh design",
        "a repair",
        ("redesign", "scratch", "new", "anew", "replace", "scrap", "bin"),
        ("fix", "fixing", "mend", "improve", "repairing", "worst"),
    ),
    "BG8": ItemTalk(
        "Your CV in ten years",
        "The article's advice is to find your niche. What you want to look back on says something about it.",
        "PMOs that you grew",
        "PMOs that you started",
        ("grow", "growing", "few"),
        ("start", "starting", "many", "several", "six", "built"),
    ),
}
