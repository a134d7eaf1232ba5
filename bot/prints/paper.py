"""Puts data into a template. The data goes in as JSON, so that nothing a person wrote is ever markup."""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, overload

import typst

ROOM = Path(__file__).parent
# Signs from here on are emoji and the like, which no font of ours draws.
_FIRST_PICTURE = 0x2300
_JOINTS = "\u200d\ufe0e\ufe0f"


def fill(template: str, data: Mapping[str, Any]) -> bytes:
    """The filled template as PDF. It takes some hundredths of a second: call it in a thread."""
    return _made(template, data, "pdf", 72)


def pictures(template: str, data: Mapping[str, Any], points_per_inch: float = 100) -> list[bytes]:
    """The pages of the filled template, each as PNG."""
    made = _made(template, data, "png", points_per_inch)
    return [made] if isinstance(made, bytes) else made


@overload
def _made(template: str, data: Mapping[str, Any], kind: Literal["pdf"], scale: float) -> bytes: ...
@overload
def _made(
    template: str, data: Mapping[str, Any], kind: Literal["png"], scale: float
) -> bytes | list[bytes]: ...
def _made(
    template: str, data: Mapping[str, Any], kind: Literal["pdf", "png"], scale: float
) -> bytes | list[bytes]:
    given = json.dumps(drawable(data), ensure_ascii=False)
    return typst.compile(
        ROOM / f"{template}.typ",
        root=ROOM,
        # The room's own letters everywhere, whatever a machine has installed.
        font_paths=_fonts(),
        sys_inputs={"data": given},
        format=kind,
        ppi=scale,
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[ROOM / "fonts"])


def drawable(value: Any) -> Any:
    """The same data without emoji: on paper they would be empty boxes."""
    if isinstance(value, str):
        return "".join(sign for sign in value if not _is_picture(sign))
    if isinstance(value, Mapping):
        return {name: drawable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(each) for each in value]
    return value


def _is_picture(sign: str) -> bool:
    kind = unicodedata.category(sign)
    if kind in {"So", "Sk"}:
        return ord(sign) >= _FIRST_PICTURE
    # Control characters, too, but for what is white space.
    return sign in _JOINTS or (kind in {"Cc", "Cs", "Co", "Cn"} and not sign.isspace())
