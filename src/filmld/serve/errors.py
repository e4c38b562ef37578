"""Why nothing can be served."""

from pathlib import Path

from filmld.errors import FilmldError


class AddressError(FilmldError):
    """The address cannot be listened on."""

    def __init__(self, host: str, port: int, problem: str) -> None:
        super().__init__(
            f"cannot listen on {host} port {port}: {problem}",
            "another program may use it; --port 0 picks a free port",
        )


class NoSnapshotError(FilmldError):
    """A folder is not what ``filmld build`` writes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is not a built snapshot",
            "filmld build makes one: a folder such as site/current, with www/ and store/ in it",
        )


class UnreachableError(FilmldError):
    """A server gives no answer that can be used."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url} cannot be read: {problem}")


class NotLoopbackError(FilmldError):
    """A page was named that is not on this computer."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url} is not on this computer; pages are read from files and from loopback only",
            "save the page as a file, and name that",
        )
