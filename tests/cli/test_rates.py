from pathlib import Path

from tests.cli.conftest import Kushen

HISTORY = "Date,USD,CNY,\n2026-03-31,1.0850,7.8125,\n2026-03-30,1.0800,7.8000,\n"


def test_rates_are_loaded_set_and_listed(kushen: Kushen, vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "eurofxref-hist.csv"
    file.write_text(HISTORY, "utf-8")
    assert "no rate yet" in kushen("rates").out
    (loaded,) = kushen("--json", "rates", "load", file, "--since", "2026-03-31").objects
    assert loaded == {
        "file": file.name, "rates": 2, "new": 2, "first": "2026-03-31", "last": "2026-03-31",
    }  # fmt: skip
    assert "4 rates read, 2 of them new" in kushen("rates", "load", file).out
    assert "1 USD is 7.2 CNY" in kushen("rates", "set", "usd", "cny", "7.2", "--date", "2026-03-31").out
    listed = kushen("--json", "rates", "--limit", "3").objects
    assert {one["source"] for one in listed} == {"ecb", "manual"}
    assert "EUR/CNY" in kushen("rates").out


def test_a_file_without_rates_is_refused(kushen: Kushen, vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "statement.csv"
    file.write_text("交易时间,金额\n", "utf-8")
    assert kushen("--json", "rates", "load", file).refusal["error"] == "unreadable_rates"
