"""Signals: what is said while a promise runs out, when, by which rule, and what follows from it."""
