"""The doors, a module each: `target()` and `seeds()`."""
