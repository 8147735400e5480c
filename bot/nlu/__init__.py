"""Understanding: Rasa graph components for encoding, intents, entities, topics and several questions at once."""
