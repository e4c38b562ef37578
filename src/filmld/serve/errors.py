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
