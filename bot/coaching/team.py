"""Teams: what joining one means, and what a leader may learn of it: counts, never people.

A report is made for five people or more. A number of nobody or one, or of all or all but one, is told as that range:
so no number says that a single person is, or is not, what it counts. Levels add up to the team's size, so where a
range could be worked out from the others, more numbers become ranges, the smallest first. What everybody
shares stays visible as a range, for it is true of no single person more than of another. A leader who asks again after
each person who joins could still compare two reports; docs/memory.md says so.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.coaching.next_qualification import rank_certifications
from bot.coaching.profile import level_of
from bot.coaching.qualification_candidates import standing_for
from bot.coaching.wording import joined, payload
from bot.records import Choice, Knowledge, Level, Member, Reply, ReplyKind, Share, Team, TeamReport

FEWEST = 5
"""People of whom a report may be made at all."""
MOST_SPEND = 3
UNKNOWN = "Not known yet"
LEAVE = Choice("Leave the team", payload("leave_team"))

_CODE = re.compile(r"(?<![A-Z0-9])([A-Z]{4})[\s-]?([0-9]{4})(?![A-Z0-9])", re.IGNORECASE)

_NO_CODE = re.compile(r"\bteam\b\W+(?:code\W+)?((?=\w*\d)[A-Z0-9][\w-]{1,20})\s*$", re.IGNORECASE)


def read_code(text: str) -> str | None:
    """Return the first thing in the text that looks like a team's code, as codes are written: ABCD-1234."""
    found = _CODE.search(text)
    return f"{found[1]}-{found[2]}".upper() if found else None


def ask_to_join(team: Team, code: str, *, remembered: bool) -> Reply:
    """Say what is shared with the team, and ask for a yes."""
    also = "" if remembered else " A yes also lets me remember your profile."
    return Reply(
        f"In “{team.name}” I share your level, the qualifications you hold and the PMO functions you cover: as numbers "
        f"of the whole team, never your answers.{also} Do you want to join?",
        ReplyKind.ASK,
        (Choice("Yes, join", payload("join_team", code=code, sure="yes")), Choice("No, thanks", payload("deny"))),
    )


def welcome_to_team(team: Team) -> Reply:
    """Confirm the joining, and ask for the functions."""
    return Reply(
        f"You are in “{team.name}”. Which PMO functions does your work cover? Say, for instance, “I cover planning and "
        "reporting for the team”. To leave, say “leave the team”.",
        ReplyKind.ASK,
    )


def ask_for_code(text: str = "") -> Reply:
    """Ask for the code of the team to join; say so where the text has something in its place that is none."""
    if match := _NO_CODE.search(text):
        said = f"“{match[1]}” is no code of mine: one has four letters and four digits, such as ABCD-2345."
    else:
        said = (
            "Which team? Type “join team” and the code that your PMO leader gave you, such as ABCD-2345. Leaders make "
            "the team and its report on the server, with “pmo-coach team”."
        )
    return Reply(said, ReplyKind.ASK)


def unknown_code() -> Reply:
    """Say that there is no team of that code."""
    return Reply("I know no team of that code. Please check it with whoever gave it to you.", ReplyKind.CLARIFY)


def left_team(teams: int) -> Reply:
    """Confirm the leaving, or say that there was no team to leave."""
    if not teams:
        return Reply("You are in no team, so nothing of yours is shared.", ReplyKind.SMALLTALK)
    return Reply("You have left. From now on nothing of yours counts in a team's report.", ReplyKind.SMALLTALK)


def functions_noted(knowledge: Knowledge, functions: Sequence[str]) -> Reply:
    """Say back which functions were noted."""
    names = [knowledge.functions[function].name for function in functions if function in knowledge.functions]
    return Reply(f"Noted for your team: {joined(names)}.", ReplyKind.SMALLTALK, (LEAVE,))


def ask_for_functions() -> Reply:
    """Ask for functions in words that can be understood."""
    return Reply("Which functions are those? Name them, for instance planning, reporting, risk management or "
                 "governance.", ReplyKind.CLARIFY)  # fmt: skip


def no_team() -> Reply:
    """Say that there is no team to tell functions to."""
    return Reply("You are in no team yet. To join one, type “join team” and its code.", ReplyKind.CLARIFY)


def report_team(knowledge: Knowledge, members: Sequence[Member]) -> TeamReport | None:
    """Return what may be told of the team, or None when it has fewer than five people."""
    count = len(members)
    if count < FEWEST:
        return None
    levels = Counter(level_of(knowledge, member.profile) for member in members)
    named = [(profile.name, levels[number]) for number, profile in sorted(knowledge.levels.items())]
    functions = Counter(function for member in members for function in set(member.functions))
    held = Counter(certification for member in members for certification in set(member.profile.held))
    return TeamReport(
        members=count,
        levels=_partition([*named, (UNKNOWN, levels[None])], count),
        functions=tuple(_share(entry.name, functions[id], count) for id, entry in knowledge.functions.items()),
        certifications=_named_shares(knowledge, held, count),
        spend=_named_shares(knowledge, _next(knowledge, members), count)[:MOST_SPEND],
    )


def _next(knowledge: Knowledge, members: Iterable[Member]) -> Counter[str]:
    """Return how many people each certification would serve best next."""
    found: Counter[str] = Counter()
    for member in members:
        level = level_of(knowledge, member.profile)
        if level is not None and (best := _best(knowledge, member, level)) is not None:
            found[best] += 1
    return found


def _best(knowledge: Knowledge, member: Member, level: Level) -> str | None:
    ranked = rank_certifications(knowledge, member.profile, level)
    if not ranked:
        return None
    held = standing_for(knowledge, member.profile.held)
    return next((first for first in ranked[0].first if first not in held), ranked[0].certification)


def _named_shares(knowledge: Knowledge, counted: Counter[str], members: int) -> tuple[Share, ...]:
    """Return the shares of certifications that two people or more have in common, the most common first."""
    entries = knowledge.certifications
    common = [(entries[id].name, number) for id, number in counted.items() if number > 1 and id in entries]
    return tuple(_share(name, number, members) for name, number in sorted(common, key=lambda pair: (-pair[1], pair[0])))


def _share(name: str, number: int, members: int) -> Share:
    if number < 2:
        return Share(name, 0, 1)
    return Share(name, members - 1, members) if number > members - 2 else Share(name, number, number)


def _partition(counts: Sequence[tuple[str, int]], members: int) -> tuple[Share, ...]:
    """Return shares that add up to the team, of which no single one can be worked out from the others."""
    shares = [_share(name, number, members) for name, number in counts]
    while any(not share.exact and _follows(share, shares, members) for share in shares):
        exact = [share for share in shares if share.exact]
        widened = [min(exact, key=lambda share: share.low)] if exact else shares
        shares = [_wider(share, members) if share in widened else share for share in shares]
    return tuple(shares)


def _follows(share: Share, shares: Sequence[Share], members: int) -> bool:
    """Tell whether the number behind a range follows from the other shares, because all add up to the team."""
    others = [other for other in shares if other is not share]
    least = max(share.low, members - sum(other.high for other in others))
    return least == min(share.high, members - sum(other.low for other in others))


def _wider(share: Share, members: int) -> Share:
    return Share(share.name, max(0, share.low - 1), min(members, share.high + 1))
