"""Parts of files, for who goes on with a download that broke off (RFC 9110 §14)."""

import re

from starlette.requests import Request
from starlette.responses import Response

_SINGLE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*")
PARTIAL, UNSATISFIABLE = 206, 416


def part(request: Request, response: Response) -> Response:
    """Give the part of a file that is asked for.

    Only one range is given at a time, and only of the very file that the client has begun
    (If-Range); whatever else is asked for gets the whole, as RFC 9110 §14.2 leaves open.
    """
    response.headers["Accept-Ranges"] = "bytes"
    found = _SINGLE.fullmatch(request.headers.get("range", ""))
    condition = request.headers.get("if-range")
    if found is None or request.method != "GET" or condition not in {None, response.headers.get("etag")}:
        return response
    body = bytes(response.body)
    start, end = _place(found[1], found[2], len(body))
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    if start >= end:
        return Response(status_code=UNSATISFIABLE, headers={"Content-Range": f"bytes */{len(body)}"})
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(body)}"
    return Response(body[start:end], PARTIAL, headers=headers)


def _place(first: str, last: str, size: int) -> tuple[int, int]:
    """Where a range begins and ends; where there is nothing, it ends before it begins."""
    if not first:
        return (max(0, size - int(last)), size if int(last) else 0) if last else (size, 0)
    end = size if not last else min(size, int(last) + 1)
    return int(first), end
