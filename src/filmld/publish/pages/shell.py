"""What every page has around its content."""

from filmld.publish.addresses import LISTS
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import Item, Shell
from filmld.turtle.terms import Literal


def shell(
    desk: Desk,
    *,
    title: str,
    description: str,
    crumbs: tuple[Item, ...] = (),
    section: str | None = None,
    canonical: str | None = None,
    kind: str = "website",
) -> Shell:
    """Put the frame of the site around a page.

    Args:
        desk: The page that is being written.
        title: Its title.
        description: One plain sentence about it.
        crumbs: The steps between the home page and this page, this page last.
        section: The kind of record whose list the page belongs to.
        canonical: Its one address.
        kind: Its OpenGraph type.
    """
    config = desk.catalog.archive.config
    home = Item(text=desk.words.home, href=desk.to("index.html"))
    licence = config.licence
    return Shell(
        title=title,
        description=description,
        archive=config.title,
        home=desk.to("index.html"),
        asset=desk.to("assets"),
        menu=menu(desk),
        current=desk.to(f"{LISTS[section]}.html") if section and section in LISTS else None,
        crumbs=(home, *crumbs) if crumbs else (),
        canonical=canonical,
        kind=kind,
        publisher=config.publisher,
        licence=Item(text=licence, href=desk.href(licence)) if licence else None,
    )


def menu(desk: Desk) -> tuple[Item, ...]:
    """The lists there are, in the order in which people think of them."""
    return tuple(
        Item(text=desk.words.kinds[kind].many, href=desk.to(f"{name}.html"))
        for kind, name in LISTS.items()
        if kind in desk.addresses.kinds
    )


def shortened(literal: Literal | None, limit: int = 200) -> str:
    """Cut a text after a word, for use where only the beginning is shown."""
    text = " ".join(literal.lexical.split()) if literal else ""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
