"""The chat page: one answer with everything in it, so that no file of another site is ever asked for."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from aiohttp import web

SCRIPTS = ("words.js", "media.js", "messages.js", "acts.js", "phones.js", "crowd.js", "people.js")


async def page(_request: web.Request) -> web.Response:
    html, policy = _assembled()
    headers = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }
    return web.Response(text=html, content_type="text/html", headers=headers)


@cache
def _assembled() -> tuple[str, str]:
    """The page and the policy that lets its own script run and no other."""
    style = _part("style.css")
    script = '"use strict";\n' + "\n".join(_part(name) for name in SCRIPTS)
    html = _part("index.html").replace("/*style*/", style).replace("/*script*/", script)
    policy = (
        "default-src 'none'; connect-src 'self'; img-src 'self' data: blob:; media-src 'self' data: blob:; "
        f"script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; frame-ancestors 'none'"
    )
    return html, policy


def _part(name: str) -> str:
    return files(__package__ or __name__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"
