"""The tables about people, and the quarantine beside them, without one member: one change of the manifest."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from openslate.accounts.erasing import journal
from openslate.accounts.erasing.journal import Begun
from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.receipt import FileChange
from openslate.data.admission.fields import fields_of
from openslate.project import Project
from openslate.registry.lineage import link
from openslate.storage.files import content_hash, write_atomically
from openslate.storage.lake import PEOPLE_TABLES
from openslate.storage.rewriting import Rewritten, replace_shards, rewrite, unlink_durably, without

REWRITTEN = "written anew without an erased member, from"


def erase_from_tables(project: Project, begun: Begun, name: Name) -> Begun:
    """Rewrite every file of the tables about people that holds the member, and the refused rows that name them.

    Args:
        project: where.
        begun: the erasure.
        name: whose rows go.

    Raises:
        ProjectError: another process writes, a file is damaged, or there is no room; then the tables are as they were.
    """
    with project.lake.writing():
        begun = journal.tell(project, begun, before=begun.document["before"] or project.lake.snapshot().id)
        rewritten: list[Rewritten] = []
        try:
            _rewrite_all(project, name, rewritten)
            journal.note(project, begun, [_change(project, one) for one in rewritten])
            with project.state.transaction():
                replace_shards(project.state, rewritten)
                for one in rewritten:
                    if one.new is not None:
                        link(project, one.new.hash, one.old.hash, REWRITTEN)
        except BaseException:
            committed = {(shard.table, shard.hash) for shard in project.lake.snapshot().shards}
            new = [one.new for one in rewritten if one.new and (one.new.table, one.new.hash) not in committed]
            unlink_durably([project.lake.path_of(shard) for shard in new])
            raise
        unlink_durably([project.lake.path_of(one.old) for one in rewritten])
        for path in sorted((project.people / "quarantine").glob("*.jsonl")):
            erase_from_quarantine(project, begun, name, path)
        return journal.tell(project, begun, after=project.lake.snapshot().id)


def is_theirs(record: Any, name: Name) -> bool:
    """Whether a line of a quarantine file is the refusal of a member's row.

    It is when the id is one of the row's values, however the row is written, or stands in it as a word and is
    distinctive. So another member's refused row goes, too, where a short id equals some other value of it.

    Args:
        record: the line as JSON, or its text where it is none.
        name: of the member.
    """
    if not isinstance(record, dict):
        return name.inside(str(record))
    row, value = str(record.get("row") or ""), str(record.get("value") or "")
    texts = [text for key, text in record.items() if key != "file" and isinstance(text, str)]
    return name.member in fields_of(row) or value == name.member or any(map(name.inside, texts))


def line_of(text: str) -> Any:
    """A line of a quarantine file as JSON, or as it is where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _rewrite_all(project: Project, name: Name, rewritten: list[Rewritten]) -> None:
    shards = [shard for shard in project.lake.snapshot().shards if shard.table in PEOPLE_TABLES]
    taken = {table: {shard.hash for shard in shards if shard.table == table} for table in PEOPLE_TABLES}
    with without(project.lake, name.member) as connection:
        for shard in shards:
            one = rewrite(project.lake, connection, shard, sorted(taken[shard.table]))
            if one is not None:
                rewritten.append(one)
                taken[shard.table] |= {one.new.hash} if one.new else set()


def _change(project: Project, one: Rewritten) -> FileChange:
    file = project.lake.path_of(one.old).relative_to(project.folder).as_posix()
    return FileChange(file, one.old.hash, one.new.hash if one.new else None, one.removed, f"{one.old.table} table")


def erase_from_quarantine(project: Project, begun: Begun, name: Name, path: Path) -> None:
    """Remove the refused rows of one file that name somebody."""
    # Only line feeds end a line: JSON leaves other line ends of Unicode as they are.
    lines = path.read_bytes().decode(errors="replace").split("\n")
    kept: list[str] = []
    count: Counter[str] = Counter()
    for text in filter(None, lines):
        record = line_of(text)
        if is_theirs(record, name):
            count["removed"] += 1
        elif isinstance(record, dict) and name.inside(str(record.get("file"))):
            count["masked"] += 1
            masked = {**record, "file": name.masked(str(record["file"]), begun.token)}
            kept.append(json.dumps(masked, ensure_ascii=False))
        else:
            kept.append(text)
    if not count:
        return
    data = "".join(f"{text}\n" for text in kept).encode()
    relative = path.relative_to(project.folder).as_posix()
    new = hashlib.sha256(data).hexdigest() if kept else None
    journal.note(project, begun, [FileChange(relative, content_hash(path), new, count["removed"], "refused rows")])
    if kept:
        write_atomically(path, data)
        return
    project.state.execute("UPDATE imports SET quarantine = NULL WHERE quarantine = ?", (relative,))
    unlink_durably([path])
