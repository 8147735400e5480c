"""The entity finder knows the store's names however they are typed, and what is held of them."""

import pytest


def values(entities, kind):
    return [entity["value"] for entity in entities if entity["entity"] == kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("whats P30", "certification", ["p3o_foundation"]),
        ("p3o prac vs ipmo p", "certification", ["p3o_practitioner", "aipmo_ipmo_p"]),
        ("P3O Foundation or Practitioner", "certification", ["p3o_foundation", "p3o_practitioner"]),
        ("IPMO-E how many questions", "certification", ["aipmo_ipmo_e"]),
        ("does PPSO ess still exist", "certification", ["bcs_ppso_essentials"]),
        ("PRINCE 2 or p3o?", "certification", ["prince2", "p3o_foundation"]),
        ("P3O practitoner exam", "certification", ["p3o_practitioner"]),
        ("who are AIMPO", "body", ["body_aipmo"]),
        ("im a pmo anaylst", "role", ["pmo_analyst"]),
        ("PMO managr salary", "role", ["pmo_manager"]),
        ("head of pmo vs pmo director", "role", ["head_of_pmo", "pmo_director"]),
        ("what is an epmo", "kind", ["portfolio_office"]),
        ("tell me about benefits realisation", "function", ["benefits_management"]),
        ("im in london", "region", ["uk"]),
        ("what's the pass mark", "facet", ["pass_mark"]),
        ("hello there", "certification", []),
    ],
)
def test_find_names(find, text, kind, expected):
    assert values(find(text), kind) == expected


@pytest.mark.parametrize(
    ("text", "held", "wanted"),
    [
        ("I have P3O Foundation", True, False),
        ("got prince2 what now", True, False),
        ("i dont have p3o", False, False),
        ("I haven't got PRINCE2", False, False),
        ("should i do p3o", None, True),
        ("what is p3o", None, True),
        ("PMO analyst with P3O Foundation", True, False),
        ("no certs, thinking of prince2", None, True),
    ],
)
def test_find_marks_what_is_held(find, text, held, wanted):
    (mention,) = [entity for entity in find(text) if entity["entity"] == "certification"]
    assert (mention.get("held"), bool(mention.get("wanted"))) == (held, wanted)


def test_find_tells_held_from_not_held_in_one_sentence(find):
    entities = [e for e in find("I have PRINCE2 but not P3O") if e["entity"] == "certification"]
    assert [(e["value"], e.get("held")) for e in entities] == [("prince2", True), ("p3o_foundation", False)]


@pytest.mark.parametrize("text", ["", " ", "😀😀", "\x00\x07", "a" * 5000, "İİİ p3o", "р3о"])
def test_find_survives_odd_text(find, text):
    assert all(0 <= entity["start"] < entity["end"] <= len(text) for entity in find(text))


def test_find_knows_every_name_of_the_content(find):
    from bot.content import KNOWLEDGE_FOLDER, read_knowledge

    for certification in read_knowledge([KNOWLEDGE_FOLDER]).certifications.values():
        assert values(find(f"tell me about {certification.name}"), "certification")[:1] == [certification.id]
