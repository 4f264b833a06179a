"""Full-text search in Norwegian: generated columns, and what people type made into a query."""

import re

from sqlalchemy import ColumnElement, Computed, func
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import InstrumentedAttribute, MappedColumn, mapped_column

_WORD = re.compile(r"\w+")


def search_column(*columns: str) -> MappedColumn[str]:
    """Return a generated `tsvector` column over other text columns; give it a GIN index."""
    text = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    return mapped_column(
        TSVECTOR,
        Computed(f"to_tsvector('norwegian'::regconfig, {text})", persisted=True),
        deferred=True,
    )


def word_prefixes(typed: str) -> str:
    """Return a tsquery that every word typed must match, the way it begins: `sol:* & bor:*`."""
    return " & ".join(f"{word}:*" for word in _WORD.findall(typed))


def matches(column: InstrumentedAttribute[str], typed: str) -> ColumnElement[bool]:
    """Return the condition that a search column holds all words that somebody typed."""
    query = func.to_tsquery("norwegian", word_prefixes(typed))
    return column.bool_op("@@")(query)
