"""Ways to unlock: one module, one way; SLOTS lists them."""

from kushen_desktop.store.slots.passphrase import PASSPHRASE
from kushen_desktop.store.slots.recovery import RECOVERY
from kushen_desktop.store.slots.slot import Slot

SLOTS: tuple[Slot, ...] = (PASSPHRASE, RECOVERY)
