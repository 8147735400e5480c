"""The entity finder: spaCy rules whose patterns are the names in the knowledge store.

A blank English pipeline tokenizes the clean text, corrects the spelling of words that only a name can explain
(`spelling.py`), and two span rulers look for phrases: one for names, where the longest wins, one for the cues of
`cues.yml` (what is asked of a thing, where, held or wanted). Adding an entry to the content teaches its names.
"""

import json
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.language import Language
from spacy.tokens import Doc, Span

from bot.nlu.cues import CUES_FILE, read_cues, words_of_shorts
from bot.nlu.holding import HoldingCues, holding_marks, listed
from bot.nlu.knowledge import knowledge_fingerprint, known, prose_words
from bot.nlu.measures import find_measures
from bot.nlu.mending import without_vowels
from bot.nlu.names import Name, families_of, names_of
from bot.nlu.short_titles import ShortTitles, short_titles
from bot.nlu.spelling import Speller
from bot.nlu.text import clean, collapse

LATE_TEXTS = 256
"""Of how many texts what was found is kept."""
NAMES_FILE = "names.json"
IN_COMMON = 4
"""Examples that must have a word before it counts as spelled right."""
TOLD = ("role", "experience_months")
"""What people tell of themselves before they list what they hold."""
CUE_ENTITIES = ("facet", "region", "grade", "preference", "ladder", "ordinal")


@Language.factory("speller", default_config={"names": [], "known": [], "shortened": {}})
def _make_speller(nlp: Language, name: str, names: list[str], known: list[str], shortened: dict[str, str]) -> Any:
    speller = Speller(names, known, shortened)

    def spell(doc: Doc) -> Doc:
        for token in doc:
            token.norm_ = speller.correct(token.lower_)
        return doc

    return spell


def build_pipeline(names: list[Name], known_words: list[str], cues: dict[str, Any]) -> Language:
    """Return the spaCy pipeline that finds those names and cues."""
    nlp = spacy.blank("en")
    asked = {word for phrases in cues["facet"].values() for phrase in phrases for word in clean(str(phrase)).split()}
    words = sorted({word for phrase, _, _ in names for word in phrase.split()} | asked)
    bare = without_vowels(sorted(asked, key=len))
    shortened = {letters: word for letters, word in bare.items() if letters not in {*words, *known_words}}
    shortened |= words_of_shorts(cues, "typed_short", "shortened")
    nlp.add_pipe("speller", config={"names": words, "known": [*known_words, *asked], "shortened": shortened})
    settings = {"phrase_matcher_attr": "NORM", "annotate_ents": False, "overwrite": False}
    longest = {"@misc": "spacy.first_longest_spans_filter.v1"}
    ruler: Any = nlp.add_pipe("span_ruler", "names", config={**settings, "spans_key": "names", "spans_filter": longest})
    ruler.add_patterns([{"label": entity, "pattern": phrase, "id": value} for phrase, entity, value in names])
    ruler = nlp.add_pipe("span_ruler", "cues", config={**settings, "spans_key": "cues"})
    ruler.add_patterns(
        [
            {"label": entity, "pattern": clean(phrase), "id": str(value)}
            for entity in CUE_ENTITIES
            for value, phrases in cues[entity].items()
            for phrase in dict.fromkeys(" ".join(clean(p).split()) for p in map(str, phrases))
        ]
    )
    return nlp


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityFinder(GraphComponent, EntityExtractorMixin):
    """Finds names, levels, durations and cues, and marks certifications as held, not held or wanted."""

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._storage, self._resource = model_storage, resource
        self._cues = read_cues()
        self._holding = HoldingCues(
            **{kind: frozenset(map(clean, words)) for kind, words in self._cues["holding"].items()}
        )
        self._families: dict[str, dict[str, str]] = {}
        self._titles = ShortTitles(frozenset(), frozenset(), {})
        self._nlp: Language  # `use` makes it: one that knows no name takes as long to make
        self._late = lru_cache(LATE_TEXTS)(self._find)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "EntityFinder":
        """Return a finder that knows no names yet."""
        return cls(model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Change when the knowledge or the cues change, so that Rasa trains again."""
        return knowledge_fingerprint(CUES_FILE)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the store's names, and from the examples which words are in common use."""
        knowledge = known()
        texts = [message.get(TEXT) for message in training_data.intent_examples if message.get(TEXT)]
        words = common_words(texts) | {word for text in prose_words(knowledge) for word in clean(text).split()}
        data = {
            "names": names_of(knowledge),
            "known": sorted(words),
            "families": families_of(knowledge),
        }
        with self._storage.write_to(self._resource) as folder:
            (folder / NAMES_FILE).write_text(json.dumps(data), encoding="utf-8")
        self.use(data)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "EntityFinder":
        """Return a finder with the names of the trained model."""
        finder = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            finder.use(json.loads((folder / NAMES_FILE).read_text(encoding="utf-8")))
        return finder

    def use(self, data: dict[str, Any]) -> None:
        """Find those names from now on; `known` are words not to be corrected."""
        self._families = data["families"]
        names: list[Name] = [tuple(name) for name in data["names"]]
        self._titles = short_titles(names, self._cues)
        self._nlp = build_pipeline(names, data["known"], self._cues)
        self._late.cache_clear()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Mark the entities of every example, so that the classifier may use them."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message, in the order of its text."""
        for message in messages:
            if text := message.get(TEXT):
                message.set(ENTITIES, message.get(ENTITIES, []) + self.find(text), add_to_output=True)
        return messages

    def find(self, text: str) -> list[dict[str, Any]]:
        """Return the entities of a text as Rasa's dictionaries, with `held` and `wanted` where they say something."""
        return [dict(entity) for entity in self._late(text)]

    def _find(self, text: str) -> list[dict[str, Any]]:
        # Names are found over single spaces, so that "P3O - Foundation" is one; places are those of the text.
        cleaned, places = collapse(clean(text))
        doc = self._nlp(cleaned)
        names = list(doc.spans["names"])
        found = [self._entity(span.label_, span.id_, span.start_char, span.end_char) for span in names]
        found += [
            self._entity(measure.entity, str(measure.value), measure.start, measure.end)
            for measure in find_measures(cleaned)
        ]
        taken = {token.i for span in names for token in span}
        found += self._cue_entities(doc, taken, found)
        for entity in found:
            entity.update(start=places[entity["start"]], end=places[entity["end"] - 1] + 1)
        found += self._short_titles(text, doc, taken, places)
        self._mark_held(text, [(token.norm_, places[token.idx]) for token in doc if not token.is_space], found)
        return sorted(found, key=lambda entity: (entity["start"], entity["entity"]))

    def _entity(self, entity: str, value: str, start: int, end: int) -> dict[str, Any]:
        return {"entity": entity, "value": value, "start": start, "end": end, "extractor": self.name}

    def _cue_entities(self, doc: Doc, taken: set[int], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        family = next(
            (e["value"] for e in found if e["entity"] == "certification" and e["value"] in self._families), None
        )
        entities = []
        for span in _longest_of_each_label(doc.spans["cues"]):
            if span.label_ == "grade" and family and not taken & {t.i for t in span}:
                graded = self._families[family].get(span.id_)
                if graded:
                    entities.append(self._entity("certification", graded, span.start_char, span.end_char))
                    continue
            if span.label_ == "facet" or not taken & {token.i for token in span}:
                entities.append(self._entity(span.label_, span.id_, span.start_char, span.end_char))
        return entities

    def _short_titles(self, text: str, doc: Doc, taken: set[int], places: list[int]) -> list[dict[str, Any]]:
        tokens = [(token.norm_, places[token.idx]) for token in doc if not token.is_space]
        longer = {places[token.idx] for token in doc if token.i in taken}
        return [
            {**self._entity("role", role, start, end), "short": how}
            for role, start, end, how in self._titles.find(text, tokens, longer)
        ]

    def _mark_held(self, text: str, tokens: list[tuple[str, int]], found: list[dict[str, Any]]) -> None:
        certifications = sorted((e for e in found if e["entity"] == "certification"), key=lambda e: e["start"])
        if not certifications:
            return
        places = [(entity["start"], entity["end"]) for entity in certifications]
        lowered = text.lower() if len(text.lower()) == len(text) else clean(text)
        for entity, (held, wanted) in zip(
            certifications, holding_marks(lowered, tokens, places, self._holding), strict=True
        ):
            entity.update({"held": held} if held is not None else {}, **({"wanted": True} if wanted else {}))
        told = [entity["start"] for entity in found if entity["entity"] in TOLD]
        for entity, is_listed in zip(certifications, listed(lowered, places, told), strict=True):
            if is_listed and not entity.get("wanted"):
                entity.setdefault("held", True)


def common_words(texts: Iterable[str]) -> set[str]:
    """Return the words that several examples have; what only one or two have may be their typing errors."""
    counts = Counter(word for text in texts for word in set(clean(text).split()))
    return {word for word, count in counts.items() if count >= IN_COMMON}


def _longest_of_each_label(spans: list[Span]) -> list[Span]:
    """Drop a cue that lies within a longer cue of its own label."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: -len(s)):
        if not any(k.label_ == span.label_ and k.start <= span.start and span.end <= k.end for k in kept):
            kept.append(span)
    return kept
