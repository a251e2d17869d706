"""The colours of both themes by name, and how they may stand on each other.

``TEXT_PAIRS`` reach a contrast of 4.5 and ``EDGE_PAIRS`` of 3 in both themes (WCAG 2.2, 1.4.3
and 1.4.11); a test computes them. Suffix S is a soft fill, T text of that colour, H hovered,
P pressed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

LIGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "window": "#F3F4F6",
        "rail": "#E9EBEF",
        "surface": "#FFFFFF",
        "subtle": "#F8F9FB",
        "hover": "#F1F4F9",
        "selected": "#E7EEFC",
        "line": "#E3E6EB",
        "line2": "#CDD2DA",
        "control": "#818A99",
        "t1": "#1A212E",
        "t2": "#465061",
        "t3": "#5E6878",
        "tdis": "#9AA2AF",
        "accent": "#2456C8",
        "accentH": "#1D49AE",
        "accentP": "#183D93",
        "accentS": "#E7EEFC",
        "accentT": "#1F4DB8",
        "on": "#FFFFFF",
        "ok": "#17693C",
        "okS": "#E5F4EB",
        "warn": "#8A4B00",
        "warnS": "#FDF0D9",
        "bad": "#B3261E",
        "badS": "#FCEAE8",
        "prom": "#6A3CA5",
        "promS": "#F2ECFB",
        "focus": "#2456C8",
        "scrim": "#6B141A26",
    }
)
DARK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "window": "#14171C",
        "rail": "#0F1216",
        "surface": "#1B1F26",
        "subtle": "#20252D",
        "hover": "#252B34",
        "selected": "#22304D",
        "line": "#2B313B",
        "line2": "#3B4350",
        "control": "#79838F",
        "t1": "#E9ECF1",
        "t2": "#B9C1CC",
        "t3": "#98A2B0",
        "tdis": "#5F6875",
        "accent": "#3B6BDD",
        "accentH": "#2F5ECF",
        "accentP": "#2A55BD",
        "accentS": "#22304D",
        "accentT": "#93B4FF",
        "on": "#FFFFFF",
        "ok": "#74CF98",
        "okS": "#193326",
        "warn": "#F0B65C",
        "warnS": "#3A2C12",
        "bad": "#FF9A90",
        "badS": "#45211F",
        "prom": "#C5A6F5",
        "promS": "#322746",
        "focus": "#7FA6FF",
        "scrim": "#8C000000",
    }
)

TEXT_PAIRS: Final = (
    *((text, ground) for text in ("t1", "t2") for ground in ("surface", "window")),
    *(("t3", ground) for ground in ("surface", "window", "subtle", "selected", "hover", "rail")),
    ("t2", "rail"),
    *(("accentT", ground) for ground in ("surface", "accentS", "window", "rail")),
    *(("on", ground) for ground in ("accent", "accentH", "accentP")),
    *((kind, ground) for kind in ("ok", "warn", "bad") for ground in ("surface", "window")),
    *((kind, f"{kind}S") for kind in ("ok", "warn", "bad", "prom")),
    ("prom", "surface"),
    ("surface", "bad"),
    *((text, f"{kind}S") for text in ("t1", "t2", "t3") for kind in ("ok", "warn", "bad")),
)
EDGE_PAIRS: Final = (
    ("control", "surface"),
    ("control", "window"),
    ("focus", "surface"),
    ("focus", "window"),
    ("focus", "selected"),
    ("accent", "surface"),
)
