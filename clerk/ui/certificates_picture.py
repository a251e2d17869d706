"""A page of a certificate as its file shows it, with who is looking across it."""

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.ui import theme
from clerk.ui.certificates_mark import draw_mark
from clerk.ui.overriding import override

_TALL = 300
_CENTRE = Qt.AlignmentFlag.AlignCenter


class CertificatePicture(QWidget):
    """Names stand first; the picture comes when its file is at hand, or why it does not."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark
        self._image = QImage()
        self._scaled = QImage()
        self._said = "正在取原件，文字信息在下面"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tall = _TALL
        self.setFixedHeight(theme.px(_TALL))
        self.setAccessibleName(self._said)

    def set_tall(self, tall: int) -> None:
        """Take so much of the height."""
        self._tall = tall
        self.setFixedHeight(theme.px(tall))
        self._scaled = QImage()
        self.update()

    def has_picture(self) -> bool:
        """Whether a page is shown."""
        return not self._image.isNull()

    def show_page(self, image: QImage, page: int, pages: int) -> None:
        """Show a page, counted from 1."""
        self._image, self._scaled, self._said = image, QImage(), ""
        number = f"，第 {page} 页，共 {pages} 页" if pages > 1 else ""
        self.setAccessibleName(f"证照原件{number}")
        self.update()

    def say(self, words: str) -> None:
        """Say in the place of the picture why there is none."""
        self._image, self._scaled, self._said = QImage(), QImage(), words
        self.setAccessibleName(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(self._tall))

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("subtle"))
        if self._image.isNull():
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("t2"))
            wrap = int(_CENTRE) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(20, 0, -20, 0), wrap, self._said)
            return
        page = self._fitted()
        painter.drawImage(page.topLeft(), self._scaled)
        painter.setClipRect(page)
        mark = QColor(theme.color("t3"))
        mark.setAlphaF(0.18)
        draw_mark(painter, page.center(), self.width(), self._mark, mark)

    def _fitted(self) -> QRectF:
        """Return where the page stands, and scale it once for that."""
        ratio = self.devicePixelRatioF()
        if self._scaled.isNull():
            self._scaled = self._image.scaled(
                round(self.width() * ratio),
                round(self.height() * ratio),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled.setDevicePixelRatio(ratio)
        size = self._scaled.deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())
