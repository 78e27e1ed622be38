"""How one table is read: every decision about it, each taken from all rows or from the user's answer."""

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from itertools import chain as joined

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Question
from kushen_desktop.formats.refusals import UnreadableStatementError
from kushen_desktop.formats.statements import (
    generic_answers,
    generic_balance,
    generic_columns,
    generic_currency,
    generic_dates,
    generic_kinds,
    generic_money,
    generic_numbers,
    generic_questions,
    generic_table,
)
from kushen_desktop.formats.statements.generic_answers import Answers, WrongAnswerError
from kushen_desktop.formats.statements.generic_grid import NO_TABLE, Grid
from kushen_desktop.formats.statements.generic_rows import Table
from kushen_desktop.formats.statements.generic_words import MONEY
from kushen_desktop.i18n import N_

_FEES = N_("Amounts in the column “{name}” are taken as contained in the amounts already.")
_INVERTED = Sentence(N_("Positive amounts are read as spending, as the words in the rows say."))
_CARD = re.compile(
    r"信用卡|贷记卡|credit ?card|kreditkarte|card ?(?:#|no|number)|visa|mastercard|kredietkaart|卡号",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:卡号|账号|帐号|账　*号|account(?: no\.?| number)?|iban|konto(?:nummer)?)\s*[:：]\s*\[?"
    r"([A-Za-z0-9*•~-]{4,34})",
    re.IGNORECASE,
)
_EXAMPLES = 3
_EVIDENCE = 2_000


class Reading:
    """One table with all decisions taken; raises UnreadableStatementError and WrongAnswerError."""

    def __init__(self, grid: Grid, answers: Answers, name: str) -> None:
        self._grid = grid
        self._answers = answers
        self.names = grid.layout.names
        self.questions: list[Question] = [*grid.questions]
        self.notes: list[Sentence] = [*grid.notes]
        rows = [row for row in grid.rows[grid.layout.first :] if any(map(str.strip, row))]
        self.columns = generic_columns.columns(self.names, rows, answers)
        if not any(self.columns.roles.get(role) for role in MONEY) or self._first_date() is None:
            raise UnreadableStatementError(NO_TABLE, file=name)
        self.rows = generic_table.without_footer(rows, self.columns)
        self._body = generic_table.Body(self.rows)
        self.types, self.texts, self.payees = self._text("type"), self._text("text"), self._text("payee")
        self._words = self._joined_words(generic_money.VOTES)
        self.order = self._dates()
        self.balances: list[Decimal | None] | None = None
        self.fees: list[Decimal | None] | None = None
        self.ways: list[str] = []
        self.sums = self._money()
        self.currency = self._currency()

    def _first_date(self) -> int | None:
        first = self.columns.first("date")
        return self.columns.first("value_date") if first is None else first

    def column(self, role: str) -> list[str]:
        """Return the cells of a role, "" where there is none."""
        return self._body.filled(self.columns.roles.get(role, ()))

    def _text(self, role: str) -> list[str]:
        cells = self.column(role)
        return generic_table.tidy(cells) if self.columns.roles.get(role) else cells

    def _joined_words(self, count: int) -> list[str]:
        columns = (self.types[:count], self.texts[:count], self.payees[:count])
        return [" ".join(parts) for parts in zip(*columns, strict=True)]

    def _dates(self) -> str:
        written, self.dates, month = generic_table.days(self._body, self.columns, self._grid.layout.preamble)
        open_days = dict.fromkeys(day for column in written for day in column if day)
        possible = generic_dates.orders(open_days) or ["YMD"]
        order = self._answers.date_order or possible[0]
        if order not in possible:
            if "date_order" not in self._answers.saved:
                raise WrongAnswerError(name="date_order", answer=order)
            order = possible[0]
        clocks = self.column("time") if self.columns.roles.get("time") else []
        self.moments = generic_table.moments(written, self.dates, order, month, clocks)
        if len(possible) > 1 and not self._answers.date_order:
            self.questions.append(generic_questions.date_order(possible, order, self._examples(self.dates)))
        return order

    def _examples(self, cells: Iterable[str]) -> list[str]:
        found: dict[str, None] = {}
        for cell in cells:
            if cell:
                found[cell] = None
            if len(found) == _EXAMPLES:
                break
        return list(found)

    def _money(self) -> list[generic_money.Sum]:
        found = {
            role: generic_money.Numbers(self._body.cells(self.columns.roles[role][0]))
            for role in ("amount", "debit", "credit", "balance", "fee")
            if self.columns.first(role) is not None
        }
        self.mark = self._decimal(found.values())
        for column in found.values():
            column.settle(self.mark)
        self.balances = found["balance"].values if "balance" in found else None
        if "amount" in found:
            return self._one_column(found["amount"], found["fee"].values if "fee" in found else None)
        generic_money.checked(generic_money.Signs("columns", doubtful=False), self._answers, ("columns",))
        self.sign = generic_answers.COLUMNS
        nothing = generic_money.Numbers([""] * len(self.rows))
        nothing.settle(self.mark)
        return generic_money.pair(found.get("debit", nothing), found.get("credit", nothing))

    def _decimal(self, columns: Collection[generic_money.Numbers]) -> str:
        likely, doubtful, proven = generic_numbers.marks(
            [amount for column in columns for amount in column.open.values()],
            sum(column.points() for column in columns),
        )
        taken = self._answers.decimal
        if taken and taken != likely and proven:
            if "decimal" not in self._answers.saved:
                raise WrongAnswerError(name="decimal", answer=taken)
            taken = ""
        if doubtful and not taken:
            cells = (cell for column in columns for cell in column.cells if "," in cell or "." in cell)
            self.questions.append(generic_questions.decimal(likely, self._examples(cells)))
        return taken or likely

    def _one_column(
        self, column: generic_money.Numbers, fees: list[Decimal | None] | None
    ) -> list[generic_money.Sum]:
        own = self._less_fees(column.values, fees)
        directed = self.columns.roles.get("direction")
        ways = None
        if directed:
            self.ways = self._body.cells(directed[0])
            ways = generic_table.mapped(self.ways, generic_kinds.way)
        found = generic_money.model(own, self._words, ways, self._chain_sign(own), card=self._is_card())
        possible = generic_money.possible(directed=ways is not None)
        signs = generic_money.checked(found, self._answers, possible)
        self.sign = signs.model
        if signs.doubtful:
            self.questions.append(generic_questions.sign(possible, signs.model, self._examples(column.cells)))
        elif signs.model == generic_answers.INVERTED and not self._answers.sign:
            self.notes.append(_INVERTED)
        self._doubt_columns()
        if signs.model == generic_answers.KEYWORDS:
            self._words = self._joined_words(len(self.rows))
        return generic_money.single(column, own, signs.model, ways, self._words)

    def _doubt_columns(self) -> None:
        first = self.columns.first("amount")
        if first is None or "amount" in self._answers.columns:
            return
        rivals = [index for index in self.columns.rivals if self._differ(first, index)]
        if rivals or self.columns.guessed:
            names = [self.names[index] for index in rivals] or list(self.names)
            self.questions.append(generic_questions.amount_column(names, self.names[first]))

    def _differ(self, one: int, other: int) -> bool:
        return self._body.cells(one) != self._body.cells(other)

    def _less_fees(
        self, values: list[Decimal | None], fees: list[Decimal | None] | None
    ) -> list[Decimal | None]:
        """Return the amounts less their fees where the running balance proves that they come on top."""
        if not fees or not any(fees):
            return values
        self.fees = fees
        less = [
            value if value is None or not fee else value - abs(fee)
            for value, fee in zip(values, fees, strict=True)
        ]
        if self.balances and self._chain(less).holds > self._chain(values).holds:
            return less
        self.notes.append(Sentence.of(_FEES, name=self.names[self.columns.roles["fee"][0]]))
        return values

    def _chain(self, values: Sequence[Decimal | None]) -> generic_balance.Chain:
        return generic_balance.chain(
            [
                (row, moment.day, value, balance)
                for row, (moment, value, balance) in enumerate(
                    zip(self.moments[:_EVIDENCE], values, self.balances or (), strict=False), start=1
                )
                if moment is not None and value is not None and balance is not None
            ]
        )

    def _chain_sign(self, values: Sequence[Decimal | None]) -> int:
        if not self.balances:
            return 0
        found = self._chain(values)
        return found.sign if found.holds > found.breaks else 0

    def _is_card(self) -> bool:
        return bool(_CARD.search(f"{self._grid.layout.preamble} {' '.join(self.names)}"))

    def _currency(self) -> str:
        preamble = self._grid.layout.preamble
        head = " ".join([preamble, *self.names, *joined(*self.rows[:20])])
        sure, guess = generic_currency.found(self._answers.currency, self.columns.currency, preamble, head)
        named = all(self.column("currency")) or all(
            money.currency for money in self.sums if money.value is not None
        )
        if not sure and not named:
            self.questions.append(generic_currency.question(guess))
        self._has_one_currency = not named
        return guess

    def account(self) -> str:
        """Return the account that the text above the table names, "" where it names none."""
        found = _ACCOUNT.search(self._grid.layout.preamble)
        return found[1] if found else ""

    def table(self) -> Table:
        """Return the table with everything by row."""
        return Table(
            names=self.names,
            rows=self.rows,
            moments=self.moments,
            dates=self.dates,
            sums=self.sums,
            payees=self.payees,
            texts=self.texts,
            types=self.types,
            notes=self._text("note"),
            statuses=self._text("status"),
            ids=self.column("id"),
            merchants=self.column("merchant"),
            categories=self._text("category"),
            methods=self._text("method"),
            accounts=[account.strip("'\"") for account in self.column("account")],
            currencies=generic_table.mapped(self.column("currency"), generic_currency.of_cell),
            fees=self.fees,
            ways=self.ways or [""] * len(self.rows),
            account=self.account(),
            currency=self.currency,
        )

    def taken(self) -> Answers:
        """Return every decision, for the profile of this header."""
        roles = {role: self.names[found[0]] for role, found in self.columns.roles.items() if role != "other"}
        return Answers(
            roles, self.order, self.mark, self.sign, self.currency if self._has_one_currency else ""
        )
