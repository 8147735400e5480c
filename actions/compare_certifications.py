"""Certifications against each other."""

from actions.question import QuestionAction


class CompareCertifications(QuestionAction):
    """Answers `compare_certifications`."""

    intent = "compare_certifications"
