"""The coach's judgement and wording as pure functions: records in, records out."""
