"""Judging records: their text, the shapes, and what shapes cannot say."""
