"""Results as pandas DataFrames and pyarrow tables (the extra `tables`). docs/python.md has the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import TYPE_CHECKING, Literal, get_args

from mtqc.errors import UsageError
from mtqc.model import ArticleReport, CorpusReport
from mtqc.report import records
from mtqc.report.records import Columns, Kind, Row, Value
from mtqc.results import Results, each

if TYPE_CHECKING:
    import pandas
    import pyarrow

RowsOf = Literal["findings", "sentences", "articles"]
PANDAS: dict[Kind, str] = {"string": "string", "float": "Float64", "integer": "Int64", "boolean": "boolean"}
"""dtypes that know a missing value from an empty string, a zero and False."""
ARROW: dict[Kind, str] = {"string": "string", "float": "float64", "integer": "int64", "boolean": "bool"}
COLUMNS: dict[RowsOf, Columns] = {
    "findings": records.FINDINGS,
    "sentences": records.SENTENCES,
    "articles": records.ARTICLES,
}


def to_pandas(results: Results, rows: RowsOf = "findings") -> pandas.DataFrame:
    """A DataFrame with one row a finding, a sentence or an article.

    What was not judged has no findings: ask the column `complete` of the articles. `attrs` has the version and, of a
    CorpusReport, the signature. Raises UsageError without pandas.
    """
    pd = _imported("pandas")
    kinds, cells = _columns(results, rows)
    frame: pandas.DataFrame = pd.DataFrame(
        {name: pd.array(values, dtype=PANDAS[kinds[name]]) for name, values in cells.items()}
    )
    frame.attrs.update(_origin(results))
    return frame


def to_arrow(results: Results, rows: RowsOf = "findings") -> pyarrow.Table:
    """The same as a pyarrow Table, version and signature in its schema's metadata. Raises UsageError without pyarrow.

    The schema does not depend on the results, so that tables of many articles go into one Parquet file.
    """
    pa = _imported("pyarrow")
    kinds, cells = _columns(results, rows)
    schema = pa.schema([(name, pa.type_for_alias(ARROW[kind])) for name, kind in kinds.items()], _origin(results))
    table: pyarrow.Table = pa.table(cells, schema=schema)
    return table


def _imported(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(f"{name} is not installed.", hint="Install the extra: pip install 'mtqc[tables]'.") from None


def _columns(results: Results, rows: RowsOf) -> tuple[Columns, dict[str, list[Value]]]:
    if rows not in COLUMNS:
        raise UsageError(f"There are no rows of {rows!r}.", hint=f"Ask for {', '.join(get_args(RowsOf))}.")
    kinds = COLUMNS[rows]
    cells: dict[str, list[Value]] = {name: [] for name in kinds}
    for row in chain.from_iterable(_rows(one, rows) for one in each(results)):
        for name, values in cells.items():
            values.append(plain(row[name]))
    return kinds, cells


def plain(value: Value) -> Value:
    """The value as a table can hold it: half of a surrogate pair (a file name that is no UTF-8) is spelled out."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value


def _rows(one: ArticleReport | tuple[str, str], rows: RowsOf) -> Iterable[Row]:
    if isinstance(one, tuple):
        return [records.unchecked(*one)] if rows == "articles" else []
    makers: dict[RowsOf, Callable[[ArticleReport], Iterator[Row]]] = {
        "findings": records.findings,
        "sentences": records.sentences,
    }
    return makers[rows](one) if rows in makers else [records.article(one)]


def _origin(results: Results) -> dict[str, str]:
    from mtqc import __version__

    if isinstance(results, CorpusReport):
        return {"mtqc.version": results.version, "mtqc.signature": results.signature}
    return {"mtqc.version": __version__}
