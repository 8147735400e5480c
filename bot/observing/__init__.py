"""What a running coach tells those who run it: numbers, log lines, and the id that ties a request's lines together.

Nothing here holds what a person wrote, nor who they are. It imports nothing of ours, so that everything may use it.
"""
