"""The pages of the window: one module, one page; PAGES lists them in the order of the sidebar."""

from kushen_desktop.gui.pages.page import Page

PAGES: tuple[type[Page], ...] = ()
