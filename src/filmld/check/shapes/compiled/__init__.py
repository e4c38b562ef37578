"""Shapes compiled to a tree of tests, which judges a record in the time that reading it takes.

One module for each part of chapter 4 of SHACL (W3C Recommendation of 20 July 2017). What it says
is what pySHACL says, but for the points that ``docs/shapes.md`` lists.
"""
