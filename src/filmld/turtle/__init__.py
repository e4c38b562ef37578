"""Turtle as text, and the triples it states."""
