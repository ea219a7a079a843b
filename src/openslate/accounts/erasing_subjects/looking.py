"""Looking whether anything of an erased subject is left in the folder of people's data, byte by byte."""

from collections.abc import Iterator, Mapping

from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.tables import is_theirs, line_of
from openslate.accounts.erasing_subjects.vault import HeldOf, known_as, names_of
from openslate.errors import ProjectError
from openslate.project import Project

CHUNK = 1 << 24
TEXTS = ("records", "papers", "salts")


def refuse_what_is_left(project: Project, subject: str, held: HeldOf, besides_journal: bool) -> Mapping[str, int]:
    """Look everywhere in `people/`, and stop the erasure where something is left.

    What others' records say of the subject stays, as the receipt tells, so it is no finding; nor are the bytes of the
    vault then. An id that is not distinctive is compared whole, in the columns that hold ids.

    Args:
        project: where.
        subject: the id.
        held: what of others stays.
        besides_journal: whether the journal of unfinished erasures still needs the id.

    Returns:
        How many `files` and `bytes` were read.

    Raises:
        ProjectError: something is left.
    """
    name = Name(subject)
    for place in _in_vault(project, name, held):
        raise _left(place)
    files = size = 0
    for path in sorted(one for one in project.people.rglob("*") if one.is_file() and not one.is_symlink()):
        is_vault = path == project.vault.path
        if path.suffix == ".jsonl" and path.parent.name == "quarantine":
            lines = path.read_bytes().decode(errors="replace").split("\n")
            if any(is_theirs(line_of(text), name) for text in lines if text):
                raise _left(path.relative_to(project.folder).as_posix())
        elif name.distinctive and not (is_vault and (besides_journal or held.kept)):
            with path.open("rb") as file:
                before = b""
                while part := file.read(CHUNK):
                    if _stands_in(before + part, name):
                        raise _left(path.relative_to(project.folder).as_posix())
                    before = part[-4 * len(subject.encode()) :]
        files, size = files + 1, size + path.stat().st_size
    return {"files": files, "bytes": size}


def _stands_in(data: bytes, name: Name) -> bool:
    """Whether the id stands there as a word; as the part of a longer one it is somebody else's."""
    if not any(form.encode() in data for form in name.spellings):
        return False
    return name.inside(data.decode("utf-8", "replace"))


def _in_vault(project: Project, name: Name, held: HeldOf) -> Iterator[str]:
    whole = names_of(name.member)
    for record, subject, document in project.vault.rows("SELECT record, subject, document FROM records"):
        if str(record) in held.kept:
            continue
        if _is_own(document) and (str(subject) in whole or name.inside(_text(document))):
            yield f"record {record!s} of the vault"
    spared = "payee" if held.paid_for_others else ""
    for kind, subject in project.vault.rows("SELECT kind, subject FROM papers"):
        if kind != spared and str(subject) in whole:
            yield f"a paper ({kind!s}) of the vault"
    for (subject,) in project.vault.rows("SELECT subject FROM salts"):
        if str(subject) in whole[1:] and not (spared and str(subject) == known_as(spared, name.member)):
            yield "a salt of the vault"


def _is_own(document: object) -> bool:
    """Whether a record is of somebody who is no member: a viewer by the same id is another person."""
    return '"subject_kind":"viewer"' not in _text(document)


def _text(document: object) -> str:
    return document.decode(errors="replace") if isinstance(document, bytes) else str(document)


def _left(place: str) -> ProjectError:
    return ProjectError(
        f"The person is still in {place}, so the erasure is not finished.",
        "If the file is not Openslate's, remove or move it; then run the command again.",
    )
