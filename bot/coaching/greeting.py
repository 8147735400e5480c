"""Greetings: to somebody new, and to somebody who comes back to where they stopped."""

from bot.coaching.answer import Answer
from bot.coaching.check_in_form import CHECK_IN_FORM
from bot.coaching.form import Form
from bot.coaching.forms import go_on_with
from bot.coaching.wording import reply
from bot.records import Knowledge, Profile, ReplyKind

HELLO = (
    "Hello. I'm PMO Coach: ask me about PMO roles, levels and certifications, or tell me your job title and we'll look "
    "at your next step."
)
HELLO_AGAIN = "Hello again. What shall we look at today?"
BACK = "Good to see you again."
FIRST_OFFERS = ("skill:assess_level", "skill:next_qualification", "skill:capabilities")


def greet(knowledge: Knowledge, profile: Profile, *, away: bool, paused: Form | None, reminded: bool) -> Answer:
    """Return the greeting; `reminded` means that an open plan waits: the check-in begins."""
    if reminded:
        return Answer(reply(knowledge, BACK, kind=ReplyKind.SMALLTALK), start=CHECK_IN_FORM.name)
    if paused is not None:
        said = f"{BACK if away else 'Hello again.'} Your {paused.title} is still here, where we stopped."
        return Answer(reply(knowledge, said, offers=[go_on_with(paused), "skill:menu"], kind=ReplyKind.SMALLTALK))
    said = HELLO_AGAIN if away or profile != Profile() else HELLO
    return Answer(reply(knowledge, said, offers=FIRST_OFFERS, kind=ReplyKind.SMALLTALK))


def greet_in_form(knowledge: Knowledge) -> Answer:
    """Return the greeting of somebody who says hello in the middle of a form, which then goes on."""
    return Answer(reply(knowledge, "Hello.", kind=ReplyKind.SMALLTALK))
