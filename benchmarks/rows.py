"""The rows of the table, with the bounds that the project promises, and how each is measured."""

from benchmarks.measures.ask import measure_ask
from benchmarks.measures.cross_validation import measure_cross_validation
from benchmarks.measures.forms import measure_in_forms
from benchmarks.measures.held_out import measure_held_out, measure_out_of_scope
from benchmarks.measures.latency import measure_one_person, measure_people
from benchmarks.measures.long_talk import measure_long_talk
from benchmarks.measures.memory import measure_memory
from benchmarks.measures.public_sets import measure_ours, measure_stock
from benchmarks.measures.start import measure_start
from benchmarks.measures.training import measure_training
from benchmarks.records import Quantity
from benchmarks.results import Row
from benchmarks.sets import read_banking, read_clinc

STARTS, STOCK_STARTS = 3, 1

SERVING = (
    Row(
        "start", "start to first answer, second start", (Quantity("s", 1, at_most=4),),
        lambda bench: measure_start(bench.coach, bench.say, starts=STARTS),
        lambda bench: measure_start(bench.stock, bench.say, starts=STOCK_STARTS),
    ),
    Row(
        "memory", "resident memory, serving, after 500 messages", (Quantity("MB", at_most=350),),
        lambda bench: measure_memory(bench.coach, bench.say),
        lambda bench: measure_memory(bench.stock, bench.say),
    ),
    Row(
        "one-person", "message p50 / p95 over HTTP, one person",
        (Quantity("ms", 1, at_most=12), Quantity("ms", 1, at_most=25)),
        lambda bench: measure_one_person(bench.coach, bench.say),
        lambda bench: measure_one_person(bench.stock, bench.say),
    ),
    Row(
        "forms", "message p95 in a form", (Quantity("ms", 1, at_most=25),),
        lambda bench: measure_in_forms(bench.coach, bench.say),
    ),
    Row(
        "people", "20 people at once, one process", (Quantity("msg/s", at_least=100),),
        lambda bench: measure_people(bench.coach, bench.say),
        lambda bench: measure_people(bench.stock, bench.say),
    ),
    Row(
        "long-talk", "message p50 at turn 400 against turn 10", (Quantity("times", 2, at_most=1.5),),
        lambda bench: measure_long_talk(bench.coach, bench.say),
        lambda bench: measure_long_talk(bench.stock, bench.say),
    ),
    Row(
        "training", "training the whole assistant", (Quantity("s", at_most=60),),
        lambda bench: measure_training(bench.coach),
        lambda bench: measure_training(bench.stock),
    ),
)  # fmt: skip

UNDERSTANDING = (
    Row(
        "clinc", "CLINC150, 10 an intent: accuracy / OOS AUROC",
        (Quantity("", 3, at_least=0.9), Quantity("", 3, at_least=0.95)),
        lambda bench: measure_ours(read_clinc(bench.data), bench.coach, bench.say),
        lambda bench: measure_stock(read_clinc(bench.data), bench.stock, bench.say),
        slow_stock=True,
    ),
    Row(
        "banking", "BANKING77, 10 an intent: accuracy", (Quantity("", 3, at_least=0.86),),
        lambda bench: measure_ours(read_banking(bench.data), bench.coach, bench.say),
        lambda bench: measure_stock(read_banking(bench.data), bench.stock, bench.say),
        slow_stock=True,
    ),
    Row(
        "held-out", "held-out utterances, intent or topic right", (Quantity("%", 1, at_least=92),),
        lambda bench: measure_held_out(bench.understanding),
    ),
    Row(
        "out-of-scope", "out of scope caught / in scope wrongly refused",
        (Quantity("%", 1, at_least=92), Quantity("%", 1, at_most=4)),
        lambda bench: measure_out_of_scope(bench.understanding),
    ),
    Row(
        "cross-validation", "intents in 5-fold cross-validation, macro F1", (Quantity("%", 1),),
        lambda bench: measure_cross_validation(bench.coach, bench.say),
    ),
)  # fmt: skip

TERMINAL = (
    Row(
        "ask", "pmo-coach ask, whole process, server running", (Quantity("s", 2, at_most=0.6),),
        lambda bench: measure_ask(bench.coach, bench.say),
    ),
)  # fmt: skip

ROWS = (*SERVING, *UNDERSTANDING, *TERMINAL)
