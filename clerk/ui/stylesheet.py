"""The style sheets of the few of Qt's own widgets that cannot look like the rest without one.

Each is given to the widget itself by ``clerk.ui.look``, so that it costs no other widget anything.
What can be painted in a few lines is painted by the widget instead: a day at the counter in which
none of these is seen spends nothing on style sheets.
"""

from collections.abc import Callable, Mapping

_EDIT = """{{background:{surface};color:{t1};
 border:1px solid {control};border-radius:{p6}px;padding:0 {p10}px;min-height:{p32}px;
 selection-background-color:{accent};selection-color:{on};placeholder-text-color:{t3}}}
"""
_SHEETS: Mapping[str, str] = {
    "text": f"QPlainTextEdit{_EDIT}"
    """QPlainTextEdit{{padding:{p6}px {p10}px}}
QPlainTextEdit:focus{{border:2px solid {focus};padding:{p5}px {p9}px}}
""",
    "number": f"QSpinBox{_EDIT}"
    """QSpinBox:focus{{border:2px solid {focus};padding:0 {p9}px;min-height:{field_in}px}}
""",
    "list": """QAbstractItemView{{background:{surface};border:1px solid {line2};outline:none}}
""",
    "menu": """QMenu{{background:{surface};border:1px solid {line2};
 selection-background-color:{selected};selection-color:{t1}}}
QMenu::item{{padding:{p6}px {p16}px}}
QMenu::item:selected{{background:{selected}}}
""",
    "tip": """QToolTip{{background:{surface};color:{t1};border:1px solid {line2};
 padding:{p4}px {p8}px}}
""",
}


def style_sheet(kind: str, colours: Mapping[str, str], px: Callable[[int], int]) -> str:
    """The sheet of one kind of widget for ``colours``, every length scaled by ``px``."""
    lengths = {f"p{length}": px(length) for length in (4, 5, 6, 8, 9, 10, 16, 32)}
    return _SHEETS[kind].format(**colours, **lengths, field_in=px(32) - 2)
