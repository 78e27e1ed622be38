"""The command line as tests/cli runs it, for whole jobs."""

from tests.cli.conftest import _english, kushen

__all__ = ["_english", "kushen"]
