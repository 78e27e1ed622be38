"""The config file: kept whole, and nothing in it believed unseen."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from kushen_desktop import config
from kushen_desktop.config import Config, KnownVault


@pytest.fixture(autouse=True)
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "kushen" / "config.json"
    monkeypatch.setattr(config, "file", lambda: path)
    return path


def test_what_was_saved_comes_back() -> None:
    kept = Config(
        language="zh_CN",
        zoom=125,
        lock_minutes=0,
        vaults=(KnownVault("ab", "家庭", "/家"),),
        columns=(("a", "b"),),
    )
    config.save(kept)
    assert config.load() == kept


def test_nothing_there_means_defaults() -> None:
    assert config.load() == Config()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"zoom": 5000, "theme": "pink", "language": 7, "lock_minutes": true}',
        '{"vaults": [1, {"id": 2}, {"id": "a", "label": "b", "path": ""}], "columns": [["a"], 3]}',
        '{"vaults": {"x": 1}, "columns": null, "zoom": "100"}',
    ],
)
def test_nonsense_means_defaults(own_file: Path, text: str) -> None:
    own_file.parent.mkdir()
    own_file.write_text(text)
    assert config.load() == Config()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.dictionaries(st.sampled_from([*Config.__slots__, "other"]), _JSON))
def test_whatever_stands_there_gives_a_config_that_can_be_saved(
    own_file: Path, content: dict[str, object]
) -> None:
    own_file.parent.mkdir(exist_ok=True)
    own_file.write_text(json.dumps(content))
    found = config.load()
    config.save(found)
    assert config.load() == found
