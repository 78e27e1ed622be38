"""OFX 1.x, OFX 2.x and QFX: bank, credit card and the cash side of investment statements."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import Question, Stated, Statement
from kushen_desktop.formats.statements import generic_currency, ofx_marks, ofx_records, ofx_text
from kushen_desktop.formats.statements.importer import Recorder, Source, UnreadableStatementError
from kushen_desktop.i18n import N_
from kushen_desktop.system import collector

_HEAD = 65_536
_MOST = 1_000_000
_BEGINS = re.compile(rb"OFXHEADER\s*[:=]|<OFX>\s*<", re.IGNORECASE)
_SECURITIES = Sentence(N_("An investment transaction: securities are not kept yet."))
_REFUSED = N_("Instead of a statement, the bank's server answered: “{answer}” (code {code}).")
_NOTHING = Sentence(N_("The file holds no transactions."))
_CUT_OFF = Sentence(N_("The file ends too early. Download it again to be sure that nothing is missing."))
_TOO_MANY = N_("it holds more than {limit} transactions. Export a shorter period.")
_NOT_OFX = Sentence(N_("it holds no OFX statement. Download it again from your bank."))
_CURRENCIES = {"RMB": "CNY", "CNH": "CNY"}
_DEFAULT_CURRENCY = "USD"
_CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass
class _Section:
    """One account's statement while it is read."""

    account: str = ""
    currency: str = ""
    closing: Decimal | None = None
    closing_date: date | None = None


class Ofx:
    """Reads OFX and QFX files; see ofx_marks, ofx_records and ofx_text for how."""

    name = "ofx"

    def identify(self, source: Source) -> bool:
        """Tell whether the file begins as OFX does, with or without its header."""
        return bool(_BEGINS.search(source.content[:_HEAD].replace(b"\0", b"")))

    def read(self, source: Source) -> Statement:
        """Return the statement of all accounts in the file; raises UnreadableStatementError."""
        with collector.paused():
            return self._read(source)

    def _read(self, source: Source) -> Statement:
        text, encoding = ofx_text.decoded(source.content)
        seen = ofx_marks.readable(text)
        if not re.search(r"<OFX[\s>]|<STMTTRN>", seen):
            raise UnreadableStatementError(_NOT_OFX, file=source.name)
        expected = seen.count("<STMTTRN>")
        if expected > _MOST:
            raise UnreadableStatementError(Sentence.of(_TOO_MANY, limit=f"{_MOST:,}"), file=source.name)
        recorder = Recorder(source, expected)
        reading = _Reading(text, seen, recorder, generic_currency.answered(source.options))
        reading.run()
        return recorder.statement(
            self.name,
            _layout(seen),
            encoding,
            reading.stated(),
            notes=reading.notes(),
            questions=tuple(reading.questions),
        )


def _layout(text: str) -> str:
    head = text[:_HEAD]
    if re.search(r"<\?OFX\s|OFXHEADER\s*=", head, re.IGNORECASE):
        return "ofx-2-xml"
    return "ofx-1-sgml"


class _Reading:
    """The walk through one file. seen: the text without comments, place by place the same."""

    def __init__(self, text: str, seen: str, recorder: Recorder, currency: str) -> None:
        self._text = text
        self._seen = seen
        self._recorder = recorder
        self._fallback = currency
        self._section = _Section()
        self._sections = [self._section]
        self._refusals: list[Sentence] = []
        self.questions: list[Question] = []

    def run(self) -> None:
        """Write every record down."""
        for mark in ofx_marks.marks(self._seen):
            if mark.name in ofx_marks.RECORDS:
                self._record(mark)
            elif mark.name in ofx_marks.SECURITIES:
                self._security(mark)
            elif mark.name in ofx_marks.SECTIONS:
                self._section = _Section()
                self._sections.append(self._section)
            else:
                self._detail(mark)

    def _record(self, mark: ofx_marks.Mark) -> None:
        raw = self._text[mark.start : mark.end]
        block = raw if self._seen is self._text else self._seen[mark.start : mark.end]
        currency = self._section.currency or self._currency()
        if not mark.closed:
            self._recorder.problem(raw, ofx_records.CUT_OFF)
            return
        try:
            entry = ofx_records.entry(self._recorder.row, block, self._section.account, currency)
        except ofx_records.RecordError as error:
            self._recorder.problem(raw, error.reason)
        else:
            self._recorder.entry(raw, entry, entry.amount)

    def _security(self, mark: ofx_marks.Mark) -> None:
        raw = self._text[mark.start : mark.end]
        if mark.closed:
            self._recorder.skip(raw, _SECURITIES, counted=False)
        else:
            self._recorder.problem(raw, ofx_records.CUT_OFF)

    def _currency(self) -> str:
        section = self._section
        if not section.currency:
            guess = "CNY" if _CHINESE.search(self._text) else _DEFAULT_CURRENCY
            section.currency = self._fallback or guess
            if not self._fallback and not self.questions:
                self.questions.append(generic_currency.question(guess))
        return section.currency

    def _detail(self, mark: ofx_marks.Mark) -> None:
        if mark.name == "STATUS":
            self._status(ofx_marks.small(self._seen, mark))
        elif mark.name == "LEDGERBAL":
            self._balance(ofx_marks.small(self._seen, mark))
        elif mark.name == "ACCTID":
            self._section.account = self._section.account or ofx_text.plain(ofx_marks.leaf(self._seen, mark))
        elif mark.name == "CURDEF":
            code = ofx_text.plain(ofx_marks.leaf(self._seen, mark)).upper()
            if re.fullmatch("[A-Z]{3}", code):
                self._section.currency = _CURRENCIES.get(code, code)

    def _status(self, cells: dict[str, str]) -> None:
        code = ofx_text.plain(cells.get("CODE", ""))
        severity = cells.get("SEVERITY", "").strip()
        if severity == "ERROR" or (not severity and code.strip("0")):
            answer = ofx_text.plain(cells.get("MESSAGE", "")) or "?"
            self._refusals.append(Sentence.of(_REFUSED, answer=answer[:300], code=code[:20]))

    def _balance(self, cells: dict[str, str]) -> None:
        try:
            self._section.closing = ofx_records.number(cells.get("BALAMT", ""))
            self._section.closing_date = ofx_records.moment(cells.get("DTASOF", ""))[0]
        except ofx_records.RecordError:
            # An empty or garbled balance says nothing; without a day the balance itself still holds.
            return

    def stated(self) -> tuple[Stated, ...]:
        """Return the closing balance of each account; of two for one account, the later."""
        found: dict[tuple[str, str], Stated] = {}
        for section in self._sections:
            if section.closing is None:
                continue
            key = (section.account, section.currency)
            earlier = found.get(key)
            if earlier is None or (earlier.closing_date or date.min) <= (section.closing_date or date.min):
                found[key] = Stated(*key, closing=section.closing, closing_date=section.closing_date)
        return tuple(found.values())

    def notes(self) -> tuple[Sentence, ...]:
        """Return what the user should know of the file as a whole, once it has run."""
        notes = list(dict.fromkeys(self._refusals))
        if not re.search(r"</OFX\s*>", self._seen[-_HEAD:]):
            notes.append(_CUT_OFF)
        if self._recorder.row == 1 and not notes:
            notes.append(_NOTHING)
        return tuple(notes)
