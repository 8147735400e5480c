"""The frozen records and enums that every layer of PMO Coach speaks in.

Content is read into them, the store gives them back, coaching decides over them and channels render
them. Nothing here imports another part of the project, so any layer may use any record.
"""

from bot.records.career import Certification, Fact, Prerequisite, Source
from bot.records.enums import (
    Basis,
    CertificationStatus,
    Confidence,
    FactStatus,
    Level,
    PrerequisiteKind,
    ReplyKind,
)
from bot.records.knowledge import (
    AwardingBody,
    Function,
    FunctionGroup,
    Insight,
    Knowledge,
    LevelProfile,
    PmoKind,
    Questionnaire,
    QuestionnaireBand,
    QuestionnaireItem,
    Role,
    Topic,
)
from bot.records.person import Profile, Recommendation
from bot.records.reply import Choice, Figure, Reply, SourceLink
from bot.records.understanding import Focus, Mention, Question

__all__ = [
    "AwardingBody",
    "Basis",
    "Certification",
    "CertificationStatus",
    "Choice",
    "Confidence",
    "Fact",
    "FactStatus",
    "Figure",
    "Focus",
    "Function",
    "FunctionGroup",
    "Insight",
    "Knowledge",
    "Level",
    "LevelProfile",
    "Mention",
    "PmoKind",
    "Prerequisite",
    "PrerequisiteKind",
    "Profile",
    "Question",
    "Questionnaire",
    "QuestionnaireBand",
    "QuestionnaireItem",
    "Recommendation",
    "Reply",
    "ReplyKind",
    "Role",
    "Source",
    "SourceLink",
    "Topic",
]
