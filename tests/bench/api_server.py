"""A Bot API server that accepts every call and answers it at once, in a process of its own.

Its work is not counted with the bot's; what it answers is as long as what Telegram would answer.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiohttp import web

from tests.bench.samples import FORTY_TWO, MESSAGE

ROOT = Path(__file__).parents[2]
POLL_SECONDS = 20
NO_WEBHOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
ANSWERS = {
    "editMessageText": {"ok": True, "result": MESSAGE},
    "sendMessage": {"ok": True, "result": MESSAGE},
    "getMe": {"ok": True, "result": FORTY_TWO},
    "getWebhookInfo": {"ok": True, "result": NO_WEBHOOK},
}
YES = {"ok": True, "result": True}


async def answer(request: web.Request) -> web.Response:
    method = request.match_info["method"]
    await request.read()
    if method == "getUpdates":
        await asyncio.sleep(POLL_SECONDS)
        return web.json_response({"ok": True, "result": []})
    return web.json_response(ANSWERS.get(method, YES))


async def serve() -> None:
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


@contextmanager
def api_server() -> Iterator[str]:
    """The address of such a server."""
    command = [sys.executable, "-m", "tests.bench.api_server"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(serve())
