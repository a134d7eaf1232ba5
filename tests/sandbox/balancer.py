"""What stands before several processes of the bot: one address for Telegram."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle

from aiohttp import ClientError, ClientSession, web

from tests.sandbox.bot_process import free_port


@asynccontextmanager
async def balanced(ports: list[int]) -> AsyncIterator[str]:
    """An address whose requests go to the processes in turn; one that is not there yet is passed over."""
    turns = cycle(ports)

    async def hand_on(request: web.Request) -> web.Response:
        body = await request.read()
        for _process in ports:
            address = f"http://127.0.0.1:{next(turns)}{request.path}"
            try:
                async with session.post(address, data=body, headers=request.headers) as answer:
                    return web.Response(status=answer.status, body=await answer.read())
            except ClientError:
                continue
        return web.Response(status=502)

    app = web.Application()
    app.router.add_post("/{path:.*}", hand_on)
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    async with ClientSession() as session:
        await runner.setup()
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            await runner.cleanup()
