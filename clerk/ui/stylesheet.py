"""The style sheets of the few of Qt's own widgets that cannot look like the rest without one.

Each is given to the widget itself by ``clerk.ui.look``, so that it costs no other widget anything.
What can be painted in a few lines is painted by the widget instead.
"""

from collections.abc import Callable, Mapping

_EDIT = """{{background:{surface};color:{t1};
 border:1px solid {control};border-radius:{p6}px;padding:0 {p10}px;min-height:{p32}px;
 selection-background-color:{accent};selection-color:{on};placeholder-text-color:{t3}}}
"""
_FOCUSED = """{{border:2px solid {focus};padding:0 {p9}px;min-height:{field_in}px}}
"""
_MENU = """QMenu{{background:{surface};border:1px solid {line2};
 selection-background-color:{selected};selection-color:{t1}}}
QMenu::item{{padding:{p6}px {p16}px}}
QMenu::item:selected{{background:{selected}}}
"""
_SHEETS: Mapping[str, str] = {
    "line": f"QLineEdit{_EDIT}QLineEdit:focus{_FOCUSED}{_MENU}"
    """QLineEdit[faulty="true"]{{border:1px solid {bad}}}
QLineEdit[faulty="true"]:focus{{border:2px solid {bad}}}
QLineEdit[known="true"]{{border:1px solid transparent;background:transparent;padding:0;
 min-height:{p22}px}}
QLineEdit[known="true"]:hover{{border:1px solid {line2};background:{surface};padding:0 {p10}px}}
QLineEdit[known="true"]:focus{{border:2px solid {focus};background:{surface};padding:0 {p9}px;
 min-height:{known_in}px}}
QLineEdit:disabled{{color:{tdis};border-color:{line}}}
""",
    "bare": f"{_MENU}"
    """QLineEdit{{border:none;background:transparent;padding:0;min-height:{p20}px;
 color:{t1};selection-background-color:{accent};selection-color:{on};
 placeholder-text-color:{t3}}}
""",
    "text": f"QPlainTextEdit{_EDIT}{_MENU}"
    """QPlainTextEdit{{padding:{p6}px {p10}px}}
QPlainTextEdit:focus{{border:2px solid {focus};padding:{p5}px {p9}px}}
""",
    "number": f"QSpinBox{_EDIT}QSpinBox:focus{_FOCUSED}",
    "choice": f"QComboBox{_EDIT}QComboBox:focus{_FOCUSED}"
    """QComboBox:disabled{{color:{tdis};border-color:{line}}}
QComboBox[known="true"]{{border:1px solid transparent;background:transparent;padding:0;
 min-height:{known_in}px}}
QComboBox[known="true"]:focus{{border:2px solid {focus};background:{surface};padding:0 {p9}px}}
QComboBox[known="true"]::drop-down{{width:0}}
QComboBox::drop-down{{border:none;width:{p24}px}}
QComboBox QAbstractItemView{{background:{surface};border:1px solid {line2};outline:none;
 selection-background-color:{selected};selection-color:{t1}}}
""",
    "menu": _MENU,
    "head": """QHeaderView{{background:{subtle};border:none}}
QHeaderView::section{{background:{subtle};color:{t3};border:none;
 border-bottom:1px solid {line};padding:0 {p10}px;font-size:{f12}px;font-weight:400}}
QHeaderView::section:first{{padding-left:{p14}px}}
""",
    "bar": """QScrollBar{{background:transparent;border:none}}
QScrollBar:vertical{{width:{p10}px}}
QScrollBar:horizontal{{height:{p10}px}}
QScrollBar::handle{{background:{line2};border:2px solid transparent;border-radius:{p4}px;
 min-height:{p28}px;min-width:{p28}px}}
QScrollBar::handle:hover{{background:{control}}}
QScrollBar::handle:disabled{{background:transparent}}
QScrollBar::add-line,QScrollBar::sub-line{{width:0;height:0}}
QScrollBar::add-page,QScrollBar::sub-page{{background:transparent}}
""",
    "tip": """QToolTip{{background:{surface};color:{t1};border:1px solid {line2};
 padding:{p4}px {p8}px}}
""",
}


def style_sheet(kind: str, colours: Mapping[str, str], px: Callable[[int], int]) -> str:
    """The sheet of one kind of widget for ``colours``, every length scaled by ``px``."""
    lengths = {f"p{length}": px(length) for length in (*range(4, 11), 14, 16, 20, 22, 24, 28, 32)}
    return _SHEETS[kind].format(
        **colours, **lengths, f12=px(12), field_in=px(32) - 2, known_in=px(22) - 2
    )
