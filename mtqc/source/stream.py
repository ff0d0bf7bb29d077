"""A corpus as a stream of articles: constant memory, the same order every time, ids that no two articles share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mtqc.errors import InputError
from mtqc.source.articles import Read, judged, unjudged
from mtqc.source.folders import ENGLISH_TO_FRENCH, Langs
from mtqc.source.manifest import read_manifest
from mtqc.source.manner import Manner
from mtqc.source.readers import read
from mtqc.source.rows import Columns


@dataclass(frozen=True, slots=True)
class Reading:
    """How a corpus is read. `manifest`: a file that names the files of each article, in place of SOURCE and TARGET.

    Columns: their names, in JSON and Parquet also nested (`mt.google`); "": the known names; "-" for the articles'
    column: none. `match`: by which what is in two folders belongs together; by content is for mtqc.batch.matching to
    find out, beforehand. `languages`: whether each text is found to be in its language; else that is left to the caller
    (mtqc.source.articles.judged), who may do it elsewhere.
    """

    manifest: Path | None = None
    source_column: str = ""
    target_column: str = ""
    article_column: str = ""
    date_column: str = ""
    match: Literal["name", "content"] = "name"
    languages: bool = True

    @property
    def columns(self) -> Columns:
        """The four columns."""
        return Columns(self.source_column, self.target_column, self.article_column, self.date_column)


def stream(
    source: Path | None, target: Path | None = None, langs: Langs = ENGLISH_TO_FRENCH, reading: Reading = Reading()
) -> Iterator[Read]:
    """The articles of all that read_pairs takes, or of a manifest, as they come.

    Each item is an ArticlePair, or (id, error) of one that cannot be judged. Raises InputError
    where a path is missing or the paths do not go together; when the first item is asked for, where there is nothing
    that can be used.
    """
    manner = Manner(langs, reading.columns, streams=True, last=judged if reading.languages else unjudged)
    if reading.manifest is not None:
        if source is not None:
            message = f"The manifest {reading.manifest} names the files, and so does {source}."
            raise InputError(message, hint="Give either a manifest or SOURCE and TARGET.")
        return read_manifest(reading.manifest, manner)
    if reading.match == "content":
        message = "Texts are not matched by their content while they are read, but before."
        raise InputError(message, hint="mtqc.batch.matching does that for two folders.")
    if source is None:
        raise InputError("There is nothing to read.", hint="Give SOURCE, or a manifest.")
    return read(source, target, manner)
