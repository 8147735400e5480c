"""Channels: carry a person's words in and the coach's replies out; decide nothing."""
