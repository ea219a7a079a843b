"""A small service in which a member left traces of every kind, made without training anything."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from openslate.apps.personalize.pages import keep
from openslate.data.datasets import viewing
from openslate.data.schema import TABLES
from openslate.data.sources.csv import import_csv
from openslate.drawing.page_html import home_document
from openslate.project import Project
from openslate.registry import runs
from openslate.rights.consent import PURPOSES, Basis, record_member
from openslate.serving.handover import handover
from openslate.serving.page_types import Page
from tests.lake_rows import add_rows

MEMBER = "zz-findme-7731"
LONGER = "zz-findme-77310"
"""Somebody else, whose id begins like the member's."""
BASIS = Basis("Terms of membership.", PURPOSES)
PLAYS = "member,title,started,seconds,completion\n"


def fill(project: Project, member: str = MEMBER, others: Sequence[str] = (LONGER, "ann", "bob")) -> None:
    """Tables, refused rows, consents, pages, prepared histories, sums, reports, lists and a run of a member."""
    add_rows(project, "titles", [(f"t{number}", f"Film {number}") for number in range(12)])
    everybody = [others[0], member, *others[1:]]
    rows = [
        (one, f"t{number}", f"2024-01-{number + 1:02d} 20:00:00", 600, 0.9) for number in range(6) for one in everybody
    ]
    add_rows(project, "plays", rows)
    add_rows(project, "plays", [(member, "t7", "2024-02-01 20:00:00", 600, 0.5)])
    add_rows(project, "members", [(one, "2020-01-01", "GB", "25-34") for one in everybody])
    add_rows(project, "ratings", [(one, "t3", "2024-01-09", 4.5) for one in everybody])
    add_rows(project, "impressions", [(one, "t3", "2024-01-09", f"{one}-1", 0, 0, 0.25) for one in everybody])
    for one in everybody:
        record_member(project, one, PURPOSES, granted=True)
    refuse_rows(project, member, others[0])
    viewing(project, ("train",), "a test", with_completion=True)
    write_sums(project)
    for day in (1, 2):
        keep(project, page_of(member, day), permitted=True)
        keep(project, page_of(others[0], day), permitted=True)
    (project.folder / "reports" / "show.html").write_text(home_document(page_of(member, 3).to_dict()))
    (project.folder / "reports" / "other.html").write_text(home_document(page_of("ann", 3).to_dict()))
    write_lists(project.folder / "out" / "lists", everybody)
    with runs.recorded(project, "a test", {"output": f"/srv/{member}/lists"}, seed=0):
        pass


def refuse_rows(project: Project, member: str, other: str) -> None:
    """An import named for the member, of which some rows of theirs and of somebody else are refused."""
    quoted, other_quoted = (f'"{one.replace(chr(34), chr(34) * 2)}"' for one in (member, other))
    good = f"{other_quoted},t8,2024-03-01 20:00:00,600,0.9\n"
    wrong = [
        f"{one},{rest}\n"
        for one in (quoted, other_quoted)
        for rest in ("nosuch,2024-03-02,60,0.5", "t1,never,60,0.5", "t1,2024-03-02,60,7", "t8,2024-03-01,1,2,3,4,5")
    ]
    path = project.folder.parent / f"plays-of-{hashlib.sha256(member.encode()).hexdigest()[:6]}.csv"
    if member == MEMBER:
        path = path.with_name(f"plays-of-{member}.csv")
    path.write_text(PLAYS + good + "".join(wrong))
    import_csv(project, path, "plays", source=f"csv:{path.stem}", basis=BASIS)


def page_of(member: str, day: int) -> Page:
    return Page(member, f"2026-01-{day:02d}T20:00:00+00:00", "f" * 64, True, "", 7, ())


def write_lists(folder: Path, members: Sequence[str], model: str = "f" * 64) -> None:
    """A folder as `personalize batch` fills it, with two members in each part."""
    with handover(folder, {"kind": "lists of 2", "model": model, "data": "d" * 64, "made": "2026-01-01"}) as into:
        for part in range(0, len(members), 2):
            some = np.repeat(np.array(members[part : part + 2], dtype=object), 2)
            columns = {"member": some, "rank": np.array([1, 2] * (len(some) // 2), dtype=np.int32)}
            into.write(f"part-{part // 2:05d}.parquet", columns, {"model": model})
        into.finish()


def write_sums(project: Project) -> None:
    """Sums as training keeps them, one over histories that are there and one over some that are gone."""
    prepared = next((project.people / "prepared").glob("*/")).name
    folder = project.people / "sums" / "all-events"
    folder.mkdir(parents=True)
    for name, origin in (("a", prepared), ("b", "0" * 64)):
        np.save(folder / f"{name}.npy", np.arange(3))
        (folder / f"{name}.json").write_text(json.dumps({"origin": {"prepared": origin}}))


def rows_of_others(project: Project, member: str = MEMBER) -> dict[str, list[tuple[object, ...]]]:
    """Every row about anybody else, table by table, in order."""
    found = {}
    with project.lake.connect() as connection:
        for table in ("members", "plays", "ratings", "impressions", "consents"):
            relation = project.lake.relation(project.lake.snapshot(), table, TABLES[table].types())
            names = ", ".join(f'"{column.name}"' for column in TABLES[table].columns)
            found[table] = connection.execute(
                f"SELECT {names}, shard FROM {relation} WHERE member <> ? ORDER BY shard, line", [member]
            ).fetchall()
    return found


def bytes_that_hold(folder: Path, *words: bytes) -> list[str]:
    """Files, by name or content, in which a word stands: a scan that shares no code with the one under test."""
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if any(word in path.as_posix().encode() or (path.is_file() and word in path.read_bytes()) for word in words)
    ]
