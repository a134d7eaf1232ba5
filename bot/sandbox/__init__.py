"""A small Bot API server on this machine, with a chat page in the browser: try the bot without Telegram."""
