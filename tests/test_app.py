from pathlib import Path

import pytest

from kushen_desktop.app import Kushen
from kushen_desktop.store.errors import DamagedVaultError, WrongKeyError
from tests.store.made import CHEAP, FIRST


def test_a_vault_that_cannot_be_opened_is_not_left_locked(tmp_path: Path) -> None:
    """The second try must tell the same as the first, not that the vault is in use."""
    app, _created = Kushen.create(tmp_path / "v", FIRST, cost=CHEAP)
    app.close()
    database = tmp_path / "v" / "vault.db"
    whole = database.read_bytes()
    database.write_bytes(bytes(4096) + whole[4096:])
    for _ in range(2):
        with pytest.raises((WrongKeyError, DamagedVaultError)):
            Kushen.open(tmp_path / "v", FIRST)
    database.write_bytes(whole)
    with Kushen.open(tmp_path / "v", FIRST) as again:
        assert again.categories.list()
