"""Problems offered in any chat, as soon as somebody types the name of the bot there."""
