"""Batch: every permitted member's top list, or whole page, as Parquet files for another system to serve from.

Members come through the gate all at once. Whoever is not among them (has not agreed, is unknown, or is new) gets what
home and recommend would show them, which is the same for everybody: it stands in `others.parquet`, by country.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from openslate import clock
from openslate.apps.personalize.batch_lists import lists_for_others, lists_of
from openslate.apps.personalize.batch_pages import pages_for_others, pages_of
from openslate.apps.personalize.recommender import Recommender
from openslate.data.datasets import TABLES, Viewing, viewing
from openslate.errors import UsageError
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.registry import runs
from openslate.registry.environment import code_version
from openslate.registry.lineage import link, link_snapshot
from openslate.rights.gate import Decision, as_record
from openslate.serving.handover import Handover, handover
from openslate.storage.replaced import require_current

OTHERS = "others.parquet"
LONGEST = 1000


@dataclass(frozen=True)
class Batch:
    """What a batch came to.

    Attributes:
        id: SHA-256 of its manifest, by which its lineage is found.
        folder: where its files are.
        model: the id of the model that ranked.
        made: the day it is for, ISO 8601.
        members: how many have a list or a page.
        rows: rows of all parts, those for others aside.
        parts: the names of the files, that for others aside.
        run: the run's id.
        decision: whose data was used.
    """

    id: str
    folder: Path
    model: str
    made: str
    members: int
    rows: int
    parts: tuple[str, ...]
    run: str
    decision: Decision


def batch(
    project: Project,
    output: str | Path,
    count: int = 100,
    pages: bool = False,
    members_per_part: int = 10_000,
    progress: Progress = silent,
) -> Batch:
    """Write every permitted member's best titles, or whole home page, into a folder.

    A killed batch goes on where it stopped when it is called again with the same folder. The same model, data, code
    and day give the same bytes.

    Args:
        project: where.
        output: the folder: absent, empty, or left by a batch that was killed.
        count: titles in each list; pages have their own shape.
        pages: whole pages in place of lists; they are not kept in the project.
        members_per_part: members whose lists lie in one file.
        progress: told what is done.

    Raises:
        UsageError: a number makes no sense.
        RegistryError: no model serves yet.
        RightsError: nobody's events may be used for personalisation.
        ProjectError: the folder holds something else, or what was made from other data or another model; or a member
            was erased since the data was read.
    """
    if not 1 <= count <= LONGEST:
        raise UsageError(f"A list of {count} titles was asked for.", f"Ask for 1 to {LONGEST:,}.")
    if members_per_part < 1:
        raise UsageError(f"{members_per_part} members make no part.", "Ask for one or more.")
    progress = monotone(progress)
    settings = {"output": str(output), "count": count, "pages": pages, "members_per_part": members_per_part}
    with runs.recorded(project, "personalize batch", settings, seed=0) as notebook:
        files = project.lake.snapshot(*TABLES)
        data = viewing(
            project,
            ("personalize",),
            "personalize batch",
            snapshot=files,
            with_completion=pages,
            progress=within(progress, 0.0, 0.1),
        )
        # Opened after the events were read, so that it knows every title in them.
        recommender = Recommender.open(project)
        data = _by_index_of(recommender, data)
        plan = {
            "kind": "pages" if pages else f"lists of {count}",
            "model": recommender.model,
            "data": data.hash,
            "catalogue": hashlib.sha256(repr(recommender.catalogue.titles).encode()).hexdigest(),
            "code": code_version(),
            "made": clock.now().date().isoformat(),
            "members": len(data.members),
            "members_per_part": members_per_part,
        }
        with handover(Path(output), plan, ("made",), project.settings.limits.lock_wait_seconds) as into:
            # Whoever erases a member takes this folder's lock next, so that one of the two sees their list.
            require_current(files, project.lake.snapshot())
            _fill(recommender, data, into, count, pages, within(progress, 0.1, 1.0))
            identity = into.finish()
        link(project, identity, recommender.model, "filled by")
        link(project, identity, notebook.id, "made by run")
        link_snapshot(project, identity, files, "made from")
        parts = {name: part for name, part in into.parts.items() if name != OTHERS}
        rows = sum(part["rows"] for part in parts.values())
        notebook.record["data"] = {"hash": data.hash, **as_record(data.decision)}
        notebook.record["outcome"] = f"{len(data.members)} members, {rows} rows"
    made, names = str(into.plan["made"]), tuple(sorted(parts))
    return Batch(
        identity, into.folder, recommender.model, made, len(data.members), rows, names, notebook.id, data.decision
    )


def _fill(recommender: Recommender, data: Viewing, into: Handover, count: int, pages: bool, progress: Progress) -> None:
    """Write every part that is not there yet."""
    moment = datetime.fromisoformat(str(into.plan["made"])).replace(tzinfo=UTC)
    metadata = {"model": recommender.model, "made": str(into.plan["made"]), "purpose": "personalize"}
    total, step = len(data.members), int(into.plan["members_per_part"])
    told = f"{'Building pages' if pages else 'Ranking titles'} for {total:,} members"
    for start in range(0, total, step):
        stop = min(start + step, total)
        name, share = f"part-{start // step:05d}.parquet", within(progress, start / total, stop / total)
        share(told, 0.0)
        if into.has(name):
            continue
        tell = partial(share, told)
        if pages:
            columns = pages_of(recommender, data, start, stop, moment, tell)
        else:
            columns = lists_of(recommender, data, start, stop, count, moment, tell)
        into.write(name, columns, metadata)
    if not into.has(OTHERS):
        others = pages_for_others(recommender, moment) if pages else lists_for_others(recommender, count, moment)
        into.write(OTHERS, others, metadata)


def _by_index_of(recommender: Recommender, data: Viewing) -> Viewing:
    """The same events with titles numbered as the model numbers them."""
    index = recommender.catalogue.index
    numbers = np.array([index[title.title] for title in data.catalogue.titles], dtype=np.int32)
    same = np.array_equal(numbers, np.arange(len(numbers)))
    titles = data.histories.titles if same else numbers[data.histories.titles]
    histories = replace(data.histories, titles=titles, n_titles=len(recommender.catalogue))
    return replace(data, histories=histories, catalogue=recommender.catalogue)
