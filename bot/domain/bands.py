"""How places in a ranking are written, by every feature alike."""


def places(band: tuple[int, int]) -> str:
    """One place, or the places that problems share which the votes cannot tell apart."""
    first, last = band
    return str(first) if first == last else f"{first}\u2013{last}"
