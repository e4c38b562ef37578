"""Linked data for film archives: Turtle records, checked, published, open to SPARQL."""

__version__ = "0.1.0"
