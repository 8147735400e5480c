"""What the coach's conversations teach those who look after it: counts that single nobody out, and messages to review.

Pure functions over records: stored talks in, counts, masked texts and changed data files out. The commands
`pmo-coach insights` and `pmo-coach review` bring the talks in and carry the results out.
"""
