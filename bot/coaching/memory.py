"""What the coach says about remembering: asking for it, telling all that it knows, erasing it."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.coaching.plan_markdown import export_markdown
from bot.coaching.profile import describe_profile
from bot.coaching.wording import bullets, compose, joined, payload
from bot.records import Choice, Knowledge, Memory, Plan, Profile, Reply, ReplyKind, ResultKind, StoredResult

FORGET = Choice("Yes, forget me", payload("forget_me", sure="yes"))
KEEP = Choice("No, keep it", payload("deny"))
REMEMBER = Choice("Yes, remember me", payload("give_consent"))
DO_NOT_REMEMBER = Choice("No, don't", payload("do_not_save"))
EXPORT = Choice("Export my data", payload("export_data"))
ASK_TO_FORGET = Choice("Forget me", payload("forget_me"))

RESULT_TITLES = {
    ResultKind.LEVEL: "Level check",
    ResultKind.BUILDER_GROWER: "Builder or grower",
    ResultKind.INSIGHTS: "Five insights check",
    ResultKind.QUALIFICATION: "Next qualification",
}


def ask_consent() -> Reply:
    """Ask, in one sentence, whether the person wants to be remembered."""
    return Reply("May I remember your profile, results and plans, so that we can go on with them next time?",
                 ReplyKind.ASK, (REMEMBER, DO_NOT_REMEMBER))  # fmt: skip


def consent_given() -> Reply:
    """Say what is remembered from now on."""
    return Reply("Thank you. From now on I remember your profile, results and plans. Say “forget me” at any time, and "
                 "all of it is erased.", ReplyKind.SMALLTALK)  # fmt: skip


def consent_refused() -> Reply:
    """Say that nothing is remembered, and what is stored all the same."""
    return Reply(
        compose(
            "Agreed: I remember no profile, results or plans of yours, and whatever I had of them is erased.",
            "Only the messages of this conversation are stored, because I need them to follow you. To have them "
            "erased too, say “forget me”.",
        ),
        ReplyKind.SMALLTALK,
    )


def ask_forget() -> Reply:
    """Ask once whether everything is to be erased."""
    return Reply("This erases all that I have of you: profile, answers, plans, ratings, team and this conversation. It "
                 "cannot be undone. Shall I?", ReplyKind.ASK, (FORGET, KEEP))  # fmt: skip


def forgotten() -> Reply:
    """Say farewell; nothing in it is about the person."""
    return Reply("Done. Everything I had of you is erased. If you write again, we begin from nothing.",
                 ReplyKind.SMALLTALK)  # fmt: skip


def offer_export(memory: Memory) -> Reply:
    """Say which files there are and how to get them, with the plans as text at once."""
    how = (
        "There are three files: **Markdown** to read, **JSON** for programs, and **ICS** for your calendar. In the "
        "terminal, type `/export md`, `/export json` or `/export ics`; on a web page, use its export button."
    )
    if not memory.profile_known and not memory.plans:
        return Reply(compose("I remember no profile and no plan of yours yet, so the files would be empty.", how),
                     choices=() if memory.remembered else (REMEMBER,))  # fmt: skip
    plans = compose("Your plans:", bullets(map(plan_line, memory.plans))) if memory.plans else None
    return Reply(compose(how, plans))


def export_here(memory: Memory, knowledge: Knowledge) -> Reply:
    """Return the export itself, for a place that takes no files: the plans whole, and what is known of the person."""
    profile = told_of(knowledge, memory.profile)
    if not profile and not memory.plans:
        return Reply("I remember no profile and no plan of yours yet, so there is nothing to take along.",
                     choices=() if memory.remembered else (REMEMBER,))  # fmt: skip
    end = "Copy it from here: I may send no files in this place. For your calendar, each plan says its day."
    return Reply(f"{export_markdown(memory.plans, profile=profile)}\n{end}")


def tell_memory(memory: Memory, knowledge: Knowledge, *, days: int) -> Reply:
    """Tell everything that is known of the person, and how to take it along or have it erased.

    `days` is how long somebody who does not come back is remembered.
    """
    text = compose(
        "This is all that I know about you.",
        _section("You", _profile_lines(knowledge, memory.profile)),
        _section("Results, with your answers", _result_lines(memory)),
        _section("Plans", [plan_line(plan) for plan in memory.plans]),
        _section("Teams", [f"{team.team}, since {_day(team.joined)}" + _covered(knowledge, team.functions)
                           for team in memory.teams]),
        _section("Ratings of my messages", [f"{rating.rating.value}, {_day(rating.time)}"
                                            + (f": {rating.comment}" if rating.comment else "")
                                            for rating in memory.feedback]),
        _kept(memory, days),
        "Say “export my data” to take it with you, or “forget me” to have it erased.",
    )  # fmt: skip
    return Reply(text, choices=(EXPORT, ASK_TO_FORGET, *(() if memory.remembered else (REMEMBER,))))


def plan_line(plan: Plan) -> str:
    """Return a plan as a line: when, what, by which day, how it stands."""
    when = f"{plan.when.rstrip(' ,.')}: " if plan.when else ""
    due = f", by {_day(plan.due)}" if plan.due else ""
    return f"{when}{plan.action.rstrip(' .')}{due} ({plan.status.value})"


def _section(title: str, lines: Sequence[str]) -> str | None:
    return f"**{title}**\n\n{bullets(' '.join(line.split()) for line in lines)}" if lines else None


def told_of(knowledge: Knowledge, profile: Profile) -> tuple[str, ...]:
    """Return what the person told of themselves, a line each; none where they told nothing."""
    return tuple(_profile_lines(knowledge, profile)) if profile != Profile() else ()


def _profile_lines(knowledge: Knowledge, profile: Profile) -> list[str]:
    lines = list(describe_profile(knowledge, profile))
    wanted = [knowledge.certifications[c].name for c in profile.wanted if c in knowledge.certifications]
    if wanted:
        lines.append(f"You want to take: {joined(wanted)}")
    if profile.goal:
        lines.append(f"Your goal: {profile.goal}")
    return lines or ["Nothing yet, and I need no name: you are a number to me, and what you choose to tell"]


def _result_lines(memory: Memory) -> list[str]:
    return [f"{RESULT_TITLES[result.kind]}, {_day(result.taken)}: {_told(result)}" for result in memory.results]


def _told(result: StoredResult) -> str:
    """Return what a result holds as words."""
    data = result.data
    if result.kind is not ResultKind.BUILDER_GROWER or not isinstance(data.get("answers"), Mapping):
        return _in_words(data)
    label = {"mixed": "some of both"}.get(str(data.get("label")), _in_words(data.get("label")).replace("_", " "))
    answers = _in_words([*data["answers"].values()])
    return f"{label}, with a balance of {data.get('value')}; your answers in order: {answers}"


def _in_words(value: object) -> str:
    """Return what a result holds as words, whatever it is: "level: 2; answers: across: yes, office: no"."""
    if isinstance(value, Mapping):
        told = [(str(name).replace("_", " "), each) for name, each in value.items() if each not in (None, [], {}, ())]
        parts = [f"{name}: {_in_words(each)}" for name, each in told]
        return "; ".join(parts) if any(";" in part or "," in part for part in parts) else ", ".join(parts)
    if isinstance(value, list | tuple):
        return ", ".join(map(_in_words, value))
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _covered(knowledge: Knowledge, functions: Sequence[str]) -> str:
    names = [knowledge.functions[function].name for function in functions if function in knowledge.functions]
    return f"; you cover {joined(names)}" if names else ""


def _kept(memory: Memory, days: int) -> str:
    stored = "One message" if memory.messages == 1 else f"All {memory.messages} messages"
    said = f"{stored} of this conversation {'is' if memory.messages == 1 else 'are'} stored, so that it can go on."
    if not memory.messages:
        said = "What we say from here on is stored, so that this conversation can go on."
    if memory.remembered:
        word = "You agreed to being remembered."
    elif memory.consent is None:
        word = "You were not asked yet whether I may remember more than this conversation."
    else:
        word = "You did not agree to being remembered, so the rest goes with this conversation."
    return f"{said} {word} If you stay away for {days} days, I forget you."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
