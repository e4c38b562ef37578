"""The page that names are searched on."""

from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import Item, SearchPage
from filmld.publish.pages.shell import in_every_language, shell


def search_page(desk: Desk) -> SearchPage:
    """Make the page of the search, as it is before anything was searched."""
    words = desk.words
    canonical = desk.catalog.archive.config.base + "search.html"
    frame = shell(
        desk,
        title=words.search,
        description=words.search_hint,
        crumbs=(Item(text=words.search),),
        canonical=canonical,
    )
    return SearchPage(
        shell=in_every_language(desk, frame, canonical),
        here=desk.page("search.html"),
        script=desk.to("assets/search.js"),
        shards=desk.to("search/keys.js").removesuffix("keys.js"),
        root=desk.page("index.html").removesuffix("index.html"),
    )
