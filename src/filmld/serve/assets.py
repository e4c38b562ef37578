"""Styles and scripts: those of the site, or filmld's own where there is no site or an older one."""

from importlib import resources
from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import Response

from filmld.publish.frontend import FOLDER, bundle, media_type
from filmld.serve.pages import PageServer

_STYLES = ("filmld.css", "sparql.css", "filmld.svg")


class Assets:
    """Answers for ``/assets/``."""

    def __init__(self, pages: PageServer) -> None:
        self._pages = pages
        self._bundle = bundle()
        self._styles = {
            name: resources.files("filmld.publish").joinpath("assets", name).read_bytes() for name in _STYLES
        }

    async def answer(self, request: Request) -> Response:
        """Send a file.

        The scripts always come from the installed filmld, since they and the pages that the
        server makes belong together.
        """
        path = request.path_params["path"]
        script = self._bundle.get(path.removeprefix(FOLDER.removeprefix("assets/") + "/"))
        if script is not None:
            return Response(script.read_bytes(), media_type=media_type(script.name), headers=_HEADERS)
        if path in self._styles and not self._pages.has(f"assets/{path}"):
            return Response(self._styles[path], media_type=guess_type(path)[0], headers=_HEADERS)
        return await self._pages.answer(request)


_HEADERS = {"Cache-Control": "no-cache"}
