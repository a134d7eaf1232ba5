"""Forgiving comparison of names and words written on keyboards that lack the Kyrgyz letters."""

# Old documents and phones drop the letters o-bar, u-straight and en-with-descender; Russian drops yo.
_FOLD = str.maketrans({"\u04e9": "\u043e", "\u04af": "\u0443", "\u04a3": "\u043d", "\u0451": "\u0435"})
_APART = str.maketrans(dict.fromkeys("-\u2013\u2014.,;:!?()\u00ab\u00bb\"'`", " "))


def fold(text: str) -> str:
    """Lower case, Kyrgyz letters as their Russian look-alikes, punctuation and doubled spaces gone."""
    return " ".join(same_letters(text).translate(_APART).split())


def same_letters(text: str) -> str:
    """Lower case, Kyrgyz letters as their Russian look-alikes; signs stay."""
    return text.lower().translate(_FOLD)


def folded_wording(text: str, translation: str | None = None) -> str:
    """What search looks at: whoever types words of either language finds the problem."""
    return fold(f"{text} {translation or ''}")
