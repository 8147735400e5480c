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
from bot.records.memory import (
    Consent,
    ConsentState,
    Feedback,
    Memory,
    Rating,
    ResultKind,
    StoredResult,
)
from bot.records.person import Profile, Recommendation
from bot.records.plan import Plan, PlanChange, PlanStatus
from bot.records.reply import Choice, Figure, Reply, SourceLink
from bot.records.team import Member, Membership, Share, Team, TeamReport
from bot.records.understanding import Focus, Mention, Question

__all__ = [
    "AwardingBody",
    "Basis",
    "Certification",
    "CertificationStatus",
    "Choice",
    "Confidence",
    "Consent",
    "ConsentState",
    "Fact",
    "FactStatus",
    "Feedback",
    "Figure",
    "Focus",
    "Function",
    "FunctionGroup",
    "Insight",
    "Knowledge",
    "Level",
    "LevelProfile",
    "Member",
    "Membership",
    "Memory",
    "Mention",
    "Plan",
    "PlanChange",
    "PlanStatus",
    "PmoKind",
    "Prerequisite",
    "PrerequisiteKind",
    "Profile",
    "Question",
    "Questionnaire",
    "QuestionnaireBand",
    "QuestionnaireItem",
    "Rating",
    "Recommendation",
    "Reply",
    "ReplyKind",
    "ResultKind",
    "Role",
    "Share",
    "Source",
    "SourceLink",
    "StoredResult",
    "Team",
    "TeamReport",
    "Topic",
]
