"""The benchmarks: what PMO Coach promises in speed, size and understanding, measured anew and shown as one table.

Each row of the table is a function of `benchmarks.measures`, which gives figures for a subject: our coach, and, where
it makes sense, stock Rasa's starter bot in an environment of its own. What may be said of the figures (percentiles,
shares, verdicts) is pure and tested; the rest starts servers on loopback and stops them by their process ids.
"""
