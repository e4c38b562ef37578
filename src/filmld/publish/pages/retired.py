"""What is shown at the address of a record that is out of use."""

from filmld.catalog.retired import Retired, successor
from filmld.publish.pages.desk import Desk, text_item
from filmld.publish.pages.model import RetiredPage
from filmld.publish.pages.shell import in_every_language, shell
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI


def gone_page(desk: Desk) -> RetiredPage:
    """Make the page that a host sends for any record that nothing has replaced."""
    words = desk.words
    return RetiredPage(
        shell=shell(desk, title=words.retired, description=words.retired_text), names=(), successor=None
    )


def retired_page(desk: Desk, old: Retired) -> RetiredPage:
    """Make the page; a host that cannot redirect leads on by it (WCAG technique H76)."""
    words = desk.words
    new = successor(old.record.iri, desk.catalog.retired)
    frame = shell(desk, title=words.retired, description=words.retired_text)
    return RetiredPage(
        shell=in_every_language(desk, frame, old.record.iri),
        names=tuple(text_item(name) for name in old.names),
        successor=desk.link(IRI(new), Graph()) if new else None,
    )
