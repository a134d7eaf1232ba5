"""Problems about the same thing are joined: one speaks for all of them, and nobody's voice is lost."""
