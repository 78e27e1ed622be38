"""Every row of a preview is written or left out, and counted once."""

from decimal import Decimal

from hypothesis import given, strategies as st

from kushen_desktop.domain.preview import Preview, PreviewRow, Verdict
from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import RawRows, Statement, Totals

EMPTY = Statement("i", "f", "utf-8", 0, (), (), (), (), Totals(0, Decimal(0), Decimal(0)), RawRows((), 0))


@given(st.lists(st.tuples(st.sampled_from(Verdict), st.booleans()), max_size=30))
def test_every_row_is_counted_once(rows: list[tuple[Verdict, bool]]) -> None:
    made = [PreviewRow(number, verdict, Sentence("")) for number, (verdict, _) in enumerate(rows, 1)]
    ticked = {number for number, (_, tick) in enumerate(rows, 1) if tick}
    preview = Preview("file", EMPTY, made, {}, ticked)
    known, skipped, problems = preview.left_out()
    assert len(ticked) + known + skipped + problems == len(rows)
    assert min(known, skipped, problems) >= 0
    left = [verdict for verdict, tick in rows if not tick]
    assert known == left.count(Verdict.KNOWN) + left.count(Verdict.TWIN)
    assert problems == left.count(Verdict.PROBLEM)
    assert preview.counts() == {one: [verdict for verdict, _ in rows].count(one) for one in Verdict}
