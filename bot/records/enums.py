"""The closed vocabularies of the field: levels, statuses, confidences, kinds of reply."""

from enum import Enum, IntEnum


class Level(IntEnum):
    """One of the four career levels of the article; never to be mixed with SFIA, RQF or apprenticeship levels."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4

    @property
    def word(self) -> str:
        """The level's number as a word, as it is spoken: "three"."""
        return self.name.lower()


class Basis(str, Enum):
    """What a placement rests on: the article, another cited page, or our own judgement."""

    ARTICLE = "article"
    CITED = "cited"
    JUDGEMENT = "judgement"


class Confidence(str, Enum):
    """How far a statement can be trusted; NONE is for facts that nobody citable states."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


class FactStatus(str, Enum):
    """Whether a fact was found in a source, looked for in vain, or told differently by different sources."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    DISPUTED = "disputed"


class CertificationStatus(str, Enum):
    """What became of a certification since the article was written."""

    CURRENT = "current"
    RENAMED = "renamed"
    SUPERSEDED = "superseded"
    UNCLEAR = "unclear"
    NOT_A_CERTIFICATE = "not_a_certificate"
    NOT_FOUND = "not_found"


class PrerequisiteKind(str, Enum):
    """How one certification asks for another: a must, an advice, or one of several that open the door."""

    REQUIRED = "required"
    ADVISED = "advised"
    ONE_OF = "one_of"


class ReplyKind(str, Enum):
    """What a reply is, for channels that show kinds differently and for the count of misunderstandings."""

    ANSWER = "answer"
    ASK = "ask"
    CLARIFY = "clarify"
    SMALLTALK = "smalltalk"
    OUT_OF_SCOPE = "out_of_scope"
    SIGNPOST = "signpost"
    REFUSE = "refuse"
    FALLBACK = "fallback"
    ERROR = "error"
