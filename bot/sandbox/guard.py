"""Keeps the sandbox to this machine and its own page: no other site may use it through a browser."""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
OWN = frozenset({"none", "same-origin"})


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    # Another site's name may be made to point here; the Host header still bears that name.
    if not is_loopback(request.url.host or ""):
        raise web.HTTPForbidden(text="the sandbox answers on this machine only")
    if not _is_own(request):
        raise web.HTTPForbidden(text="requests of other sites are refused")
    response = await handler(request)
    if not response.prepared:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _is_own(request: web.Request) -> bool:
    """From the page itself or from no page at all; a link to the page may stand anywhere."""
    if request.method == "GET" and request.path == "/":
        return True
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        return False
    return request.headers.get("Sec-Fetch-Site", "none") in OWN


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
