from pathlib import Path

import pytest

from kushen_desktop.store.engine import connect
from kushen_desktop.store.errors import WrongKeyError
from kushen_desktop.store.integrity import counted, problems
from tests.store.made import DATABASE_KEY as KEY, filled

PAGE = 4096


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "vault.db"
    filled(path, KEY, 60)
    return path


def flipped(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x10
    path.write_bytes(content)


def test_a_whole_database_has_no_problems(database: Path) -> None:
    assert problems(database, KEY) == ()


def test_a_flipped_bit_in_any_page_but_the_first_is_a_problem(database: Path) -> None:
    pages = database.stat().st_size // PAGE
    for page in range(1, pages):
        place = page * PAGE + page * 97 % PAGE
        flipped(database, place)
        assert problems(database, KEY), page
        flipped(database, place)
    assert problems(database, KEY) == ()


def test_the_first_page_shows_at_opening(database: Path) -> None:
    flipped(database, 50)
    with pytest.raises(WrongKeyError):
        problems(database, KEY)


def test_a_file_cut_at_a_page_boundary_is_a_problem(database: Path) -> None:
    """SQLCipher's own check finds nothing here."""
    with database.open("r+b") as stream:
        stream.truncate(4 * PAGE)
    assert problems(database, KEY)


def test_a_dangling_reference_is_a_problem(database: Path) -> None:
    connection = connect(database, KEY)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("CREATE TABLE tag(note INTEGER REFERENCES note(id))")
    connection.execute("INSERT INTO tag VALUES(4711)")
    connection.close()
    assert problems(database, KEY) == ("tag 1 note 0",)


def test_rows_are_counted_by_table(database: Path) -> None:
    connection = connect(database, KEY)
    connection.execute('CREATE TABLE "odd ""name"(x)')
    assert counted(connection) == {"note": 60, 'odd "name': 0}
    connection.close()
