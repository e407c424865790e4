"""The query language: text in, a condition on the index out. Pure, like the core around it."""
