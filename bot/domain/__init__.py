"""Pure rules of joint planning: no Telegram, no database, no words of any language."""
