"""What people type, checked and shortened."""

from bot.domain.refusals import TextTooLong, TextTooShort, WordsExpected
from bot.domain.visible import count_letters, count_letters_and_figures, visible

# In characters, where a question has no bounds of its own.
SHORTEST_TEXT = 10
LONGEST_TEXT = 1000
_FEWEST_LETTERS = 2
# What must be at least so long is a sentence, and a row of figures is none; an age or a house may be.
_SHORTEST_SENTENCE = 5


def checked_text(text: str, shortest: int = SHORTEST_TEXT, longest: int = LONGEST_TEXT) -> str:
    """Return what is seen of `text`, trimmed, or refuse it with the bound it breaks (in characters).

    What must be there must hold letters or figures, a sentence letters: dots, smileys and a bare number tell
    nobody anything.
    """
    trimmed = visible(text).strip()
    if len(trimmed) < shortest:
        raise TextTooShort(at_least=shortest, length=len(trimmed))
    if len(trimmed) > longest:
        raise TextTooLong(at_most=longest, length=len(trimmed))
    counted = count_letters if shortest >= _SHORTEST_SENTENCE else count_letters_and_figures
    if counted(trimmed) < min(shortest, _FEWEST_LETTERS):
        raise WordsExpected
    return trimmed


def cut_to(text: str, longest: int) -> str:
    """The beginning of `text`, at most `longest` characters, up to the end of a word where one is near."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    end = max(cut.rfind(" "), cut.rfind("\n"))
    return (cut[:end] if end >= longest * 2 // 3 else cut).rstrip()


def shortened(text: str, width: int) -> str:
    """The first `width` characters in one line, cut at a word where one ends near."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) >= width * 2 // 3 else cut).rstrip(" ,.;:") + "\u2026"
