"""The strip on top of 调证照: whether the holder gave leave, and the ways to ask for it."""

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clerk.domain.errors import BadInput
from clerk.domain.secret import MOST, shown_code
from clerk.ui import theme
from clerk.ui.certificates_words import CODE_GONE
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, FieldEdit, Icon, Label

CODE_MS = 60_000


class CodeEdit(FieldEdit):
    """Takes the code the holder shows, from a scanner or by hand, and never shows it.

    ``given`` carries it once, as a secret; the field is wiped then, and after 60 s in any case. ``refused``
    says why nothing was sent.
    """

    given = pyqtSignal(object)
    refused = pyqtSignal(str)

    def __init__(self, *, code_ms: int = CODE_MS) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(MOST + 1)
        self.setPlaceholderText("亮证码或授权码 F8")
        self.setAccessibleName("亮证码，扫码枪扫，或输 6 位以上，不显示")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._age = QTimer(self)
        self._age.setSingleShot(True)
        self._age.setInterval(code_ms)
        self._age.timeout.connect(self._on_old)
        self.textEdited.connect(self._on_edited)
        self.entered.connect(self._on_entered)

    def wipe(self) -> None:
        """Forget the text and its undo steps."""
        self._age.stop()
        self.setText("")

    def _on_edited(self, text: str) -> None:
        if not text:
            self._age.stop()
        elif not self._age.isActive():
            self._age.start()

    def _on_old(self) -> None:
        self.wipe()
        self.refused.emit(CODE_GONE)

    def _on_entered(self) -> None:
        text = self.text()
        self.wipe()
        try:
            code = shown_code(text)
        except BadInput as error:
            self.refused.emit(str(error))
        else:
            self.given.emit(code)


class LeaveStrip(QWidget):
    """One line that always says how the leave stands; the ways to ask stand at its right."""

    phone_wanted = pyqtSignal()
    entrusted_wanted = pyqtSignal()
    duty_wanted = pyqtSignal()
    stop_wanted = pyqtSignal()

    def __init__(self, *, compact: bool, code_ms: int = CODE_MS) -> None:
        super().__init__()
        self._ground = "accentS"
        self.setFixedHeight(theme.px(40 if compact else 56))
        self.icon = Icon("key-round", 20, "accentT")
        self.title = Label(bold=True, size=13 if compact else 14)
        self.hint = Label(size=12 if compact else 13, tone="t2", elide=True)
        self.code = CodeEdit(code_ms=code_ms)
        self.code.setFixedWidth(theme.px(172))
        self.phone = Button("推送到手机", icon="phone", small=compact)
        self.entrusted = Button("凭委托书", small=compact)
        self.duty = Button("依职责核验", small=compact)
        self.stop = Button("取消", key="Esc", small=compact)
        self._lay_out(compact)
        for button, signal in (
            (self.phone, self.phone_wanted),
            (self.entrusted, self.entrusted_wanted),
            (self.duty, self.duty_wanted),
            (self.stop, self.stop_wanted),
        ):
            button.clicked.connect(signal)

    def _lay_out(self, compact: bool) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.icon)
        words: QHBoxLayout | QVBoxLayout = QHBoxLayout() if compact else QVBoxLayout()
        words.setSpacing(theme.px(8 if compact else 0))
        upright = 0 if compact else theme.px(6)
        words.setContentsMargins(0, upright, 0, upright)
        words.addWidget(self.title)
        words.addWidget(self.hint, 1)
        row.addLayout(words, 1)
        for widget in (self.code, self.phone, self.entrusted, self.duty, self.stop):
            row.addWidget(widget)

    def say(
        self,
        title: str,
        hint: str,
        *,
        icon: str,
        tone: str,
        asks: bool,
        entrusted: bool = False,
        another: bool = False,
    ) -> None:
        """Show how it stands; ``asks`` offers the ways to get the leave, ``another`` only a code."""
        self._ground = {"accentT": "accentS"}.get(tone, f"{tone}S")
        self.icon.show_icon(icon, tone)
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.code.setVisible(asks or another)
        for widget in (self.phone, self.duty):
            widget.setVisible(asks)
        self.entrusted.setVisible(asks and entrusted)
        self.stop.setVisible(False)
        self.setAccessibleName("，".join(part for part in (title, hint) if part))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        QPainter(self).fillRect(self.rect(), theme.color(self._ground))
