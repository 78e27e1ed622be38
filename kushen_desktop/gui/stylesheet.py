"""The style sheet, built from tokens. Widgets choose by the properties `role`, `kind` and `plain`."""

from collections.abc import Callable

from kushen_desktop.gui import tokens as t
from kushen_desktop.gui.tokens import Tokens
from kushen_desktop.i18n import language

Px = Callable[[int], int]


def build(tokens: Tokens, px: Px) -> str:
    """Return the style sheet of the application for these colours at this zoom."""
    parts = (_labels, _surfaces, _buttons, _fields, _lists, _tables, _scrollbars, _menus)
    return "\n".join(part(tokens, px) for part in parts)


def _labels(c: Tokens, px: Px) -> str:
    sizes = "\n".join(
        f'QLabel[role="{role}"] {{ font-size: {px(size)}px;'
        f" font-weight: {_strong() if role in t.TITLES else weight}; }}"
        for role, (size, weight) in t.TYPE.items()
    )
    tones = "\n".join(
        f'QLabel[tone="{tone}"] {{ color: {getattr(c, tone)}; }}'
        for tone in ("text", "text2", "text3", "accent", "success", "danger", "warning")
    )
    return f"""
QLabel {{ background: transparent; }}
QMenu, QToolTip, QHeaderView, QAbstractItemView, QMessageBox {{ font-size: {px(t.TYPE["body"][0])}px; }}
{sizes}
QLabel[role="caption"] {{ color: {c.text2}; }}
{tones}
QToolTip {{ background: {c.inverse}; color: {c.on_inverse}; border: none; padding: {px(6)}px; }}
"""


def _strong() -> int:
    return t.STRONG[language()]


def _surfaces(c: Tokens, px: Px) -> str:
    return f"""
QMainWindow, QDialog, QWidget[kind="page"] {{ background: {c.bg}; }}
QDialog[kind="palette"] {{ border: 1px solid {c.outline}; background: {c.surface}; }}
QFrame[kind="card"] {{ background: {c.surface}; border: 1px solid {c.border};
    border-radius: {px(t.CARD_RADIUS)}px; }}
QFrame[kind="drop"] {{ background: {c.surface}; border: 1px dashed {c.outline};
    border-radius: {px(t.CARD_RADIUS)}px; }}
QFrame[kind="drop"][hot="true"] {{ background: {c.soft}; border: 2px dashed {c.accent}; }}
QFrame[kind="sidebar"] {{ background: {c.surface}; border: none; border-right: 1px solid {c.border}; }}
QFrame[kind="toast"] {{ background: {c.inverse}; border-radius: {px(8)}px; }}
QFrame[kind="toast"] QLabel {{ color: {c.on_inverse}; }}
QFrame[kind="toast"] QPushButton {{ color: {c.inverse_accent}; background: transparent; border: none;
    font-weight: 600; min-height: {px(24)}px; padding: 0 {px(8)}px; }}
QFrame[kind="toast"] QPushButton:focus {{ border: 2px solid {c.inverse_accent}; }}
QFrame[kind="message"] {{ background: {c.surface}; border: 1px solid {c.danger};
    border-radius: {px(t.CONTROL_RADIUS)}px; }}
QFrame[kind="badge"] {{ background: {c.soft}; border-radius: {px(t.CONTROL_RADIUS)}px; }}
QFrame[kind="line"] {{ background: {c.border}; border: none; max-height: 1px; min-height: 1px; }}
QScrollArea, QScrollArea > QWidget > QWidget[kind="scrolled"] {{ background: transparent; border: none; }}
QProgressBar {{ background: {c.surface2}; border: none; border-radius: {px(3)}px; max-height: {px(6)}px;
    min-height: {px(6)}px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: {px(3)}px; }}
"""


def _buttons(c: Tokens, px: Px) -> str:
    height, radius = px(t.CONTROL) - 2, px(t.CONTROL_RADIUS)
    return f"""
QPushButton {{ min-height: {height}px; padding: 0 {px(14)}px; border-radius: {radius}px;
    background: {c.surface}; color: {c.text}; border: 1px solid {c.outline}; }}
QPushButton:hover {{ background: {c.surface2}; }}
QPushButton:pressed {{ background: {c.soft}; }}
QPushButton:disabled {{ color: {c.outline}; border-color: {c.border}; background: {c.surface2}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent};
    font-weight: {_strong()}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.surface2}; color: {c.outline};
    border-color: {c.border}; }}
QPushButton[kind="danger"] {{ color: {c.danger}; border-color: {c.danger}; }}
QPushButton[kind="link"], QPushButton[kind="icon"] {{ background: transparent; border: none; }}
QPushButton[kind="link"] {{ color: {c.accent}; padding: 0 {px(6)}px; text-align: left; }}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="icon"] {{ min-width: {px(t.CONTROL)}px; padding: 0; }}
QPushButton[kind="icon"]:hover, QPushButton[kind="icon"]:checked {{ background: {c.surface2}; }}
QPushButton[kind="choice"] {{ text-align: left; padding: {px(12)}px {px(16)}px; background: {c.surface}; }}
QPushButton[kind="search"] {{ text-align: left; color: {c.text2}; }}
QPushButton[kind="segment"] {{ background: {c.surface}; border: 1px solid {c.outline}; }}
QPushButton[kind="segment"]:checked {{ background: {c.soft}; border: 1px solid {c.accent};
    font-weight: {_strong()}; }}
QPushButton:focus, QPushButton[kind="link"]:focus, QPushButton[kind="icon"]:focus,
QPushButton[kind="segment"]:focus {{ border: {t.RING}px solid {c.accent}; }}
QPushButton[kind="primary"]:focus {{ border: {t.RING}px solid {c.text}; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; min-height: {px(24)}px; background: transparent;
    border: {t.RING}px solid transparent; border-radius: {px(4)}px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.accent}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(16)}px; height: {px(16)}px; }}
"""


def _fields(c: Tokens, px: Px) -> str:
    height, radius, pad = px(t.CONTROL) - 2, px(t.CONTROL_RADIUS), px(10)
    names = ("QLineEdit", "QComboBox", "QSpinBox", "QDateEdit", "QPlainTextEdit")
    every, focused = ", ".join(names), ", ".join(f"{name}:focus" for name in names)
    return f"""
{every} {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.outline};
    border-radius: {radius}px; padding: 0 {pad}px; min-height: {height}px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QPlainTextEdit {{ padding: {px(6)}px; }}
{focused} {{ border: {t.RING}px solid {c.accent}; padding: 0 {pad - 1}px; min-height: {height - 2}px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDateEdit:disabled {{ color: {c.outline};
    background: {c.surface2}; }}
QLineEdit[wrong="true"] {{ border: {t.RING}px solid {c.danger}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.outline};
    selection-background-color: {c.soft}; selection-color: {c.text}; outline: none; padding: {px(4)}px; }}
QLineEdit[kind="editor"], QComboBox[kind="editor"], QDateEdit[kind="editor"] {{ border-radius: 0;
    min-height: 0; }}
"""


def _lists(c: Tokens, px: Px) -> str:
    return f"""
QListWidget, QListView, QTreeView {{ background: transparent; border: none; outline: none;
    color: {c.text}; }}
QListWidget::item, QListView::item, QTreeView::item {{ min-height: {px(t.ROW) - 4}px;
    border-radius: {px(t.CONTROL_RADIUS)}px; border: {t.RING}px solid transparent; }}
QListWidget::item:hover, QTreeView::item:hover {{ background: {c.surface2}; }}
QListWidget::item:selected, QListView::item:selected, QTreeView::item:selected {{ background: {c.soft};
    color: {c.text}; }}
QListWidget[kind="offers"] {{ background: {c.surface}; border: 1px solid {c.outline};
    border-radius: {px(t.CONTROL_RADIUS)}px; padding: {px(t.TINY)}px; }}
QListWidget[kind="nav"] {{ padding: 0 {px(8)}px; }}
QListWidget[kind="nav"]::item {{ color: {c.text2}; padding-left: {px(8)}px; }}
QListWidget[kind="nav"]::item:selected {{ color: {c.accent}; }}
QListWidget::item:focus, QListView::item:focus, QTreeView::item:focus {{
    border: {t.RING}px solid {c.accent}; }}
"""


def _tables(c: Tokens, px: Px) -> str:
    return f"""
QTableView {{ background: {c.surface}; border: none; outline: none; gridline-color: transparent;
    selection-background-color: {c.soft}; selection-color: {c.text}; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QHeaderView::section {{ background: {c.surface}; color: {c.text2}; border: none;
    border-bottom: 1px solid {c.border}; padding: 0 {px(t.MEDIUM)}px; min-height: {px(t.ROW)}px;
    font-weight: 400; }}
QHeaderView::section:hover {{ color: {c.text}; }}
QTableCornerButton::section {{ background: {c.surface}; border: none; }}
QTabBar::tab {{ background: transparent; color: {c.text2}; padding: {px(8)}px {px(14)}px;
    border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {c.accent}; border-bottom: 2px solid {c.accent}; }}
QTabBar::tab:focus {{ border: {t.RING}px solid {c.accent}; }}
QTabWidget::pane {{ border: none; }}
"""


def _scrollbars(c: Tokens, px: Px) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: {px(2)}px; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: {px(2)}px; }}
QScrollBar::handle {{ background: {c.outline}; border-radius: {px(4)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _menus(c: Tokens, px: Px) -> str:
    return f"""
QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.outline};
    border-radius: {px(t.CONTROL_RADIUS)}px; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {c.soft}; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: {px(4)}px; }}
"""
