import random
from pathlib import Path

import pytest

from kushen_desktop.services import vaults
from kushen_desktop.store.errors import WrongPassphraseError
from tests.soak.killed import ROUNDS, until_killed
from tests.store.made import FIRST, SECOND, made

CHANGING = """
import sys
from pathlib import Path
from kushen_desktop.services import vaults
from tests.store.made import CHEAP, FIRST, SECOND
folder, present = Path(sys.argv[1]), sys.argv[2]
print(present, flush=True)
while True:
    other = SECOND if present == FIRST else FIRST
    vaults.change_passphrase(folder, present, other, cost=CHEAP)
    present = other
    print(present, flush=True)
"""


def opening(folder: Path) -> list[str]:
    """Return which of the two passphrases opens the vault."""
    found = []
    for passphrase in (FIRST, SECOND):
        try:
            opened = vaults.open(folder, passphrase)
        except WrongPassphraseError:
            continue
        assert opened.clean
        opened.close()
        found.append(passphrase)
    return found


@pytest.mark.soak
def test_killed_while_changing_the_passphrase_nobody_is_locked_out(tmp_path: Path) -> None:
    """One passphrase opens, the last acknowledged or the one on its way; and the recovery code does."""
    folder = tmp_path / "vault"
    code = made(folder, rows=20).recovery_code
    chance, present, changes = random.Random(20261123), FIRST, 0
    for number in range(ROUNDS):
        lines = until_killed(CHANGING, (str(folder), present), chance, longest=0.6)
        changes += len(lines) - 1
        found = opening(folder)
        other = SECOND if lines[-1] == FIRST else FIRST
        assert found in ([lines[-1]], [other]), number
        vaults.open_with_code(folder, code).close()
        present = found[0]
    opened = vaults.open(folder, present)
    assert vaults.check(opened).problems == ()
    opened.close()
    print(f"{ROUNDS} kills during {changes} changes, none locked out")  # noqa: T201  the figure of the proof
