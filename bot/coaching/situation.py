"""What an answer may draw on beside the question itself."""

from dataclasses import dataclass

from bot.records import Focus, Knowledge, Profile

ABOUT_CERTIFICATIONS = ("certification", "comparison", "next_qualification")


@dataclass(frozen=True)
class Situation:
    """What an answer may draw on beside the question: the knowledge, the person, and what the talk is about."""

    knowledge: Knowledge
    profile: Profile
    focus: Focus | None = None
    trail: tuple[Focus, ...] = ()

    def subject_of_certifications(self) -> Focus | None:
        """Return the last thing the talk was about that has certifications in it, past any detour."""
        return next(
            (f for f in (self.focus, *reversed(self.trail)) if f is not None and f.kind in ABOUT_CERTIFICATIONS), None
        )
