"""What people say of themselves, told apart from what they ask about, wish for, or tell of others.

"I'm a project admin and want to be a PMO manager" names two titles, one of them the person's own; "is PMO director
level 4? i'm just a coordinator" another two. A title counts as one's own when the words before it, in the same clause,
say so; or when the whole message is about the person and nothing in its clause says otherwise.
"""

import re
from dataclasses import replace

from bot.records import Level, Mention, Question

PERSONAL_INTENTS = frozenset({"tell_profile", "assess_level", "next_qualification"})

RUNNING_TOLD = ("tell_profile", "next_qualification")

_CLAUSE = re.compile(r"[.?!;,\n]|\b(?:but|and now|now)\b", re.IGNORECASE)
_SELF = re.compile(
    r"\b(?:i am|i'm|im|i’m|i was|i work|working|work|am|been|my (?:current )?(?:job|role|title)(?: title)? is|as)\b"
    r"(?:\s+(?:an?|the|as|just|only|currently|now|still|in|at|on|from|based|here|living))*(?:\s+\w+){0,2}\s*$",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:want|wanna|wants|like to|become|becoming|going to be|hope|hoping|aim|aiming|wish|dream|could be|to be|"
    r"mate|friend|colleague|boss|wife|husband|partner|sister|brother|she|he|they|their|difference|diff|diference|between|"
    r"versus|vs|hire|hiring|mentor\w*|managed?|managing|lead|leading|outsourced|moved to|move to|moving to|than|not|"
    r"before (?:that|this|then)|previously|used to|formerly|originally|my (?:old|last|previous)|started (?:out )?as|"
    r"began as|chas\w+|help(?:s|ing)?|assist\w*|report(?:s|ing)? to|work(?:s|ing)? (?:for|with|under))\b|^\W*be\b",
    re.IGNORECASE,
)
"""Words before a title that make it a wish, somebody else's, or one of the past."""
_SEVERAL = re.compile(r"(?:[a-z]s|[A-Z]s|men|women)$")
"""How a title ends that is told of several people: "the PMs", "two analysts"."""
_ASKED = re.compile(
    r"^\W*(?:is|are|was|does|do|what|whats|what's|which|who|how|why|can|could|should|would|will)\b", re.I
)
_AHEAD = re.compile(r"\b(?:next|coming|within|in|after|every|another|by|until)\s+(?:the\s+|about\s+)?$", re.IGNORECASE)
_OF_SOMETHING = re.compile(r"\s*(?:ago\b|'?s?\s+(?:time|notice|pay|leave|course|plan|contract)\b)", re.IGNORECASE)
_PUT_RIGHT = re.compile(
    r"\b(?:i mean|i meant|i said|i told you|should be|make (?:it|that)|correction|sorry|scratch that)\b", re.IGNORECASE
)
"""What says that a number before it was wrong."""
_ITEM = re.compile(r"[,;.\n]")
_JOINING = re.compile(r"(?:(?:and|&|\+|plus|also|with|n|too|certified|(?:19|20)\d\d)\W*)*", re.I)
_IN_DOUBT = re.compile(
    r"\b(?:if|whether|not sure|unsure|don'?t know|between|either|could be|might be)\b", re.IGNORECASE
)
_OR_ANOTHER = re.compile(
    r"\s*(?:or|/|-|to|and)\s*(?:a |an )?(?:level|lvl|l)?\s*(?:\d|one|two|three|four)\b", re.IGNORECASE
)
_RUNS_OFFICE = re.compile(
    r"\bi\s+(?:currently |now |already )?(?:run|lead|manage|head(?: up)?|look after)\s+(?:an?|the|our|my)\s+"
    r"(?:\w+\s+){0,2}?(?:pmo|(?:project|programme|program|portfolio) (?:management )?office)\b",
    re.IGNORECASE,
)
"""What somebody says who answers for an office: the work of level three, whatever the title."""
_GREETING = re.compile(r"\W*(?:(?:hi|hiya|hello|hey|ok)\W+)*(?:an? )?", re.IGNORECASE)
_TOLD_ON = re.compile(r"\s*(?:here\b|,?\s*\w{1,7}\s*(?:years?|yrs?|months?|mths?)\b)", re.IGNORECASE)
"""What follows a title that somebody introduces themselves with: "Head of PMO, 18 yrs", "analyst here"."""
_OTHERS = re.compile(
    r"\b(?:(?:my|our|the|his|her|their) (?:\w+ )?(?:team|staff|people|lot|analysts?|boss|manager|colleagues?|pms?|"
    r"director|mate|friend|wife|husband|partner|brother|sister)|they|he|she|everyone|everybody|all of them)\b"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:i|i'?ve|i'?m|me)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\bnot\s+(?:like\s+)?$", re.IGNORECASE)
_CLAIM = re.compile(
    r"\b(?:i am|i'm|im|i’m|it's|its|it is|make it|say)\s+(?:actually\s+|really\s+|now\s+)?(?:an?\s+|at\s+|on\s+)?"
    r"(?:level|lvl|lev|l)?\s*$",
    re.IGNORECASE,
)


def own(question: Question, entity: str, *, awaited: bool = False) -> Mention | None:
    """Return the mention of that kind that is the person's own, if one is; `awaited` means that the coach asked."""
    mentions = [mention for mention in question.mentions if mention.entity == entity]
    for mention in mentions:
        named = _SELF.search(_before(question.text, mention)) or _opens(question, mention)
        said = named and not _is_other(question.text, mention)
        if said or not mention.text:
            return mention
    if awaited or question.intent in PERSONAL_INTENTS:
        free = (m for m in mentions if not _is_other(question.text, m) and not _is_asked(question.text, m))
        return next((m for m in free if awaited or not _is_wondered(question.text, m)), None)
    return None


def own_experience(question: Question, *, awaited: bool = False) -> Mention | None:
    """Return the time that the person says to have worked in the field; of "2 years. I mean 20 years", the latter.

    "In the next six months" and "two years ago" tell no such time.
    """
    text = question.text
    lengths = (mention for mention in question.mentions if mention.entity == "experience_months")
    told = tuple(m for m in lengths if not (_AHEAD.search(text[: m.start]) or _OF_SOMETHING.match(text[m.end :])
                                            or _NEGATED.search(text[: m.start])))  # fmt: skip
    if (marked := _PUT_RIGHT.search(text)) and (after := [m for m in told if m.start >= marked.end()]):
        return after[-1]
    titles = (mention for mention in question.mentions if mention.entity == "role")
    return own(replace(question, mentions=(*titles, *told)), "experience_months", awaited=awaited)


def claimed_level(question: Question) -> str | None:
    """Return the level that the person claims for themselves: "im level 3 not 2", or a choice of what they do.

    A level of another ladder ("im a level 4 apprentice", "level 3 nvq") is none of ours, so it is not taken.
    """
    chosen = question.value("work")
    if chosen is not None:
        return chosen
    if question.intent in RUNNING_TOLD and not question.values("role") and _RUNS_OFFICE.search(question.text):
        return str(int(Level.THREE))
    if question.values("ladder"):
        return None
    for mention in question.mentions:
        if mention.entity == "level" and mention.text:
            before = question.text[: mention.start]
            after = question.text[mention.end :]
            asked = after.lstrip().startswith("?") or _IN_DOUBT.search(before) or _OR_ANOTHER.match(after)
            if _CLAIM.search(re.sub(r"(?:level|lvl|lev|l)\s*$", "", before, flags=re.IGNORECASE)) and not asked:
                return mention.value
    return None


def is_listed(question: Question, mention: Mention) -> bool:
    """Tell whether a certification stands in a list of what somebody is and has: "PMO analyst, 3 years, P3O".

    Then nothing else than joining words may stand in its part of the list, and nothing may be asked.
    """
    unsaid = mention.held is None and not mention.wanted and mention.text
    tells_more = any(m.entity in ("role", "experience_months", "region") for m in question.mentions)
    if not unsaid or not tells_more or question.intent != "tell_profile" or "?" in question.text:
        return False
    rest = list(question.text)
    for other in question.mentions:
        if other.entity == "certification":
            rest[other.start : other.end] = "\0" * (other.end - other.start)
    items = list(_ITEM.finditer("".join(rest)))
    start = max((item.end() for item in items if item.end() <= mention.start), default=0)
    end = min((item.start() for item in items if item.start() >= mention.end), default=len(rest))
    words = "".join(rest[start:end]).replace("\0", "").strip()
    return bool(items) and _JOINING.fullmatch(words) is not None


def is_of_others(text: str, mention: Mention) -> bool:
    """Tell whether what is held is told of others: "my team all have PRINCE2"."""
    match = _OTHERS.search(_before(text, mention))
    return match is not None and _FIRST_PERSON.search(match["rest"]) is None


def _opens(question: Question, mention: Mention) -> bool:
    """Tell whether a message opens with the person's title, and this is it, or the years right behind it."""
    text = question.text
    title = next((m for m in question.mentions if m.entity == "role" and _GREETING.fullmatch(text[: m.start])), None)
    if title is None or not _TOLD_ON.match(text[title.end :]):
        return False
    return mention is title or (mention.entity != "role" and not text[title.end : mention.start].strip(" ,"))


def _before(text: str, mention: Mention) -> str:
    """Return the words of the mention's clause before it."""
    start = max((m.end() for m in _CLAUSE.finditer(text[: mention.start])), default=0)
    return text[start : mention.start]


def _is_other(text: str, mention: Mention) -> bool:
    several = mention.entity == "role" and _SEVERAL.search(mention.text) and not mention.text.endswith("ss")
    return bool(several) or _OTHERWISE.search(_before(text, mention)) is not None


def _is_wondered(text: str, mention: Mention) -> bool:
    """Tell whether the mention is a question of its own: "a job like mine? portfolio director?"."""
    return text[mention.end :].lstrip().startswith("?") and _CLAUSE.search(text[: mention.start].strip()) is not None


def _is_asked(text: str, mention: Mention) -> bool:
    return _ASKED.match(_before(text, mention)) is not None
