"""Tables of what the coach tells and asks: topics, and the builder or grower questionnaire."""

import sqlalchemy as sa

from bot.store.tables.metadata import KNOWLEDGE, entries, listed, metadata, optional, refers_to, required, sources_of

topics = entries(
    "topics",
    sa.Column("id", sa.Text, primary_key=True),
    required("title"),
    required("answer"),
    optional("more"),
)
topic_questions = listed("topic_questions", "topic_id", "topics.id", required("question", unique=True))
# A reference is "role:pmo_analyst" or a topic's id: it points to many tables, so the reader of the content checks it.
topic_next = listed("topic_next", "topic_id", "topics.id", required("reference"))
topic_article_facts = listed("topic_article_facts", "topic_id", "topics.id", required("fact"))
topic_sources = sources_of("topic_sources", "topic_id", "topics.id")

_OWNER = "questionnaires.id"

questionnaires = sa.Table(
    "questionnaires",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    required("intro"),
    required("validity"),
    info=KNOWLEDGE,
)
items = entries(
    "questionnaire_items",
    sa.Column("id", sa.Text, primary_key=True),
    required("type", sa.String(20)),
    required("builder_side", sa.Boolean),
    required("text"),
    optional("option_a"),
    optional("option_b"),
    refers_to("questionnaire_id", _OWNER),
    sa.CheckConstraint("type IN ('likert', 'forced_choice')", name="type"),
)
item_sources = sources_of("questionnaire_item_sources", "item_id", "questionnaire_items.id")
bands = listed(
    "questionnaire_bands",
    "questionnaire_id",
    _OWNER,
    required("low", sa.Integer),
    required("high", sa.Integer),
    required("label"),
    required("say"),
    sa.CheckConstraint("low <= high", name="low_to_high"),
)


def _named_lists(name: str, key: str, lines: str) -> tuple[sa.Table, sa.Table]:
    """Return the table of names of a questionnaire's lists, which may be empty, and the table of their lines."""
    names = listed(name, "questionnaire_id", _OWNER, required(key), sa.UniqueConstraint("questionnaire_id", key))
    held = sa.Table(
        lines,
        metadata,
        sa.Column("questionnaire_id", sa.Text, primary_key=True),
        sa.Column(key, sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        required("line"),
        sa.ForeignKeyConstraint(["questionnaire_id", key], [f"{name}.questionnaire_id", f"{name}.{key}"]),
        info=KNOWLEDGE,
    )
    return names, held


scales, scale_labels = _named_lists("questionnaire_scales", "scale", "questionnaire_scale_labels")
results, advice = _named_lists("questionnaire_results", "result", "questionnaire_advice")
