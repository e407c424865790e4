"""Whom to contact on a day, why, in what order, and why not. Pure, like the core around it."""
