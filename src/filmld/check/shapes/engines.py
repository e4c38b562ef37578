"""The engines that can judge records by shapes."""

from enum import StrEnum


class Engine(StrEnum):
    """An engine, by the name that the command has for it."""

    COMPILED = "compiled"
    PYSHACL = "pyshacl"
