"""Settings that belong to the vault, not to the computer."""

import json
from dataclasses import dataclass, fields, replace

from kushen_desktop.domain.ids import derived_id
from kushen_desktop.domain.money import checked_currency
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_
from kushen_desktop.store.tables import SETTING
from kushen_desktop.store.vault import Vault
from kushen_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class VaultSettings:
    """base_currency: in which totals are shown. sample: this is the sample book."""

    base_currency: str = "CNY"
    sample: bool = False


class Settings:
    """Reads and changes the settings of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def all(self) -> VaultSettings:
        """Return the settings; what was never set has its default."""
        with self._vault.read() as connection:
            rows = connection.exec_driver_sql("SELECT name, value FROM setting WHERE state=0")
            stored = {row.name: json.loads(row.value) for row in rows}
        known = {field.name for field in fields(VaultSettings)}
        return replace(VaultSettings(), **{name: value for name, value in stored.items() if name in known})

    def change(self, **values: object) -> None:
        """Change settings by name; raises CurrencyError."""
        if "base_currency" in values:
            values["base_currency"] = checked_currency(str(values["base_currency"]))
        with self._vault.work(Sentence.of(N_("Setting changed"))) as work:
            for name, value in values.items():
                put(work, name, value)


def put(work: Work, name: str, value: object) -> None:
    """Set one setting within a unit of work."""
    id_ = derived_id("setting", name)
    text = json.dumps(value, ensure_ascii=False)
    if id_ in work.rids.held(work.connection, "setting"):
        work.set(SETTING, id_, value=text, state=0)
    else:
        work.add(SETTING, [{"id": id_, "name": name, "value": text}])
