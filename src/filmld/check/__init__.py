"""Judging records: what shapes demand, what vocabularies know, what no shape can say."""
