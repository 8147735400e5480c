"""PMO Coach: a career coach for people who work in a PMO, built on Rasa."""

__version__ = "0.1.0"
