"""What schema.org defines: the kind, place in the hierarchy and age of every one of its terms.

The facts are in ``terms.tsv``, made by :mod:`filmld.check.schema_org.generate` from release
30.0 (2026-03-19) of the schema.org vocabulary, which is published under CC BY-SA 3.0. Only
facts are taken over (names and how they relate), no definitions.

>>> terms = Terms.load()
>>> terms.kind("director")
<Kind.PROPERTY: 'property'>
>>> terms.superseded_by("actors")
('actor',)
>>> terms.close_match("directer")
'director'
"""

from filmld.check.schema_org.terms import CORE, Kind, Terms

__all__ = ["CORE", "Kind", "Terms"]
