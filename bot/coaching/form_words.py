"""What people say to steer a form: stop, skip, back, start again, why; what makes words a question or a correction."""

import re
from collections.abc import Mapping
from enum import Enum

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from bot.coaching.reading import words_of
from bot.records import Question

ALIKE = 88
SHORTEST, LONG = 3, 7
"""Letters of the shortest words that may be mistyped, and of the longest whose letters are compared one by one."""
LONGEST_WISH = 7
"""Words of a wish to steer; more is something else that has such a word in it."""
SURE = 0.6


class Wish(Enum):
    """How a person steers a form."""

    STOP = "stop"
    SKIP = "skip"
    SKIP_ALL = "skip_all"
    BACK = "back"
    AGAIN = "again"
    WHY = "why"
    GO_ON = "go_on"
    HELP = "help"
    RECAP = "recap"
    PROGRESS = "progress"
    ADVICE = "advice"


WORDS: Mapping[Wish, tuple[str, ...]] = {
    Wish.STOP: (
        "stop", "stop it", "stop this", "stop here", "stop the questions", "stop asking", "quit", "exit", "cancel",
        "enough", "that's enough", "no more questions", "no more", "end this", "leave it", "not now", "later",
        "pause", "i'm done", "i am done", "i've had enough", "give up", "i give up", "abort", "get me out",
        "stop asking questions", "stop asking me", "stop asking so many questions", "too many questions",
        "i can't do this now", "can't do this now", "i can't do this", "i cant do this",
        "not today", "another time", "some other time",
    ),
    Wish.SKIP_ALL: (
        "skip all", "skip all of it", "skip all of them", "skip them all", "skip everything", "skip the rest",
        "skip the lot", "skip the whole thing", "skip to the end", "finish now", "just tell me the result",
    ),
    Wish.SKIP: (
        "skip", "skip it", "skip this", "skip this one", "skip that", "skip question", "skip this question", "pass",
        "i pass", "next", "next one", "next question", "move on", "i'd rather not say", "prefer not to say",
        "don't want to answer", "no comment", "n/a", "no answer",
    ),
    Wish.BACK: (
        "back", "go back", "back one", "one back", "previous", "previous question", "previous one",
        "last question again", "undo", "go back one", "take me back", "back please", "step back",
    ),
    Wish.AGAIN: (
        "start again", "start over", "restart", "from the start", "from the beginning", "begin again", "from scratch",
        "reset", "redo", "all over again", "do it again", "let me start again",
    ),
    Wish.WHY: (
        "why", "why do you ask", "why do you ask that", "why ask", "why are you asking", "why do you need that",
        "why do you need to know", "why do you want to know", "what's that for", "what is that for", "what's it for",
        "what do you need that for", "why does that matter", "why does it matter", "why this question", "how come",
        "what has that got to do with it", "what has this got to do with it", "what has this got to do with anything",
        "what's that got to do with anything", "why are you asking me this", "y do u ask",
    ),
    Wish.GO_ON: ("go on", "continue", "carry on", "resume", "keep going", "where were we", "ask me again", "repeat",
                 "repeat that", "say that again", "what was the question", "again please"),
    Wish.HELP: ("help", "what can i say", "what are my options", "options", "how do i answer", "what should i answer",
                "i don't understand", "i don't understand the question", "what do you mean", "what do you mean by that",
                "what does that mean", "i don't get it", "i don't get the question", "meaning", "huh", "what"),
    Wish.RECAP: (
        "what did i say", "what have i said", "what did i say so far", "what have i said so far", "what did i answer",
        "what have i answered", "what did i tell you", "what have i told you", "what have i told you so far",
        "what have you got so far", "what do you have so far", "what have you got", "recap", "summary so far",
        "show my answers", "show me my answers", "my answers", "my answers so far", "read it back", "read that back",
    ),
    Wish.PROGRESS: (
        "how many more", "how many more questions", "how many left", "how many questions left", "how many are left",
        "how many questions are left", "how many questions", "how many questions are there", "how much longer",
        "how long is this", "how long will this take", "how long does this take", "how long left", "how much is left",
        "are we nearly done", "are we nearly there", "are we there yet", "is it much longer", "this is taking ages",
        "this is taking forever", "this is taking too long", "this is too long", "this takes too long", "hurry up",
        "get on with it", "get to the point", "this is boring",
    ),
    Wish.ADVICE: (
        "what do you think", "what would you do", "what would you say", "which would you pick", "what would you pick",
        "which one would you pick", "which would you choose", "which do you think", "you choose", "you decide",
        "you pick", "you tell me", "any ideas", "any suggestions", "what do you suggest", "what do you recommend",
        "give me an example", "for example", "like what", "what do you reckon", "what would you do in my shoes",
        "what would you say in my shoes", "what would you do if you were me", "if you were me", "in my shoes",
    ),
}  # fmt: skip
UNSURE = ("don't know", "i don't know", "dont know", "dunno", "i dunno", "no idea", "not sure", "i'm not sure", "idk",
          "can't say", "hard to say", "no clue", "unsure", "not sure which", "not sure yet", "haven't a clue",
          "i've no idea", "can't think", "i can't think", "can't think of anything", "can't think of one",
          "can't decide", "i can't decide", "can't choose", "haven't decided", "haven't decided yet",
          "nothing comes to mind", "nothing springs to mind", "i don't really know", "don't really know",
          "not really sure", "stuck", "i wouldn't know", "no idea yet", "it's hard to say")  # fmt: skip
"""Passes a question over, where it is no answer to it."""
WISHES_OF_INTENTS = {"go_back": Wish.BACK, "start_over": Wish.AGAIN, "ask_why": Wish.WHY, "say_goodbye": Wish.STOP}
_POLITE = re.compile(
    r"^(?:(?:ok|okay|please|pls|plz|sorry|well|um+|erm*|hm+|can we|can i|could we|could i|let's|lets|let us|i want to|"
    r"i wanna|i'd like to|i would like to|just|no)[\s,]+)+|(?:\s+(?:please|pls|plz|thanks|thx|now|for now|then|mate))+$"
)
_AROUND_DOUBT = re.compile(
    r"^(?:(?:h+m+|u+m+|e+r+m*|uh+|oh|well|honestly|tbh|to be honest|sorry|ok|okay|i'm|im|i am|really|just)[\s,.]+)+|"
    r"(?:[\s,.]+(?:tbh|to be honest|honestly|sorry|really|at the moment|right now|atm|though|mate))+$"
)
"""What people say before and after "I don't know"."""
_ASKING = re.compile(
    r"^\W*(?:what|whats|what's|which|who|whos|how|why|when|where|is|are|was|does|do|did|can|could|should|would|will|"
    r"tell me (?:about|what|more)|explain|define)\b",
    re.IGNORECASE,
)
_CORRECTING = re.compile(
    r"\b(?:i said|i meant|i mean|no wait|wait|correction|correct that|change|i made a mistake|my mistake|typo|"
    r"i was wrong|that'?s (?:wrong|not right)|"
    r"should (?:be|have been)|make that|make it|scratch that|instead|earlier|before that)\b",
    re.IGNORECASE,
)
_CHANGING = re.compile(r"^\W*(?:actually|sorry|oops|no)\b", re.IGNORECASE)


def wish_in(text: str) -> Wish | None:
    """Return how the words steer the form, if they do."""
    words = words_of(text).rstrip("?").strip()
    bare = _POLITE.sub("", words).strip() or words
    if not bare or len(bare.split()) > LONGEST_WISH:
        return None
    for wish, phrases in WORDS.items():
        if bare in phrases or words in phrases:
            return wish
    for wish, phrases in WORDS.items():
        if any(_is_nearly(bare, phrase) for phrase in phrases):
            return wish
    return None


def wish_meant(question: Question) -> Wish | None:
    """Return how a message steers the form by its meaning, in whatever words."""
    sure = question.confidence >= SURE and not question.mentions and not question.topic
    return WISHES_OF_INTENTS.get(question.intent) if sure and len(question.text.split()) <= LONGEST_WISH else None


def _is_nearly(words: str, phrase: str) -> bool:
    """Tell whether words are a phrase mistyped: a letter left out, doubled or swapped; in long ones, any small slip."""
    if min(len(words), len(phrase)) < SHORTEST:
        return False
    if len(phrase) > LONG:
        return fuzz.ratio(words, phrase) >= ALIKE
    slip = len(words) != len(phrase) or sorted(words) == sorted(phrase)  # "step" is not "stop"
    return slip and DamerauLevenshtein.distance(words, phrase, score_cutoff=1) <= 1


def is_unsure(text: str) -> bool:
    """Tell whether the words say no more than that the person does not know."""
    words = words_of(text)
    parts = [_AROUND_DOUBT.sub("", part).strip(" ,.") for part in re.split(r"[,;.!?]+", words)]
    bare = [part for part in parts if part]
    return _says_unsure(words) or (bool(bare) and all(map(_says_unsure, bare)))


def _says_unsure(words: str) -> bool:
    return any(fuzz.ratio(words, phrase) >= ALIKE for phrase in UNSURE)


def is_asking(text: str) -> bool:
    """Tell whether the words are put as a question."""
    return text.rstrip().endswith("?") or _ASKING.match(text) is not None


def is_correcting(text: str) -> bool:
    """Tell whether the words say that an earlier answer was wrong."""
    return _CORRECTING.search(text) is not None


def is_changing(text: str) -> bool:
    """Tell whether the words may take back an earlier answer: "actually", "no", at the beginning."""
    return _CHANGING.match(text) is not None
