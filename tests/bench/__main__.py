"""`make bench`: what a tap, a page, a start and the memory cost on this machine."""

import asyncio
import tempfile
from pathlib import Path

from tests.bench.api_server import api_server
from tests.bench.engines import engines


def main() -> None:
    from bot.app import create_bot
    from bot.logs import set_up_logs
    from bot.settings import Settings
    from tests.bench import taps

    async def run() -> None:
        settings = Settings(_env_file=None, api_url=address)
        set_up_logs(settings)
        bot = create_bot(settings, "42:bench")
        result = await taps.measure(bot, settings, urls)
        bare = result[taps.BARE]
        for name, c in result.items():
            print(f"{name:14} {c.per_second:7.0f}/s {c.ratio(bare):5.2f} {c.slow*1000:6.0f} ms {len(c.one_tap.asked)} {c.one_tap.frame}", [round(t.per_second) for t in c.timings])
        await bot.session.close()

    with tempfile.TemporaryDirectory() as folder, api_server() as address, engines(Path(folder)) as urls:
        asyncio.run(run())


if __name__ == "__main__":
    main()
