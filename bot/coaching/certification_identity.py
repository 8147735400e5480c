"""What a certification is called, who stands behind it, and whether it is still offered: each as a direct answer."""

import re

from bot.coaching.certification_facts import (
    Teller,
    Told,
    ask,
    known_facts,
    sources_of,
    successors_of,
    year_of,
)
from bot.coaching.phrases import bold_first, running
from bot.coaching.wording import joined, sentence
from bot.records import Certification, CertificationStatus, FactStatus, Knowledge

STILL_THERE = "It is still there, as far as I can see."
PLAIN = re.compile(r"(?!.* owns )[^;.,]+")
"""An owner that is a name alone, and no sentence."""


def body_name(knowledge: Knowledge, certification: Certification) -> str:
    """Return who runs a certification, or whom to ask where no body is known."""
    body = knowledge.bodies.get(certification.body or "")
    return body.name if body else certification.ask


def tell_name(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell the full name, the name it is sold under now, and what it is mistaken for."""
    facts = known_facts(certification, ("full_name", "name_clash"))
    told = [f"**{sentence(certification.full_name)}**"]
    if certification.name not in certification.full_name:
        told.append(f"I call it {certification.name} for short.")
    renamed = new_name(knowledge, certification)
    told += [fact.note or "" for fact in facts if fact.field == "full_name"]
    told += [sentence(fact.value or "") for fact in facts if fact.field == "name_clash"]
    told.append(renamed.text)
    sources = (*(sources_of(facts) or certification.sources), *renamed.sources)
    return Told(" ".join(part for part in told if part), sources)


def new_name(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell the name a certification is sold under now; one of its scheme speaks for the scheme."""
    scheme = [c for c in knowledge.certifications.values() if c.family == certification.family]
    facts = [fact for member in (certification, *scheme) for fact in known_facts(member, ("new_name",))]
    if not facts or certification.status is not CertificationStatus.RENAMED:
        return Told("")
    fact = facts[0]
    opening = "Sources print the new name in two ways" if fact.status is FactStatus.DISPUTED else "Its name now"
    told = f"{opening}: {running(fact.value or '')}."
    return Told(f"{told} {fact.note}" if fact.note else told, fact.sources)


def tell_owner(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell who stands behind a certification now, who did when the article was written, and what happened between."""
    now = known_facts(certification, ("owner_now", "awarding_body"))[:1]
    if not now:
        return Told(
            f"I don't know who stands behind {certification.name}. {ask(knowledge, certification)}",
            certification.sources,
        )
    value, year = now[0].value or "", year_of(knowledge, now[0])
    dated = f", as of {year}" if year else ""
    told = [f"**{value}** stands behind {certification.name}{dated}." if PLAIN.fullmatch(value) else bold_first(value)]
    then = [fact for fact in known_facts(certification, ("owner_then",)) if (fact.value or "") not in value]
    for fact in then:
        told.append(f"When the article was written, about 2018, it was {(fact.value or '').partition(';')[0]}.")
    change = known_facts(certification, ("owner_change",))
    told += [sentence(fact.value or "") for fact in change]
    told += [fact.note for fact in now if fact.note]
    return Told(" ".join(told), sources_of((*now, *then, *change)))


def tell_status(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell whether a certification is still offered; what has gone names its successor first.

    It never opens with yes or no: "does it still exist" and "is it dead" both ask this.
    """
    return STATUSES[certification.status](knowledge, certification)


def _current(knowledge: Knowledge, certification: Certification) -> Told:
    launched = known_facts(certification, ("launched",))
    told = [f"**{STILL_THERE}** {body_name(knowledge, certification)} offers {certification.name}."]
    told += [f"Launch: {running(fact.value or '')}." for fact in launched]
    return Told(" ".join([*told, _plan_on_it(certification)]), (*certification.sources[:2], *sources_of(launched)))


def _renamed(knowledge: Knowledge, certification: Certification) -> Told:
    name = new_name(knowledge, certification)
    told = f"**It still exists, but the name has changed.** {body_name(knowledge, certification)} runs it now."
    parts = (told, name.text, _plan_on_it(certification))
    return Told(" ".join(part for part in parts if part), name.sources or certification.sources)


def _superseded(knowledge: Knowledge, certification: Certification) -> Told:
    names = joined([successor.name for successor in successors_of(knowledge, certification)])
    facts = known_facts(certification, ("replaced_by", "owner_now"))
    told = f"**It has gone; look at {names} instead.**" if names else "**It has gone.**"
    parts = (told, certification.caution, f"Ask {certification.ask} what runs today.")
    return Told(" ".join(part for part in parts if part), sources_of(facts) or certification.sources)


def _unclear(knowledge: Knowledge, certification: Certification) -> Told:
    body = knowledge.bodies.get(certification.body or "")
    told = f"**I could not confirm that {certification.name} runs today.**"
    if body is None or body.since is None:
        return Told(f"{told} {ask(knowledge, certification)}", certification.sources)
    return Told(f"{told} On {body.name}: {running(body.since)}", body.sources)


def _no_certificate(knowledge: Knowledge, certification: Certification) -> Told:
    told = _current(knowledge, certification)
    return Told(told.text.replace(STILL_THERE, "It is still there, but it is not a certificate."), told.sources)


def tell_missing(knowledge: Knowledge, certification: Certification) -> Told:
    """Tell that no certification of that name was found, and what to do about it."""
    parts = (f"**{certification.name}**: {certification.summary}", certification.caution, ask(knowledge, certification))
    return Told(" ".join(part for part in parts if part), certification.sources)


def _plan_on_it(certification: Certification) -> str:
    return f"I cannot see today's offers, so ask {certification.ask} before you plan on it."


STATUSES: dict[CertificationStatus, Teller] = {
    CertificationStatus.CURRENT: _current,
    CertificationStatus.RENAMED: _renamed,
    CertificationStatus.SUPERSEDED: _superseded,
    CertificationStatus.UNCLEAR: _unclear,
    CertificationStatus.NOT_A_CERTIFICATE: _no_certificate,
    CertificationStatus.NOT_FOUND: tell_missing,
}
