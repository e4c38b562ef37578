"""The search: its page, and the index that its script, or a server, looks into."""

from filmld.publish.pages.search import search_page
from filmld.publish.plan import SCRIPT, Document, Plan
from filmld.publish.search import KEYS
from filmld.publish.search_entries import PAGE
from filmld.publish.search_index import FOLDER, keys_text, shard_text


class SearchPage:
    """The page."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def paths(self) -> tuple[str, ...]:
        """Its path."""
        return (PAGE,)

    def render(self, path: str) -> Document | None:
        """Make it, or say that this is not its path."""
        return self._plan.html(search_page(self._plan.desk(path))) if path == PAGE else None


class SearchIndex:
    """The index, of which there is one for all languages."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def paths(self) -> tuple[str, ...]:
        """The path of the list of its files; which they are is known when all records were looked at."""
        return (KEYS,)

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        if path == KEYS:
            return Document(keys_text(self._plan.entries.keys).encode(), SCRIPT)
        found = self._plan.entries.at(path) if path.startswith(f"{FOLDER}/") else None
        return Document(shard_text(found).encode(), SCRIPT) if found is not None else None
