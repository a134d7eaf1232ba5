"""bap-bot: a Telegram bot that carries a rural municipality through one cycle of joint planning."""
