"""Qt's own words in Chinese: the menu of a line that is typed into, the dialogs for files."""

from PyQt6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

_WORDS = "qtbase_zh_CN"


def speak_chinese(owner: QObject) -> None:
    """Let Qt say its words in Chinese as long as ``owner`` lives; in English where it has none."""
    words = QTranslator(owner)
    if words.load(_WORDS, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QCoreApplication.installTranslator(words)
