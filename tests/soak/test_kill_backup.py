import random
from pathlib import Path

import pytest

from kushen_desktop.services import backups, vaults
from tests.soak.killed import ROUNDS, until_killed
from tests.store.made import FIRST, made

BACKING_UP = """
import sys
from pathlib import Path
from kushen_desktop.services import backups, vaults
from tests.store.made import FIRST
opened = vaults.open(Path(sys.argv[1]), FIRST)
print("open", flush=True)
while True:
    backups.backup_to(opened, Path(sys.argv[2]))
    print("made", flush=True)
"""


@pytest.mark.soak
def test_killed_while_backing_up_the_file_is_always_a_whole_backup(tmp_path: Path) -> None:
    folder, file = tmp_path / "vault", tmp_path / "one.kushen-backup"
    made(folder, rows=400)
    opened = vaults.open(folder, FIRST)
    backups.backup_to(opened, file)
    opened.close()
    chance, done = random.Random(20261123), 0
    for number in range(ROUNDS):
        done += len(until_killed(BACKING_UP, (str(folder), str(file)), chance, longest=0.4)) - 1
        if number % 10 == 0:
            backups.restore(file, FIRST, tmp_path / f"new{number}")
        else:
            backups.look(file)
    vaults.open(folder, FIRST).close()
    print(f"{ROUNDS} kills during {done} backups, none broken")  # noqa: T201  the figure of the proof
