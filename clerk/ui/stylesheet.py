"""The one style sheet: what Qt's own widgets need to look like the rest.

Kept short on purpose, since every rule is matched against every widget. What can be painted in
a few lines is painted by the widget instead. Cards and labels are named by property, because a
``QLabel`` is a ``QFrame`` and a rule for one would reach the other.
"""

from collections.abc import Callable, Mapping

_SIZES = (12, 13, 14, 16, 20, 32)
_TONES = ("t1", "t2", "t3", "tdis", "accentT", "ok", "warn", "bad", "prom", "on")

_SHEET = """
QWidget#window{{background:{window}}}
QWidget[ground="surface"]{{background:{surface}}}
QWidget[ground="subtle"]{{background:{subtle}}}
QWidget[ground="rail"]{{background:{rail}}}
QFrame[card="true"]{{background:{surface};border:1px solid {line};border-radius:{p8}px}}
QFrame[quiet="true"]{{background:{subtle};border-top:1px solid {line};
 border-bottom-left-radius:{p7}px;border-bottom-right-radius:{p7}px}}
QFrame[notice="warn"]{{background:{warnS};border-radius:{p6}px}}
QFrame[notice="bad"]{{background:{badS};border-radius:{p6}px}}
QFrame[notice="info"]{{background:{accentS};border-radius:{p6}px}}
QFrame[notice="ok"]{{background:{okS};border-radius:{p6}px}}
QFrame[dialog="true"]{{background:{surface};border:1px solid {line2};border-radius:{p10}px}}
QFrame[popup="true"]{{background:{surface};border:1px solid {line2};border-radius:{p6}px}}
QFrame[box="true"]{{background:{surface};border:1px solid {line};border-radius:{p6}px}}
QLineEdit,QPlainTextEdit,QTextEdit,QComboBox,QDateEdit,QSpinBox{{background:{surface};color:{t1};
 border:1px solid {control};border-radius:{p6}px;padding:0 {p10}px;min-height:{p32}px;
 selection-background-color:{accent};selection-color:{on};placeholder-text-color:{t3}}}
QPlainTextEdit,QTextEdit{{padding:{p6}px {p10}px}}
QLineEdit:focus,QComboBox:focus,QDateEdit:focus,QSpinBox:focus{{border:2px solid {focus};
 padding:0 {p9}px;min-height:{field_in}px}}
QPlainTextEdit:focus,QTextEdit:focus{{border:2px solid {focus};padding:{p5}px {p9}px}}
QLineEdit[faulty="true"]{{border:1px solid {bad}}}
QLineEdit[faulty="true"]:focus{{border:2px solid {bad}}}
QLineEdit[known="true"]{{border:1px solid transparent;background:transparent;padding:0;
 min-height:{p22}px}}
QLineEdit[known="true"]:hover{{border:1px solid {line2};background:{surface};padding:0 {p10}px}}
QLineEdit[known="true"]:focus{{border:2px solid {focus};background:{surface};padding:0 {p9}px;
 min-height:{known_in}px}}
QLineEdit[bare="true"],QLineEdit[bare="true"]:focus{{border:none;background:transparent;
 padding:0;min-height:{p20}px}}
QLineEdit:disabled,QComboBox:disabled{{color:{tdis};border-color:{line}}}
QComboBox[known="true"]{{border:1px solid transparent;background:transparent;padding:0;
 min-height:{known_in}px}}
QComboBox[known="true"]:focus{{border:2px solid {focus};background:{surface};padding:0 {p9}px}}
QComboBox[known="true"]::drop-down{{width:0}}
QComboBox::drop-down{{border:none;width:{p24}px}}
QComboBox QAbstractItemView,QMenu{{background:{surface};border:1px solid {line2};
 selection-background-color:{selected};selection-color:{t1}}}
QMenu::item{{padding:{p6}px {p16}px}}
QMenu::item:selected{{background:{selected}}}
QTableView,QListView,QTreeView{{background:{surface};border:none;outline:none;
 selection-background-color:{selected};selection-color:{t1};gridline-color:transparent}}
QHeaderView{{background:{subtle};border:none}}
QHeaderView::section{{background:{subtle};color:{t3};border:none;
 border-bottom:1px solid {line};padding:0 {p10}px;font-size:{f12}px;font-weight:400}}
QHeaderView::section:first{{padding-left:{p14}px}}
QScrollArea,QScrollArea>QWidget>QWidget[scrolled="true"]{{background:transparent;border:none}}
QScrollBar{{background:transparent;border:none}}
QScrollBar:vertical{{width:{p10}px}}
QScrollBar:horizontal{{height:{p10}px}}
QScrollBar::handle{{background:{line2};border:2px solid transparent;border-radius:{p4}px;
 min-height:{p28}px;min-width:{p28}px}}
QScrollBar::handle:hover{{background:{control}}}
QScrollBar::add-line,QScrollBar::sub-line{{width:0;height:0}}
QScrollBar::add-page,QScrollBar::sub-page{{background:transparent}}
QSplitter::handle{{background:{line}}}
QToolTip{{background:{surface};color:{t1};border:1px solid {line2};padding:{p4}px {p8}px}}
"""


def style_sheet(colours: Mapping[str, str], px: Callable[[int], int]) -> str:
    """The sheet for ``colours`` with every length scaled by ``px``."""
    lengths = {f"p{length}": px(length) for length in (*range(4, 11), 14, 16, 20, 22, 24, 28, 32)}
    sheet = _SHEET.format(
        **colours, **lengths, f12=px(12), field_in=px(32) - 2, known_in=px(22) - 2
    )
    sizes = "".join(f'QLabel[type="{size}"]{{font-size:{px(size)}px}}\n' for size in _SIZES)
    tones = "".join(f'QLabel[tone="{tone}"]{{color:{colours[tone]}}}\n' for tone in _TONES)
    return f'{sheet}{sizes}QLabel[bold="true"]{{font-weight:700}}\n{tones}'
