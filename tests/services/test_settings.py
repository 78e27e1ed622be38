"""Settings of the vault: defaults, changes, undo."""

import pytest

from kushen_desktop.app import Kushen
from kushen_desktop.domain.money import CurrencyError
from kushen_desktop.services.settings import VaultSettings
from tests.books import PASSPHRASE


def test_what_was_never_set_has_its_default(app: Kushen) -> None:
    assert app.settings.all() == VaultSettings("CNY", sample=False)


def test_a_setting_is_changed_undone_done_again_and_stays(app: Kushen) -> None:
    app.settings.change(base_currency=" usd ", sample=True)
    assert app.settings.all() == VaultSettings("USD", sample=True)
    app.settings.change(base_currency="EUR")
    app.history.undo()
    assert app.settings.all().base_currency == "USD"
    app.history.undo()
    assert app.settings.all() == VaultSettings()
    app.settings.change(base_currency="JPY")
    folder = app.opened.folder
    app.close()
    with Kushen.open(folder, PASSPHRASE) as again:
        assert again.settings.all() == VaultSettings("JPY")


def test_what_is_no_currency_is_refused(app: Kushen) -> None:
    with pytest.raises(CurrencyError):
        app.settings.change(base_currency="money")
    assert app.settings.all() == VaultSettings()
    assert not app.history.list()


def test_settings_of_a_later_program_are_left_alone(app: Kushen) -> None:
    app.settings.change(something_new=[1, 2])
    assert app.settings.all() == VaultSettings()
