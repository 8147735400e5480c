"""Reading the answers of the level check: a job title, and how far somebody does a piece of work."""

import re

from rapidfuzz import fuzz, process

from bot.coaching.form import Heard, Reading, Talk
from bot.coaching.level_behaviours import NO, OPTIONS, PARTLY, YES, Settling
from bot.coaching.level_weighing import role_of, settles
from bot.coaching.oneself import own
from bot.coaching.reading import Reader, first_of, free_words, pick, words_of
from bot.records.coaching import Refused

NO_TITLE = "none"
"""The answer of somebody who has no job title, or none in this field, at present."""
COMMON_TITLES = (
    "pmo_administrator", "project_coordinator", "pmo_analyst", "pmo_manager", "head_of_pmo", "project_manager",
)  # fmt: skip
LONGEST_TITLE = 80
FALLBACK, WORDS_OF_TITLE = "nlu_fallback", 6
"""More words than that which nothing is understood of are no title, unless somebody says what they do."""
_OF_ONESELF = re.compile(r"\b(?:i|i'm|im|my|we|our)\b(?! (?:boss|manager|director|lead|ceo|head)\b)")
OTHER_LADDER = (
    "Which ladder is that? SFIA, RQF, apprenticeships and House of PMO's roles count differently, so I take no level "
    "from them. Tell me your job title instead, or say “none”."
)
LEVEL_IS_SOUGHT = "The level is what we are about to find. Tell me your job title, or say “none”."
ANOTHERS = "And what is your own title today? Say “none” if you have none."
YOUR_OWN_WORK = "This check is about your own work. Answer for yourself, or say **stop** to leave it."
SHORTER = "A few words will do: the title as it stands in your contract, or “none”."
UNSURE = "If you are not sure, say “partly”, or skip it."

_ASKING = re.compile(
    r"^\W*(?:(?:ok|okay|so|and|but|well|then)\W+)*(?:wh?ats?|what's|"
    r"which|who|how|why|(?:when|where)\b.*\?$|can you|could you|should i|"
    r"does|is (?:a|an|the|it|there)|are|(?:just )?(?:tell|give|show|send|write) (?:me|us)|explain)\b"
    r"(?!.*\b(?:i am|i'm|im)\b)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^(?:none|nothing|no|nope|nil|n/?a|no (?:job|title|role)\b.*|none (?:yet|at the moment|really).*|"
    r"(?:i )?(?:don'?t|do not) have (?:one|a (?:job|title|role)).*|not (?:in|working in) (?:a )?(?:pmo|work).*)$|"
    r"\b(?:looking(?: for (?:a |my )?(?:first )?(?:job|work|role|one).*)?$|unemployed|out of work|between jobs|"
    r"job ?(?:hunting|seeking|seeker|search\w*)|student|redundant|just graduated|none[ /]looking)\b"
)
_LADDER = re.compile(r"\b(?:rqf|nvq|sfia|apprentice\w*|house of pmo|hop role|ofqual|btec)\b")
_ONLY_LADDER = re.compile(rf"(?:(?:it'?s|an?|the|my|on|in|of) )*{_LADDER.pattern}(?: (?:one|ladder|levels?))?")
_LEVEL = re.compile(r"\b(?:level|lvl|lev)\s*(?:\d+|one|two|three|four|five|six)\b")
_FOR_ANOTHER = re.compile(r"\bnot (?:for|about) me\b")
_NOT_OF_WORK = re.compile(
    r"\b(?:don'?t|do not|didn'?t) (?:(?:trust|believe|agree|understand|care)\b|get (?:it|that|this)$)"
)
"""What is said of the talk and not of the work: "i dont trust that number" answers no question about it."""
_WORK_WORDS = (
    "sometimes", "occasionally", "partly", "partially", "always", "never", "definitely", "absolutely", "regularly",
    "hardly", "rarely", "constantly", "usually", "mostly", "frequently", "exactly", "often",
)  # fmt: skip
_UNSURE = re.compile(
    r"\b(?:no idea|not sure|unsure|dunno|no clue|hard to say|what do you mean)\b|\b(?:don'?t|do not) (?:really )?know\b"
)
_PARTLY = re.compile(
    r"\b(?:sometimes|now and (?:then|again)|partly|partially|in parts?|part of (?:it|the time)|a (?:bit|little)|"
    r"kind of|kinda|sort of|sorta|occasionally|from time to time|every so often|here and there|some of (?:it|them)|"
    r"half|to (?:some|a certain) (?:extent|degree)|once or twice|at times|in a way|more or less|yes and no|"
    r"(?:yes+|yeah?|yep|yup|ok|sure|i do|i am)\W+(?:but|though|well)\W+(?:only|just|not|never|no|informally|small)|"
    r"only (?:with|as|on|in|at|through|by)|"
    r"not (?:always|often|all the time|every \w+|fully|entirely|quite|completely)|only (?:when|if|for)|"
    r"(?:when|while) .*\b(?:away|off|out|leave|holiday|absent)|stand(?:ing)? in|cover(?:ing)? for|deputis\w+)\b|50/50"
)
_NO = re.compile(
    r"^(?:n|no+|nope|nah|naw|nay|none|nobody|no one)\b(?! (?:time|money|budget|worries|problem|wonder)\b)|"
    r"\b(?:not (?:really|at all|yet|me|my \w+|mine|much|so much|now|currently)|never|hardly|rarely|seldom|"
    r"no longer|used to|(?:i )?(?:don'?t|do not|didn'?t|doesn'?t|isn'?t|wouldn'?t)|not part of|someone else)\b"
)
_YES = re.compile(
    r"^(?:y|yes+|yess?ir|yep|yeah|yea|yeh|yup|yah|yh|ye|defo|sure|ok|okay|aye|true|correct|right|totally|very much|"
    r"i do|we do|i am|i did|did)\b|"
    r"\b(?:of course|all the time|always|every (?:day|week|month)|daily|weekly|monthly|constantly|regularly|often|"
    r"mostly|usually|frequently|most of (?:it|the time|my time)|a lot|definitely|absolutely|exactly|for sure|"
    r"that(?:'?s| is) (?:me|my (?:job|role|work)|what i do)|(?:main|big|large|core) part|full[ -]?time|it is my job)\b"
)


def read_title(heard: Heard, talk: Talk) -> Reading:
    """Read a role of the knowledge, "none", or a title that is not known, as it was said.

    A level is not taken for a title: whose it is, is asked.
    """
    words = words_of(heard.text)
    if _is_question(words):
        return None
    role = own(heard.question, "role", awaited=True)
    if role is not None and role.value in talk.knowledge.roles:
        return role.value
    if _ONLY_LADDER.fullmatch(words) or (_names_level(heard, words) and _names_ladder(heard, words)):
        return Refused(OTHER_LADDER)
    if _names_level(heard, words):
        return Refused(LEVEL_IS_SOUGHT)
    if _NONE.search(words):
        return NO_TITLE
    return Refused(ANOTHERS) if heard.question.values("role") else _read_other_title(heard, talk, words)


def _read_other_title(heard: Heard, talk: Talk, words: str) -> Reading:
    """Read an option by its number, or a title that is not known, as it was said."""
    picked = pick(title_options(talk))(heard, talk)
    if picked is not None or not re.search(r"[^\W\d_]", words):
        return picked
    is_story = (
        heard.question.intent == FALLBACK and len(words.split()) > WORDS_OF_TITLE and not _OF_ONESELF.search(words)
    )
    return Refused(SHORTER) if is_story or len(words) > LONGEST_TITLE else free_words(heard, talk)


def title_options(talk: Talk) -> tuple[tuple[str, str], ...]:
    """Return the titles to pick from, the commonest, and "none"."""
    roles = [talk.knowledge.roles[role] for role in COMMON_TITLES if role in talk.knowledge.roles]
    return (*((role.title, role.id) for role in roles), ("None, or looking", NO_TITLE))


def read_work(behaviour_id: str) -> Reader:
    """Return the reader of one behaviour's answer; a doubtful title's own question has answers of its own."""

    def read(heard: Heard, talk: Talk) -> Reading:
        own_question = settles(role_of(talk), behaviour_id)
        if own_question is not None:
            return _read_settling(own_question, heard, talk)
        return first_of(read_extent, pick(OPTIONS))(heard, talk)

    return read


def read_extent(heard: Heard, talk: Talk) -> Reading:
    """Read yes, partly or no from words such as "now and then" or "all the time"."""
    words = _spelt(words_of(heard.text))
    if _UNSURE.search(words):
        return Refused(UNSURE)
    if _FOR_ANOTHER.search(words):
        return Refused(YOUR_OWN_WORK)
    if _NOT_OF_WORK.search(words):
        return None
    if _is_question(words):
        return None
    for pattern, value in ((_PARTLY, PARTLY), (_NO, NO), (_YES, YES)):
        if pattern.search(words):
            return value
    return {"affirm": YES, "deny": NO}.get(heard.question.intent)


def _read_settling(own_question: Settling, heard: Heard, talk: Talk) -> Reading:
    if _is_question(words_of(heard.text)):
        return None
    picked = pick(own_question.options, dict(own_question.words))(heard, talk)
    extent = read_extent(heard, talk)
    if not own_question.either:
        # "No, I only cover for her" says no first, whatever words come after it.
        return extent if extent in (YES, NO) or picked is None else picked
    if picked is None and extent in (YES, NO):
        return Refused(f"Which is nearer: {_as_question(own_question)}")
    return extent if picked is None else picked


def _as_question(own_question: Settling) -> str:
    first, second, *_ = (f"“{title}”" for title, _ in own_question.options)
    return f"{first} or {second}?"


def _is_question(words: str) -> bool:
    return _ASKING.match(words) is not None


def _names_level(heard: Heard, words: str) -> bool:
    return bool(heard.question.values("level")) or _LEVEL.search(words) is not None


def _names_ladder(heard: Heard, words: str) -> bool:
    return bool(heard.question.values("ladder")) or _LADDER.search(words) is not None


def _spelt(words: str) -> str:
    """Return the words with slips in those that matter put right: "somtimes", "definately"."""
    return " ".join(_nearest(word) if len(word) > 4 else word for word in words.split())


def _nearest(word: str) -> str:
    match = process.extractOne(word, _WORK_WORDS, scorer=fuzz.ratio, score_cutoff=82)
    return match[0] if match else word
