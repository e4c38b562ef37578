"""What makes a shape ill-formed, so that nothing can be judged by it."""

from enum import StrEnum


class Fault(StrEnum):
    """The end of a sentence that begins with the shape, or with one of its parameters."""

    BOTH = "is an sh:NodeShape, but has an sh:path"
    EMPTY = "is an empty list"
    ENDLESS = "is not a list that ends"
    NO_COUNT = "says neither how many values must conform nor how many may"
    NO_DATATYPE = "is not a datatype"
    NO_LITERAL = "is not a literal"
    NO_KIND = "is not a kind of node"
    NO_NUMBER = "is not a whole number"
    NO_PATH = "needs an sh:path beside it"
    NO_PROPERTY = "is not a property to compare with"
    NO_SHAPE = "is not a shape"
    NOT_CLOSED = "stands beside no sh:closed"
    NOT_A_PATH = "is not a path"
    RECURSIVE = "refers to itself; SHACL leaves open what that means"
    TOO_DEEP = "lies too deep in other shapes"
    TWICE = "has more than one value"
