"""Two made titles, whoever wrote them, and their records, for tests to bend."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from openslate import clock
from openslate.data.written.asking import DESCRIPTION
from openslate.project import Project
from openslate.rights.compensation import Compensation
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.records.store import grant
from tests.lake_rows import add_rows
from tests.rights.people import WRITER

WEN, BO = "house:writer-4711", "house:writer-4712"
MADE = "p-low-tide"
PAID = Compensation("flat", Decimal("250.00"), "USD")


def add_titles(project: Project) -> None:
    rows: list[tuple[object, ...]] = [
        ("t1", "Low Tide", "film", "2024-03-01"),
        ("t2", "Harbour Lights: Season 2", "series", "2025-05-01"),
        ("t3", "Twice", "film", "2020-01-01"),
        ("t4", "Twice", "film", "2022-01-01"),
    ]
    add_rows(project, "titles", rows, "studio")


def permission(who: str, record: str, asset: str = "*", **changes: object) -> ConsentRecord:
    """What a writer signed: that a forecaster may learn from the text."""
    plain = replace(
        WRITER,
        record_id=record,
        subject_id=who,
        asset_ids=(asset,),
        uses=(PermittedUse("train", DESCRIPTION),),
        territories=("*",),
        media=("*",),
        languages=("*",),
        packs=(),
        jurisdictions=(),
        compensation=PAID,
        project_id=MADE,
        issued_at=clock.now(),
        effective_from=clock.now(),
        expires_at=None,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def permit(project: Project, who: str, record: str, **changes: object) -> None:
    grant(project, permission(who, record, **changes))  # type: ignore[arg-type]


def table(folder: Path, *rows: dict[str, str], name: str = "scripts.csv") -> Path:
    """A table of texts as CSV."""
    names = list(dict.fromkeys(key for row in rows for key in row))
    lines = [",".join(names)]
    lines += [",".join(f'"{row.get(key, "")}"' for key in names) for row in rows]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def script(title: str, words: str, holders: str = WEN, **more: str) -> dict[str, str]:
    return {"title": title, "kind": "script", "holders": holders, "text": words, "project": MADE, **more}
