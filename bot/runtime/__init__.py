"""The runner: start Rasa without TensorFlow, in-process actions, stores, settings, one server."""
