"""What a question shows by its words and by what it names: the signs that the rules go by."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.nlu.flags import Entity
from bot.nlu.importer import TOPIC_INTENT
from bot.nlu.plain_words import FOLLOW_UP, asks_what_next, ends_asking_what_next, leans_on_talk
from bot.nlu.text import Part, asks, clean

FALLBACK = "nlu_fallback"
NAMED_INTENTS = {
    "certification": "ask_certification", "body": "ask_awarding_body", "role": "ask_role", "level": "ask_level",
    "kind": "ask_pmo_kind", "function": "ask_function", "insight": "ask_insight",
}  # fmt: skip
"""What a bare name asks: "p3o?" is a question about P3O."""
PLAIN_FACETS = frozenset({
    "exam", "exam_format", "exam_duration", "pass_mark", "open_or_closed_book", "prerequisites", "validity_renewal",
    "study_time", "owner", "status", "price", "pass_rate",
})  # fmt: skip
"""What is asked of a certification itself; "worth", for one, may be asked of learning in general."""
IN_TROUBLE = ("out_of_scope_crisis", "out_of_scope_distress")
OTHER_CAREER = "out_of_scope_career"
CRISIS = "out_of_scope_crisis"
CRISIS_SHARE, NEARLY = 0.3, 0.75
"""The least probability of a crisis, and what part of the likeliest reading's it must be, to come before that."""
TROUBLED_SHARE = 0.2
"""The probability of distress or crisis from which on a topic that needs care gives way to it."""
NAMESAKE, PLAINLY_NAMESAKE = "out_of_scope_namesake", 0.7
PLAIN_SHARE = 0.03
CHEATING, HONEST_SHARE = "out_of_scope_cheating", 0.15
OVERRULED = {"ask_topic": PLAIN_SHARE, NAMESAKE: PLAIN_SHARE, CHEATING: HONEST_SHARE}
"""The probability of ask_certification from which on a named certification's exam, say, outweighs another intent."""
NOT_NEXT = frozenset({"tell_profile", "ask_certification", "compare_certifications", "ask_role", NAMESAKE, FALLBACK})
"""What somebody seems to say who says what they are or hold, and then asks what comes next."""
NOT_LEANING = frozenset({
    "out_of_scope_unrelated", "out_of_scope_noise", "out_of_scope_craft", "out_of_scope_career",
    "out_of_scope_others_data", NAMESAKE, "ask_awarding_body", FALLBACK,
})  # fmt: skip
"""What a question of a thing that it does not name is taken for, and is not."""
PERSONAL_ENTITIES = frozenset({"role", "region", "experience_months", "certification", "preference"})
TELLING = "tell_profile"
QUITE = 0.7
"""How sure the model is of a topic that stands against the words."""
SEEMS_TOLD = (TELLING, "answer_question", FALLBACK)
_SENTENCES = re.compile(r"[.!]+\s+")
_WHAT_LEVEL = re.compile(r"\bwh?at (?:(?:level|grade) )?(?:(?:am|would) i|does (?:that|it) make me)\b", re.I)
_A_WAY_IN = re.compile(
    r"\b(?:can|could|cud|may|would) (?:i|(?:some(?:one|body)|people) like me) (?:ever )?get in"
    r"(?: ?to (?:it|this|that|one|an? pmo|pmos?|(?:a )?pmo (?:work|job|role)s?))?\W*$"
    r"|\bany way in\b(?: for me)?\W*$",
    re.IGNORECASE,
)
_READY = re.compile(
    r"\bam i (?:really |even |actually )?rea?dd?y\b(?: (?:yet|now|for|to)\b.{0,40})?\W*$"
    r"|\bwh?at (?:am|would|wud|do|might) i (?:be |still )*(?:missing|lack(?:ing)?|short of)\b",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\b(?:that|this|it|yours|that one|this one) (?:any |much |really )?"
    r"(?:better|worse|easier|harder|cheaper|quicker|more \w+|less \w+) (?:than|then)\b"
    r"|\b(?:diff\w*|compar\w+) .{0,15}\b(?:that|this|it) (?:and|to|with|from)\b"
    r"|\b(?:that|this|it) (?:vs|versus|compared (?:to|with)|different (?:to|from))\b",
    re.IGNORECASE,
)
_OF_LIFE = re.compile(
    r"\b(?:reason|point) (?:to|in|of|for) (?:be(?:ing)? alive|liv(?:e|ing)|go(?:ing)? on|be(?:ing)? here)\b"
    r"|\b(?:not|never|don'?t|didn'?t|hadn'?t) (?:want to |to )?(?:wake|woken) up\b"
    r"|\bstop for good\b|\bend (?:it all|my life)\b"
    r"|\b(?:want|wish|ready|going|better off|rather be) (?:to (?:die|be dead)|i (?:was|were) dead|dead)\b|\bsuicid\w*"
    r"|\bkill(?:ing)? myself\b|\b(?:want|wish|like) to (?:disappear|stop existing)\b",
    re.IGNORECASE,
)
"""Words of one's own life and its end; with trouble likely, they are not taken for a figure of speech."""
_KILLS_WORK = re.compile(
    r"\W*(?:(?:how|when|who|can|should|could|do|does|to|i|we|you|the board|our pmo|a pmo) )*kill(?:ing|s)?(?: off)? "
    r"(?:an?|the|this|that|our|my|these|those|some) (?:[\w-]+ )?"
    r"(?:projects?|programmes?|programs?|initiatives?|meetings?|reports?)"
    r"(?: (?:early|nicely|gracefully|now|that|which|nobody) ?.{0,40})?\W*",
    re.IGNORECASE,
)
_LED = re.compile(r"^\W*(?:(?:and|so|ok|okay|but|then|n)\W+)+", re.IGNORECASE)
_I_AM = re.compile(r"\b(?:i am|i['’]?m)\s+(?:an?\s+|just\s+|only\s+)*$", re.IGNORECASE)
_PUT_RIGHT = re.compile(r"\b(?:i said|i told you|i meant)\b", re.IGNORECASE)
_WHY_NOT = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|yes|yeah|right)\W+)*(?:why|how come|y)\s+(?:not\b|\w+n'?t\s+(?:it|you)\b)"
    r"(?!\s+(?:just|become|start|try|stay|skip)\b)",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:other|others|either|that one|those)\b", re.IGNORECASE)
_ONE_OR_OTHER = re.compile(r"\b(?:or|vs|versus)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:i|im|i'm|ive|i've|my|me)\b", re.IGNORECASE)
FILLERS = frozenset("a an the is are what whats what's about of on me tell explain info please and for in to".split())


@dataclass(frozen=True)
class Heard:
    """A question as the model reads it, with what a rule may look at; `sure` is the model's confidence."""

    part: Part
    question: Mapping[str, Any]
    shares: Mapping[str, float]
    """The probability of each of the likeliest intents."""
    accept: float
    careful: Mapping[str, float]
    """The confidence that a reading needs, and by topic where one needs another."""

    @property
    def text(self) -> str:
        """What was written."""
        return self.part.text

    @property
    def intent(self) -> str:
        """The intent that the model is surest of."""
        return str(self.question["intent"])

    @property
    def sure(self) -> float:
        """How sure the model is of it."""
        return float(self.question["confidence"])

    @property
    def needs_care(self) -> bool:
        """Tell whether the topic that came first would hurt if it were meant for something else."""
        return self.question["topic"] in self.careful

    @property
    def is_sure(self) -> bool:
        """Tell whether the model's reading can stand."""
        return self.sure >= self.careful.get(self.question["topic"] or "", self.accept)

    @property
    def entities(self) -> Sequence[Entity]:
        """What the question names."""
        entities: Sequence[Entity] = self.question["entities"]
        return entities

    @property
    def likely(self) -> str:
        """The intent, or `nlu_fallback` where the model is not sure of any."""
        return self.intent if self.sure >= self.accept else FALLBACK

    def names(self, *kinds: str) -> bool:
        """Tell whether the question names something of these kinds."""
        return any(entity["entity"] in kinds for entity in self.entities)


def facet_of_role(heard: Heard) -> bool:
    """Tell whether something is asked of a role of ours, or of those who hire for it, as if of another career."""
    return heard.likely == OTHER_CAREER and heard.names("role") and heard.names("facet")


def may_be_crisis(heard: Heard) -> bool:
    """Tell whether a crisis is nearly as likely as what seems likeliest, or trouble is likely and life is spoken of."""
    share = heard.shares.get(CRISIS, 0.0)
    trouble = sum(heard.shares.get(intent, 0.0) for intent in IN_TROUBLE)
    of_life = trouble >= TROUBLED_SHARE and _OF_LIFE.search(heard.text) is not None
    return heard.intent != CRISIS and (of_life or CRISIS_SHARE <= share >= NEARLY * max(heard.shares.values()))


def would_end_work(heard: Heard) -> bool:
    """Tell whether it is a project that is to be killed."""
    return heard.intent == CRISIS and _KILLS_WORK.fullmatch(heard.text) is not None


def care_before_advice(heard: Heard) -> str | None:
    """Return distress or crisis where it is not far behind a topic that needs care."""
    likeliest = max(IN_TROUBLE, key=lambda intent: heard.shares.get(intent, 0.0))
    return likeliest if heard.needs_care and heard.shares.get(likeliest, 0.0) >= TROUBLED_SHARE else None


def short_title_alone(heard: Heard) -> bool:
    """Tell whether a short title is all there is, and nothing is asked: "PMO lead"."""
    return any(entity.get("short") == "alone" for entity in heard.entities) and not asks(heard.text)


def bare_name(part: Part, entities: Sequence[Entity]) -> str | None:
    """Return the intent of a text that is a name and little else, or None; the entities lie within the part."""
    named = [entity for entity in entities if entity["entity"] in NAMED_INTENTS]
    kinds = {entity["entity"] for entity in named}
    if len(kinds) != 1:
        return None
    rest = list(clean(part.text))
    for entity in named:
        start, end = entity["start"] - part.start, entity["end"] - part.start
        rest[start:end] = " " * (end - start)
    if any(word not in FILLERS for word in "".join(rest).split()):
        return None
    values = {entity["value"] for entity in named}
    kind = kinds.pop()
    return "compare_certifications" if kind == "certification" and len(values) > 1 else NAMED_INTENTS[kind]


def facet_of_named(heard: Heard) -> bool:
    """Tell whether another intent came first, but one certification and what is asked of it are named."""
    named = {entity["value"] for entity in heard.entities if entity["entity"] == "certification"}
    asked = {entity["value"] for entity in heard.entities if entity["entity"] == "facet"} & PLAIN_FACETS
    if heard.intent not in OVERRULED or len(named) != 1 or not asked:
        return False
    is_namesake = heard.shares.get(NAMESAKE, 0.0) >= PLAINLY_NAMESAKE
    return heard.shares.get("ask_certification", 0.0) >= OVERRULED[heard.intent] and not is_namesake


def tells_then_asks_what_next(heard: Heard) -> bool:
    """Tell whether somebody who seems only to tell asks what comes next, somewhere in it."""
    return heard.intent == TELLING and asks_what_next(heard.text)


def ends_asking_for_next(heard: Heard) -> bool:
    """Tell whether somebody names what they are or hold, ends with "what next", and leaves nothing to choose from."""
    ends = heard.likely in NOT_NEXT and ends_asking_what_next(heard.text, heard.entities)
    return ends and not one_or_other(heard)


def one_or_other(heard: Heard) -> bool:
    """Tell whether an "or" stands between two certifications, neither of which the person holds."""
    named = [entity for entity in heard.entities if entity["entity"] == "certification"]
    return any(
        one["value"] != other["value"] and not one.get("held") and not other.get("held")
        and _ONE_OR_OTHER.search(heard.text[one["end"] : other["start"]])
        for one, other in pairwise(named)
    )  # fmt: skip


def chooses_between(heard: Heard) -> bool:
    """Tell whether what seems a question about a certification asks which of two."""
    return heard.intent == "ask_certification" and one_or_other(heard)


def puts_right(heard: Heard) -> bool:
    """Tell whether somebody says once more how long they have worked."""
    return heard.names("experience_months") and _PUT_RIGHT.search(heard.text) is not None


def leans(heard: Heard) -> bool:
    """Tell whether something is asked of a thing that is not named, which the model takes for something else."""
    return heard.likely in NOT_LEANING and leans_on_talk(heard.text, heard.entities)


def asks_part_of_talk(heard: Heard) -> bool:
    """Tell whether what seems to be told asks of a thing that is not named: "how long with two evenings?"."""
    *before, last = _SENTENCES.split(heard.text.strip())
    told = (*SEEMS_TOLD, "next_qualification") if before and not any(map(asks, before)) else SEEMS_TOLD
    since = len(heard.text.rstrip()) - len(last)
    asked = any(
        entity["entity"] == "facet" and entity["value"] in (*PLAIN_FACETS, "booking") and entity["start"] >= since
        for entity in heard.entities
    )
    return asked and heard.likely in told and asks(_LED.sub("", last)) and not heard.names(*NAMED_INTENTS)


def asks_a_way_in(heard: Heard) -> bool:
    """Tell whether somebody says what they are now and asks whether they could come in: into a PMO, what else."""
    return heard.intent == "out_of_scope_career" and _A_WAY_IN.search(heard.text) is not None


def asks_if_ready(heard: Heard) -> str | None:
    """Return what "am I ready?" asks: of a job that is named, else of the talk; None where it is of something else."""
    knows_better = heard.intent.startswith("out_of_scope_") or (heard.intent == TOPIC_INTENT and heard.sure >= QUITE)
    if knows_better or heard.names("certification") or not _READY.search(heard.text):
        return None
    return "ask_role" if heard.names("role") else FOLLOW_UP


def compares_with_talk(heard: Heard) -> bool:
    """Tell whether one certification is held against what the talk is about: "is that better than PRINCE2?"."""
    named = {entity["value"] for entity in heard.entities if entity["entity"] == "certification"}
    return len(named) == 1 and _THAN.search(heard.text) is not None


def asks_why_not(heard: Heard) -> bool:
    """Tell whether somebody asks why another certification was not recommended: named, counted, or "the others"."""
    meant = heard.names("certification", "ordinal") or _OTHERS.search(heard.text)
    return bool(meant) and _WHY_NOT.search(heard.text) is not None


def asks_own_level(heard: Heard) -> bool:
    """Tell whether somebody says what their job is and asks what that makes them."""
    return heard.names("role") and _WHAT_LEVEL.search(heard.text) is not None


def about_person(heard: Heard) -> bool:
    """Tell whether a text is in the first person, asks nothing, and names something of the person's."""
    told = {
        entity["entity"] for entity in heard.entities
        if not entity.get("short") or _I_AM.search(heard.text[: entity["start"]])
    } & PERSONAL_ENTITIES  # fmt: skip
    return bool(told) and not asks(heard.text) and _FIRST_PERSON.search(heard.text) is not None


def one_certification_asked_of(heard: Heard) -> bool:
    """Tell whether one certification is named, and something that can be asked of it."""
    named = {entity["value"] for entity in heard.entities if entity["entity"] == "certification"}
    return len(named) == 1 and heard.names("facet")
