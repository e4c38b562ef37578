"""oEmbed: what another site shows of a record, for whoever has its address (oembed.com)."""

import asyncio
import json
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from filmld.serve.pages import FORMS, PageServer

_ENDING: Final = ".oembed.json"


def oembed_route(pages: PageServer, base: str) -> Route:
    """Answer ``/oembed?url=…`` from the files that the site has for this."""

    async def answer(request: Request) -> Response:
        asked = request.query_params
        if asked.get("format", "json") != "json":
            return PlainTextResponse("this is given as JSON only\n", 501)
        place = _place(asked.get("url", ""), {base, str(request.base_url)})
        found = await asyncio.to_thread(pages.text, f"embed/{place}{_ENDING}") if place else None
        if found is None:
            return PlainTextResponse("no record of this site has this address\n", 404)
        try:
            limits = {name: int(asked[f"max{name}"]) for name in ("width", "height") if f"max{name}" in asked}
        except ValueError:
            return PlainTextResponse("maxwidth and maxheight are whole numbers\n", 400)
        return JSONResponse(_fitted(json.loads(found), limits))

    return Route("/oembed", answer)


def _place(url: str, bases: set[str]) -> str | None:
    """The path of a record without ending, whichever form or part of it was named."""
    address = url.partition("#")[0].partition("?")[0]
    for base in bases:
        if address.startswith(base):
            place = address.removeprefix(base)
            return next((place.removesuffix(end) for _, end in FORMS if place.endswith(end)), place)
    return None


def _fitted(card: dict[str, str | int], limits: dict[str, int]) -> dict[str, str | int]:
    """Keep within the width and height that the consumer has room for (oembed.com §2.2)."""
    fitted, html = dict(card), str(card["html"])
    for name, limit in limits.items():
        size = max(1, min(int(card[name]), limit))
        html = html.replace(f'{name}="{card[name]}"', f'{name}="{size}"')
        fitted[name] = size
    return {**fitted, "html": html}
