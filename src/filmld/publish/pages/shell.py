"""What every page has around its content."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from filmld.archive.config import Config
from filmld.publish.addresses import LISTS
from filmld.publish.pages.desk import Desk, prefix
from filmld.publish.pages.model import Alternate, Item, Shell
from filmld.publish.words import Words, page_languages, words_in
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
    home = Item(text=desk.words.home, href=desk.page("index.html"))
    licence = config.licence
    is_first = desk.words.language == desk.tongues[0]
    return Shell(
        title=title,
        description=description,
        archive=config.title,
        home=desk.page("index.html"),
        asset=desk.to("assets"),
        menu=menu(desk),
        current=desk.page(f"{LISTS[section]}.html") if section and section in LISTS else None,
        crumbs=(home, *crumbs) if crumbs else (),
        canonical=canonical if is_first or canonical is None else config.base + desk.path,
        kind=kind,
        publisher=config.publisher,
        licence=Item(text=licence, href=desk.href(licence)) if licence else None,
        alternates=(),
        search=desk.page("search.html"),
    )


def in_every_language(desk: Desk, frame: Shell, canonical: str) -> Shell:
    """Say of a page that the site has it in every one of its languages.

    Args:
        desk: The page that is being written.
        frame: What is around it.
        canonical: Its one address in the first language.
    """
    return replace(frame, alternates=tuple(_alternates(desk, canonical)))


def _alternates(desk: Desk, canonical: str) -> Iterator[Alternate]:
    base = desk.catalog.archive.config.base
    for language in desk.tongues if len(desk.tongues) > 1 else ():
        words = words_in(language)
        path = prefix(language, desk.tongues) + desk.plain_path
        is_first = language == desk.tongues[0]
        yield Alternate(
            language=language,
            name=words.name,
            href=desk.to(path),
            address=canonical if is_first else base + path,
            is_here=language == desk.words.language,
            locale=words.locale,
        )


def bare_shell(
    config: Config,
    words: Words,
    *,
    title: str,
    description: str,
    path: str,
    root: str,
    sections: Sequence[str],
) -> Shell:
    """Put the frame of the site around a page that is made without its records.

    Args:
        config: What the archive says of itself.
        words: The language of the page.
        title: The title of the page.
        description: One plain sentence about it.
        path: Where it lies in every language, with the question that it answers.
        root: The way from the page to the top of the site.
        sections: The names of the lists there are.
    """
    languages = page_languages(config.languages)
    folder = root + prefix(words.language, languages)
    licence = config.licence
    is_web = licence is not None and licence.startswith(("https://", "http://"))
    lists = (
        Item(text=words.kinds[kind].many, href=folder + name)
        for kind, name in LISTS.items()
        if name in sections
    )
    return Shell(
        title=title,
        description=description,
        archive=config.title,
        home=folder or "./",
        asset=f"{root}assets",
        menu=(*lists, *asking(folder, words, has_questions=True)),
        current=None,
        crumbs=(),
        canonical=None,
        kind="website",
        publisher=config.publisher,
        licence=Item(text=licence, href=licence if is_web else None) if licence else None,
        alternates=tuple(_tongues(config, words, root, path)),
        search=f"{folder}search.html",
    )


def _tongues(config: Config, here: Words, root: str, path: str) -> Iterator[Alternate]:
    languages = page_languages(config.languages)
    for language in languages if len(languages) > 1 else ():
        words = words_in(language)
        way = prefix(language, languages) + path
        yield Alternate(
            language=language,
            name=words.name,
            href=root + way,
            address=config.base + way,
            is_here=language == here.language,
            locale=words.locale,
        )


def asking(folder: str, words: Words, *, has_questions: bool) -> tuple[Item, ...]:
    """The pages that ask the records."""
    questions = (Item(text=words.asking["questions"], href=f"{folder}queries/index.html"),)
    return (*(questions if has_questions else ()), Item(text="SPARQL", href=f"{folder}sparql/index.html"))


def menu(desk: Desk) -> tuple[Item, ...]:
    """The lists there are, in the order in which people think of them."""
    lists = (
        Item(text=desk.words.kinds[kind].many, href=desk.page(f"{name}.html"))
        for kind, name in LISTS.items()
        if kind in desk.addresses.kinds or (kind == "role" and desk.overview.roles)
    )
    folder = desk.page("index.html").removesuffix("index.html")
    return (*lists, *asking(folder, desk.words, has_questions=desk.has_questions))


def shortened(literal: Literal | None, limit: int = 200) -> str:
    """Cut a text after a word, for use where only the beginning is shown."""
    text = " ".join(literal.lexical.split()) if literal else ""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
