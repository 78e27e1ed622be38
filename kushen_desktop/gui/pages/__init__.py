"""One module, one page; PAGES lists them in the order of the sidebar."""
