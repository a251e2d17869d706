"""Unpacks pictures beside the window."""

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice
from PyQt6.QtGui import QImage, QImageReader


def unpacked(png: bytes) -> QImage:
    """Return the picture of a page; to be called in a lane.

    ``QImage.fromData`` keeps the interpreter until it has finished, which the window would wait
    for; a reader lets go of it.
    """
    held = QByteArray(png)
    source = QBuffer(held)
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    return QImageReader(source, b"png").read()
