"""Alipay: four layouts of its statements, from the old web pages to the app of today."""

from collections.abc import Sequence
from decimal import Decimal

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Statement
from kushen_desktop.formats import sniff
from kushen_desktop.formats.sniff import FileKind
from kushen_desktop.formats.statements import alipay_rules, wallet_moves as moves
from kushen_desktop.formats.statements.importer import Source, UnreadableStatementError
from kushen_desktop.formats.statements.wallet_cells import INCOMING, OUTGOING, order_number, yuan
from kushen_desktop.formats.statements.wallet_moves import Move
from kushen_desktop.formats.statements.wallet_reader import Cells, WalletReader
from kushen_desktop.formats.statements.wallet_rows import AMOUNT, Section, header_place, section, sound_by
from kushen_desktop.formats.tables import text_table

_EXPECTED = ("交易对方", "交易状态", "支付宝")
_SHAPES = {"收/支": f"{INCOMING}|{OUTGOING}|其他|不计收支|/|", "对方账号": ".*[*@].*|/|"}
_FREE = Decimal(0)
_NEW_COMPANY = "支付宝支付科技有限公司"

_APP = frozenset({"交易时间", "交易对方", "商品说明", "收/支", "金额", "交易状态", "交易订单号"})
_WEB = frozenset(
    {"交易号", "交易创建时间", "交易对方", "商品名称", "金额（元）", "收/支", "交易状态", "资金状态"}
)
# The columns for the fields of Cells, in their order.
_APP_COLUMNS = (
    *("交易时间", "交易对方", "商品说明", "收/支", "金额", "收/付款方式", "交易状态"),
    *("交易订单号", "商家订单号", "交易分类", "备注", "", "", ""),
)
_WEB_COLUMNS = (
    *("付款时间", "交易对方", "商品名称", "收/支", "金额（元）", "", "交易状态"),
    *("交易号", "商家订单号", "", "备注", "资金状态", "服务费（元）", "交易创建时间"),
)


class Alipay:
    """Reads what Alipay exports as CSV."""

    name = "alipay"

    def identify(self, source: Source) -> bool:
        """Tell from the column names in the head whether this is a statement of Alipay."""
        if sniff.file_kind(source.content) is not FileKind.TEXT:
            return False
        lines = sniff.head(source.content).splitlines()[:200]
        return _layout([line.split(",") for line in lines if "交易" in line]) is not None

    def read(self, source: Source) -> Statement:
        """Return the statement, amounts in yuan, the account of each entry as its method names it.

        The old web pages name no method: there the account is "" but for transfers that name it.
        Raises UnreadableStatementError without a line of column names.
        """
        rows, encoding = _table(source)
        found = _layout(rows)
        if found is None:
            raise UnreadableStatementError(Sentence.of(moves.NO_HEADER), file=source.name)
        place, columns = found
        web = columns is _WEB_COLUMNS
        sound = sound_by(rows[place], {**_SHAPES, columns[4]: AMOUNT})
        # Where a stray comma stands: the texts, most likely the goods.
        records = section(rows, place, sound, (columns[2], columns[1], columns[10]))
        rows.clear()
        meaning = _Meaning(records, default="" if web else alipay_rules.BALANCE)
        notes = (Sentence.of(moves.NO_METHODS),) if web else ()
        return WalletReader(source, records, columns, meaning).statement(
            self.name, _format(records, web=web), encoding, notes
        )


def _table(source: Source) -> tuple[list[list[str]], str]:
    text, encoding = sniff.decode(source.content, _EXPECTED)
    return text_table(text, name=source.name), encoding


def _layout(rows: list[list[str]]) -> tuple[int, tuple[str, ...]] | None:
    """Return where the column names stand, and which columns the layout has."""
    for wanted, columns in ((_APP, _APP_COLUMNS), (_WEB, _WEB_COLUMNS)):
        place = header_place(rows, wanted)
        if place >= 0:
            return place, columns
    return None


def _format(records: Section, *, web: bool) -> str:
    if web:
        return "alipay-web-csv"
    if records.names[0] == "收/支":
        return "alipay-app-csv-2021"
    newest = any(_NEW_COMPANY in line for line in records.around)
    return "alipay-app-csv-2025" if newest else "alipay-app-csv-2023"


class _Meaning:
    """What records mean in one file: orders that it gives back were paid, however it counts them."""

    def __init__(self, records: Section, default: str) -> None:
        self._default = default
        order = records.names.index("交易订单号" if "交易订单号" in records.names else "交易号")
        self._refunded = _origins(records.rows, order)

    def __call__(self, cells: Cells, amount: Decimal) -> Move | Sentence:
        refunded = cells.status.endswith("关闭") and order_number(cells.order) in self._refunded
        fee = yuan(cells.fee) if cells.fee else _FREE
        return alipay_rules.move(cells, amount, fee, refunded=refunded, default=self._default)


def _origins(rows: Sequence[Sequence[str]], column: int) -> frozenset[str]:
    """Return the orders whose refunds are in the file: their number stands before the _ of the refund's."""
    orders = (row[column] for row in rows if len(row) > column and "_" in row[column])
    return frozenset(order_number(order).partition("_")[0] for order in orders)
