"""Keys of statement lines: the same at every download, whatever stands around the line."""

from datetime import date
from decimal import Decimal

from hypothesis import given, strategies as st

from kushen_desktop.domain.matching import line_ids
from kushen_desktop.domain.statement import Entry, Kind

ENTRIES = st.builds(
    lambda row, day, cents, payee, currency, account: Entry(
        row, account, currency, date(2026, 1, day), Decimal(cents) / 100, Kind.EXPENSE,
        (f"2026-01-{day:02}", str(cents), payee), payee=payee,
    ),
    st.integers(1, 10_000),
    st.integers(1, 3),
    st.integers(-3, 3),
    st.sampled_from(["瑞幸", "地铁"]),
    st.sampled_from(["CNY", "USD"]),
    st.sampled_from(["", "1234"]),
)  # fmt: skip
FILES = st.lists(ENTRIES, max_size=30)


def what(entry: Entry) -> tuple[object, ...]:
    """Return what makes a line itself: nothing of the file around it."""
    return (entry.account, entry.currency, entry.identity)


@given(FILES)
def test_every_line_has_an_id_of_its_own_and_the_same_file_gives_the_same(file: list[Entry]) -> None:
    ids = line_ids("bank", file)
    assert len(set(ids)) == len(ids) == len(file)
    assert line_ids("bank", file) == ids


@given(FILES, st.randoms())
def test_the_order_of_lines_makes_no_difference(file: list[Entry], chance: object) -> None:
    mixed = list(file)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert set(line_ids("bank", mixed)) == set(line_ids("bank", file))


@given(FILES, FILES)
def test_lines_around_make_no_difference(file: list[Entry], others: list[Entry]) -> None:
    """Unrelated lines come before, between and behind: the ids of these stay."""
    own = {what(entry) for entry in file}
    unrelated = [entry for entry in others if what(entry) not in own]
    before, behind = unrelated[::2], unrelated[1::2]
    ids = line_ids("bank", [*before, *file, *behind])
    assert ids[len(before) : len(before) + len(file)] == line_ids("bank", file)


@given(FILES, st.integers(0, 30))
def test_a_shorter_download_has_the_ids_of_the_longer(file: list[Entry], count: int) -> None:
    assert line_ids("bank", file[:count]) == line_ids("bank", file)[:count]


def entry(row: int = 1, account: str = "", ids: tuple[tuple[str, str], ...] = ()) -> Entry:
    identity = ids[0] if ids else ("2026-01-01", "-15")
    day = date(2026, 1, 1)
    return Entry(row, account, "CNY", day, Decimal(-15), Kind.EXPENSE, identity, ids=ids)


def test_equal_lines_of_one_file_are_told_apart() -> None:
    first, second = line_ids("bank", [entry(1), entry(2)])
    assert first != second


def test_the_account_tells_lines_apart_unless_their_source_numbers_them() -> None:
    assert line_ids("bank", [entry(account="1")]) != line_ids("bank", [entry(account="2")])
    assert line_ids("bank", [entry()], "1") != line_ids("bank", [entry()], "2")
    numbered = (("order", "20260101"),)
    assert line_ids("bank", [entry(account="1", ids=numbered)]) == line_ids(
        "bank", [entry(ids=numbered)], "2"
    )


def test_another_source_is_another_line() -> None:
    assert line_ids("alipay", [entry()]) != line_ids("wechat", [entry()])
