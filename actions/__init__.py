"""The coach's Rasa actions: one module a skill, each reading the turn, asking coaching, sending its reply."""
