"""What one record of a wallet statement does: money moved somewhere, or a reason why it didn't."""

from decimal import Decimal
from typing import NamedTuple

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.domain.statement import EntryStatus, Kind
from kushen_desktop.i18n import N_

NO_HEADER = N_("the line with the column names is missing.")

NEVER_PAID = N_("It was closed without having been paid.")
NEVER_RECEIVED = N_("It was closed without any money having come in.")
NOT_PAID_YET = N_("It has not been paid yet.")
FAILED = N_("It failed, no money moved: {status}.")
PAID_BY_OTHERS = N_("Somebody else's family card paid this; none of your money moved.")
NO_MONEY = N_("Its amount is zero.")

BAD_TIME = N_("“{cell}” is no date that can be read.")
BAD_AMOUNT = N_("“{cell}” is no amount that can be read.")
TORN_ROW = N_("The row has {cells} cells instead of {columns}.")

UNKNOWN_STATUS = N_("The status “{status}” is not known: check what happened.")
UNKNOWN_TYPE = N_("The type “{type}” is not known: check what it is.")
UNKNOWN_DIRECTION = N_("The file counts this neither as income nor as expense: choose what it is.")
OTHERS_CARD = N_("A family card paid this: check whose money it was.")
REFUND_ELSEWHERE = N_("“{status}”: the refund itself is not in this file.")

SPOILT_ORDERS = N_(
    "{count} order numbers were rounded by a spreadsheet program. Import the original file if you have it."
)
NO_METHODS = N_("This layout does not say which account paid.")


class Move(NamedTuple):
    """amount: signed, as seen from account, fee included. counter: the other own account of a transfer."""

    kind: Kind
    amount: Decimal
    account: str
    counter: str = ""
    fee: Decimal | None = None
    status: EntryStatus = EntryStatus.BOOKED
    review: Sentence | None = None


def unknown(amount: Decimal, account: str, text: str, **params: str) -> Move:
    """Return a move that a person must look at; amount: signed by the file's direction."""
    return Move(Kind.UNKNOWN, amount, account, review=Sentence.of(text, **params))
