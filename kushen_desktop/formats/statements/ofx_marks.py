"""The structure of an OFX file: tag soup of version 1 and XML of version 2, read by the same few tags.

No tree is built and no entity is ever expanded: one pass finds the aggregates that matter (OFX 1.6 and 2.3,
chapters 2, 11 and 13), and the leaves of each record are read from its own text.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

SECTIONS = frozenset({"STMTRS", "CCSTMTRS", "INVSTMTRS"})
RECORDS = frozenset({"STMTTRN", "STMTTRNP"})
SECURITIES = frozenset(
    {
        "BUYDEBT",
        "BUYMF",
        "BUYOPT",
        "BUYOTHER",
        "BUYSTOCK",
        "CLOSUREOPT",
        "INCOME",
        "INVEXPENSE",
        "JRNLFUND",
        "JRNLSEC",
        "MARGININTEREST",
        "REINVEST",
        "RETOFCAP",
        "SELLDEBT",
        "SELLMF",
        "SELLOPT",
        "SELLOTHER",
        "SELLSTOCK",
        "SPLIT",
        "TRANSFER",
    }
)
_LISTS = frozenset({"BANKTRANLIST", "BANKTRANLISTP", "INVTRANLIST"})
_SMALL = frozenset({"STATUS", "LEDGERBAL"})
_LEAVES = frozenset({"CURDEF", "ACCTID"})
_ENDS_RECORD = SECTIONS | RECORDS | SECURITIES | _LISTS | {"LEDGERBAL", "OFX"}
_NAMES = sorted(_ENDS_RECORD | _SMALL | _LEAVES, key=len, reverse=True)
_MARK = re.compile(rf"<(/?)({'|'.join(_NAMES)})(?=[\s/>])[^<>]*+>")
_SMALL_TAG = re.compile(r"<(?:ofx|Ofx|stmttrn|StmtTrn)[\s>]")
_ANY_TAG = re.compile(r"</?[A-Za-z][\w.]*+")
# Unrolled, and possessive inside: linear for every input, also for a hostile one. No group is
# possessive: Python 3.11.0 to 3.11.4 then keep what a failed round had eaten (CPython issue 106052).
_CDATA = r"<!\[CDATA\[[^<\]]*+(?:(?:<(?!!\[CDATA)|\](?!\]>))[^<\]]*+)*\]\]>"
_VALUE = rf"({_CDATA}|[^<]*+(?:<(?![/A-Za-z!])[^<]*+)*)"
_LEAF = re.compile(rf"<([A-Za-z][\w.]*+)(?:[\s/][^<>]*+)?>\s*+{_VALUE}")
_PLAIN_LEAF = re.compile(r"<([A-Z][A-Z0-9.]*+)>([^<]*+)")
_SMALL_SIZE = 4_000


class Mark(NamedTuple):
    """An aggregate or leaf of interest. body: what is inside, from start to end of the text.

    closed: its own end tag stood there, or at least another tag after it (False: the file stops inside).
    """

    name: str
    ending: bool
    start: int
    end: int
    closed: bool


def marks(text: str) -> Iterator[Mark]:
    """Yield the tags of interest in order, records as a whole; linear in the length of the text.

    text: as readable() gives it.
    """
    record: tuple[str, int] | None = None
    inside_securities = False
    for match in _MARK.finditer(text):
        slash, name = match.groups()
        ending = slash == "/"
        if record is not None:
            if name not in _ENDS_RECORD or (name in SECURITIES and not inside_securities):
                continue
            own = ending and name == record[0]
            yield Mark(
                record[0],
                ending=False,
                start=record[1],
                end=match.end() if own else match.start(),
                closed=True,
            )
            record = None
            if own:
                continue
        if name == "INVTRANLIST":
            inside_securities = not ending
        if not ending and (name in RECORDS or (name in SECURITIES and inside_securities)):
            record = (name, match.start())
        elif name in SECTIONS or (not ending and name in _SMALL | _LEAVES):
            yield Mark(name, ending=ending, start=match.start(), end=match.end(), closed=True)
    if record is not None:
        yield Mark(record[0], ending=False, start=record[1], end=len(text), closed=False)


def leaves(block: str) -> dict[str, str]:
    """Return the leaf tags of a record with their values as written; of two with one name, the first."""
    found: list[tuple[str, str]] = _PLAIN_LEAF.findall(block)
    if block.count("<") != len(found) + block.count("</"):
        found = _LEAF.findall(block)
    cells = dict(found)
    return cells if len(cells) == len(found) else dict(reversed(found))


def small(text: str, mark: Mark) -> dict[str, str]:
    """Return the leaves of a small aggregate that begins at this mark."""
    block = text[mark.end : mark.end + _SMALL_SIZE]
    return leaves(block.split(f"</{mark.name}", 1)[0].split(f"<{mark.name}", 1)[0])


def leaf(text: str, mark: Mark) -> str:
    """Return the value of the leaf at this mark, as written."""
    if text.startswith("<![CDATA[", mark.end):
        return text[mark.end : mark.end + _SMALL_SIZE].split("]]>", 1)[0]
    end = text.find("<", mark.end, mark.end + _SMALL_SIZE)
    return text[mark.end : end if end >= 0 else mark.end + _SMALL_SIZE]


def readable(text: str) -> str:
    """Return the text with comments blanked out and tags in capitals; every character keeps its place."""
    text = _without_comments(text)
    return _ANY_TAG.sub(lambda tag: tag[0].upper(), text) if _SMALL_TAG.search(text) else text


def _without_comments(text: str) -> str:
    parts: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            break
        parts += [text[done:start], " " * (end + 3 - start)]
        done = end + 3
    return "".join([*parts, text[done:]]) if parts else text
