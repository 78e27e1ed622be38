"""Starting the window. Up to the first paint only what the lock screen needs is imported."""

import gc
import sys
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from kushen_desktop import config, i18n, paths
from kushen_desktop.gui import failures, icons
from kushen_desktop.gui.preferences import Preferences
from kushen_desktop.gui.style import HouseStyle
from kushen_desktop.gui.tasks import Tasks
from kushen_desktop.gui.theme import theme
from kushen_desktop.gui.window import Window
from kushen_desktop.i18n import _
from kushen_desktop.system import hardening

_COLLECT_MS = 10_000


def run(arguments: Sequence[str] = ()) -> int:
    """Show the window until it is closed; return the exit code. arguments: for Qt, such as -platform."""
    hardening.shield()
    failures.start_log()
    application = make_application(arguments)
    tasks = Tasks(application)
    preferences = Preferences(tasks, config.load(), application)
    speak_qt(application, preferences)
    window = Window(preferences, tasks)
    window.failures.catch_all()
    collect_here(application)
    window.show()
    QTimer.singleShot(0, window, window.preload)
    code = application.exec()
    tasks.close()
    return code


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application, dressed; there can be only one."""
    application = QApplication([sys.argv[0], *arguments])
    dress(application)
    return application


def dress(application: QApplication) -> None:
    """Give the application its name, style, fonts and icon."""
    application.setApplicationName("Kushen")
    application.setApplicationDisplayName(_("Kushen Wallet"))
    application.setDesktopFileName("kushen-desktop")
    application.setStyle(HouseStyle())
    for file in sorted((paths.resources() / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))
    application.setWindowIcon(QIcon(icons.pixmap("wallet", theme().color("accent"), 64)))


def speak_qt(application: QApplication, preferences: Preferences) -> None:
    """Have Qt's own buttons and menus follow the language."""
    translator = QTranslator(application)

    def follow() -> None:
        application.removeTranslator(translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if i18n.language() == "zh_CN" and translator.load(QLocale("zh_CN"), "qtbase", "_", folder):
            application.installTranslator(translator)

    preferences.spoken.connect(follow)
    follow()


def collect_here(application: QApplication) -> None:
    """Collect garbage on the main thread only: on a worker a collection could destroy widgets there."""
    gc.disable()
    timer = QTimer(application, interval=_COLLECT_MS)
    timer.timeout.connect(gc.collect)
    timer.start()
