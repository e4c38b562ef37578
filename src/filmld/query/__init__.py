"""SPARQL over an archive: guarded, answered in a process that can be ended, never in ours.

Nothing is imported here, because the worker process imports this package and must start fast.
"""
