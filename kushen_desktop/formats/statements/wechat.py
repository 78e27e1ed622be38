"""WeChat Pay: CSV until 2025, XLSX in two shapes since then."""

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Entry, Kind, Statement
from kushen_desktop.formats import sniff
from kushen_desktop.formats.archives import refuse_bomb
from kushen_desktop.formats.sniff import FileKind
from kushen_desktop.formats.spreadsheets import sheets
from kushen_desktop.formats.statements import wallet_moves as moves, wechat_rules
from kushen_desktop.formats.statements.importer import Source, UnreadableStatementError
from kushen_desktop.formats.statements.wallet_cells import INCOMING, OUTGOING
from kushen_desktop.formats.statements.wallet_reader import WalletReader
from kushen_desktop.formats.statements.wallet_refunds import given_back, linked
from kushen_desktop.formats.statements.wallet_rows import AMOUNT, header_place, section, sound_by
from kushen_desktop.formats.tables import text_table

_EXPECTED = ("交易对方", "当前状态", "微信")
_SHAPES = {"收/支": f"{INCOMING}|{OUTGOING}|中性交易|/|", "金额(元)": AMOUNT}
_WANTED = frozenset(["交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "当前状态", "交易单号"])
# The columns for the fields of Cells, in their order.
_COLUMNS = (
    *("交易时间", "交易对方", "商品", "收/支", "金额(元)", "支付方式", "当前状态"),
    *("交易单号", "商户单号", "交易类型", "备注", "", "", ""),
)
_MARKS = ("交易单号".encode(), "当前状态".encode(), "金额(元)".encode())


class WeChat:
    """Reads what WeChat Pay exports as CSV or XLSX."""

    name = "wechat"

    def identify(self, source: Source) -> bool:
        """Tell from the column names in the head or in the workbook whether this is a statement of WeChat."""
        kind = sniff.file_kind(source.content)
        if kind is FileKind.XLSX:
            return _in_workbook(source)
        if kind is not FileKind.TEXT:
            return False
        lines = sniff.head(source.content).splitlines()[:200]
        return header_place([line.split(",") for line in lines if "交易" in line], _WANTED) >= 0

    def read(self, source: Source) -> Statement:
        """Return the statement, amounts in yuan, the account of each entry as its method names it.

        Of several sheets the open one counts, else the first that has the column names.
        Raises UnreadableStatementError without a line of column names.
        """
        found, encoding = _tables(source)
        layout = "wechat-csv" if encoding else "wechat-xlsx"
        for _title, rows in found:
            place = header_place(rows, _WANTED)
            if place >= 0:
                sound = sound_by(rows[place], _SHAPES)
                records = section(rows, place, sound, ("交易对方", "商品", "备注"))
                rows.clear()
                reader = WalletReader(source, records, _COLUMNS, wechat_rules.move, finish=_marked)
                return reader.statement(self.name, layout, encoding)
        raise UnreadableStatementError(Sentence.of(moves.NO_HEADER), file=source.name)


def _tables(source: Source) -> tuple[list[tuple[str, list[list[str]]]], str]:
    """Return (sheet name, rows) of every table, and the encoding, "" of a workbook."""
    if sniff.file_kind(source.content) is FileKind.XLSX:
        return sheets(source.content, source.name), ""
    text, encoding = sniff.decode(source.content, _EXPECTED)
    return [("", text_table(text, name=source.name))], encoding


def _in_workbook(source: Source) -> bool:
    """Tell whether the texts of a workbook hold the column names, without laying out its sheets."""
    missing, tail = set(_MARKS), b""
    try:
        for member, piece in refuse_bomb(source.content, source.name):
            if member == "xl/sharedStrings.xml" or member.startswith("xl/worksheets/"):
                missing -= {mark for mark in missing if mark in tail + piece}
                tail = piece[-64:]
            if not missing:
                return True
    except UnreadableStatementError:
        return False
    return False


def _marked(entries: list[Entry]) -> list[Entry]:
    """Link refunds; mark purchases that were given back, by their status, without a refund in the file."""
    entries = linked(entries)
    known = {entry.refunds for entry in entries if entry.kind is Kind.REFUND}
    for place, entry in enumerate(entries):
        if (
            entry.kind is Kind.EXPENSE
            and given_back(entry.source_status)
            and dict(entry.ids).get("order", "") not in known
        ):
            review = Sentence.of(moves.REFUND_ELSEWHERE, status=entry.source_status)
            entries[place] = entry._replace(review=review)
    return entries
