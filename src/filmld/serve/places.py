"""Where a page lies that is made for each request: its language, and the way to the top of the site."""

from dataclasses import dataclass

from starlette.requests import Request

from filmld.archive.config import Config
from filmld.publish.pages.desk import prefix
from filmld.publish.words import Words, page_languages, words_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on the site.

    Attributes:
        words: The language of the page.
        prefix: What the addresses of pages in it begin with.
        root: The way to the top of the site.
        path: The address of the page without that of its language, with the question that it answers.
    """

    words: Words
    prefix: str
    root: str
    path: str

    @property
    def folder(self) -> str:
        """The way to the top of the pages in this language."""
        return self.root + self.prefix


def place(request: Request, config: Config) -> Place:
    """Find out where a request has come: the first folder of an address may be a language."""
    languages = page_languages(config.languages)
    path = request.url.path.removeprefix("/")
    first = path.partition("/")[0]
    language = first if first in languages[1:] else languages[0]
    folder = prefix(language, languages)
    query = f"?{request.url.query}" if request.url.query else ""
    return Place(
        words=words_in(language),
        prefix=folder,
        root="../" * path.count("/"),
        path=path.removeprefix(folder) + query,
    )
