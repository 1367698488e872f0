"""How many of the names that people annotated are found, and how many of ours are right (``docs/quality.md``)."""
