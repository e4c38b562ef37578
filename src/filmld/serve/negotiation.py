"""Which of several forms of a thing a client wants (RFC 9110 §12.5.1)."""

from collections.abc import Iterable

from filmld.tuples import NamedTuple


class Range(NamedTuple):
    """One media range of an ``Accept`` header, such as ``text/*;q=0.5``."""

    type: str
    subtype: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """How exactly this range names a media type: 0 not at all, 3 by its full name."""
        kind, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (kind, subtype):
            return 3
        if (self.type, self.subtype) == (kind, "*"):
            return 2
        return 1 if (self.type, self.subtype) == ("*", "*") else 0


def ranges(accept: str) -> list[Range]:
    """Read an ``Accept`` header; what is no media range, or has no sound weight, is passed over."""
    found = []
    for item in accept.split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        kind, slash, subtype = name.lower().partition("/")
        quality = _quality(parameters)
        if kind and slash and subtype and quality is not None:
            found.append(Range(kind, subtype, quality))
    return found


def _quality(parameters: Iterable[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0


def choose(accept: str | None, offers: Iterable[str]) -> str | None:
    """Choose the media type that a client likes best; of equals, the first offered.

    No header, or an empty one, means that anything will do (RFC 9110 §12.5.1).

    >>> choose("text/turtle;q=0.5, application/ld+json", ["text/html", "text/turtle"])
    'text/turtle'
    """
    offered = list(offers)
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    wanted = ranges(accept)
    best, best_quality = None, 0.0
    for offer in offered:
        quality = _quality_of(offer, wanted)
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _quality_of(offer: str, wanted: Iterable[Range]) -> float:
    """The weight of the most specific range that covers an offer."""
    matches = [(found.specificity(offer), found.quality) for found in wanted]
    specificity, quality = max(matches, default=(0, 0.0))
    return quality if specificity else 0.0
