"""Coaching that is explained today and comes later as a conversation."""

from actions.question import QuestionAction


class FindBuilderOrGrower(QuestionAction):
    """Answers `find_builder_or_grower`."""

    intent = "find_builder_or_grower"


class CheckInsights(QuestionAction):
    """Answers `check_insights`."""

    intent = "check_insights"
