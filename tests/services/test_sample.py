"""The sample book: the statements that come with the program, with what their owner knows."""

from pathlib import Path

import pytest

from kushen_desktop import paths
from kushen_desktop.app import Kushen
from kushen_desktop.services import sample
from tests.books import wrong_sums


def test_the_sample_book_is_whole(app: Kushen) -> None:
    shares: list[tuple[int, int]] = []
    sample.fill(app.imports, app.transactions, app.settings, lambda done, total: shares.append((done, total)))
    assert app.settings.all().sample
    records = app.imports.list()
    assert {record.file for record in records} == {path.name for path in sample.files()}
    assert app.transactions.find().count > 700
    assert not wrong_sums(app)
    assert app.balances.net_worth(sample.LAST_DAY).missing == ()
    known = {
        one.account.name: one.money.minor
        for one in app.balances.all(sample.LAST_DAY)
        if one.account.known_balance is not None and one.account.known_day == sample.LAST_DAY
    }
    assert sorted(known.values()) == sorted(
        one.known_balance
        for one in app.accounts.list()
        if one.known_balance is not None and one.known_day == sample.LAST_DAY
    )
    assert len(known) >= 6
    left = app.transactions.find("is:uncategorised").count
    assert left * 4 < app.transactions.find().count, "most of the sample has a category"
    assert all(done <= total for done, total in shares)


def test_a_copy_without_samples_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(sample.NoSampleError):
        sample.files()
    (tmp_path / "sample").mkdir()
    with pytest.raises(sample.NoSampleError):
        sample.files()
