"""What is on record of generated files, and how inspecting finds it; none of it needs the extra."""

from dataclasses import replace
from pathlib import Path

import pytest

from openslate.accounts.marking import known_files
from openslate.accounts.marking.described import Description
from openslate.accounts.marking.fingerprints import fingerprints
from openslate.accounts.marking.inspecting import inspect
from openslate.accounts.marking.known_files import (
    by_content,
    by_file,
    by_look,
    ledger_name,
    reindex,
    remember,
)
from openslate.accounts.marking.opened import opened
from openslate.accounts.marking.perceptual import LIMIT, Perceptual
from openslate.accounts.marking.uses import AllowedUse
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.commitments import commitment
from openslate.storage.files import content_hash
from tests.accounts.marking.conftest import wav
from tests.used import USE

ALL = (1 << 128) - 1
LOOK = Perceptual(signs=0b1011, mask=ALL)


def described(project: Project, path: Path, use: AllowedUse, look: Perceptual | None = None) -> Description:
    with opened(path) as file:
        prints = fingerprints(file)
    return Description(
        file=prints.file,
        kind=prints.kind or "",
        content=prints.content or "",
        look=look.text if look else "",
        decoder="",
        media_type=prints.media_type,
        source_type="trainedAlgorithmicMedia",
        name=path.name,
        size=prints.size,
        signer="Harbour Pictures",
        use=use.entry,
        use_hash=ledger.entry(project, use.entry).hash,
    )


def test_a_recorded_file_is_found_by_its_bytes(project: Project, sound: Path, use: AllowedUse) -> None:
    (known,) = remember(project, [("h-ada", described(project, sound, use))])
    assert by_file(project, content_hash(sound)) == [known]
    assert (known.use, known.subject) == (use.entry, "h-ada")
    found = inspect(project, sound)
    assert found.verdict == "unaltered"
    assert [one.known for one in found.matches] == [known]
    assert "'line.wav'" in " ".join(found.sentences())


def test_a_sound_in_another_file_is_found_by_its_samples(
    project: Project, tmp_path: Path, sound: Path, use: AllowedUse
) -> None:
    remember(project, [("h-ada", described(project, sound, use))])
    other = tmp_path / "other.wav"
    other.write_bytes(wav(comment=b"cut by another tool"))
    found = inspect(project, other)
    assert found.verdict == "same content"
    assert "exactly the samples" in found.sentences()[0]
    other.write_bytes(wav()[:-2] + b"\0\1")
    found = inspect(project, other)
    assert found.verdict == "unknown"
    assert found.sentences()[0].startswith("Nothing is known")


def test_pictures_are_found_by_their_look_nearest_first(project: Project, picture: Path, use: AllowedUse) -> None:
    one = described(project, picture, use, LOOK)
    near = replace(one, file="b" * 64, look=Perceptual(LOOK.signs ^ 0b111, ALL).text)
    far = replace(one, file="c" * 64, look=Perceptual(LOOK.signs ^ ((1 << 20) - 1), ALL).text)
    remember(project, [("h-ada", one)])
    remember(project, [("h-ada", near)])
    remember(project, [("h-ada", far)])
    found, compared = by_look(project, LOOK, LIMIT)
    assert compared == 3
    assert [(share, known.file) for share, known in found] == [(0.0, one.file), (3 / 128, near.file)]


def test_the_ledger_has_hashes_and_no_words(project: Project, sound: Path, use: AllowedUse) -> None:
    one = described(project, sound, use, LOOK)
    (known,) = remember(project, [("h-ada", one)])
    text = project.ledger_path.read_text()
    for word in ("h-ada", "line.wav", LOOK.text, "Harbour"):
        assert word not in text
    assert one.file in text
    assert [
        one.index for one in ledger.search(project, decision="mark", subject=commitment(project, "subject", "h-ada"))
    ] == [known.entry]
    assert [one.index for one in ledger.search(project, decision="mark", record="rec-ada")] == [known.entry]


def test_after_an_erasure_the_hashes_still_say_so(project: Project, sound: Path, use: AllowedUse) -> None:
    one = described(project, sound, use, LOOK)
    (known,) = remember(project, [("h-ada", one)])
    project.vault.execute("DELETE FROM papers WHERE subject = ?", ("h-ada",))
    expected = replace(known, described=None, subject="")
    assert by_file(project, one.file) == [expected]
    assert by_content(project, one.content) == [expected]
    assert by_look(project, LOOK, LIMIT) == ([], 0)
    assert "description was erased" in " ".join(inspect(project, sound).sentences())


def test_one_person_of_two_is_erased(project: Project, sound: Path, use: AllowedUse) -> None:
    other = AllowedUse(ledger.append(project, USE.to_entry()).index, "h-wen")
    remember(
        project,
        [("h-ada", described(project, sound, use)), ("h-wen", described(project, sound, other))],
    )
    project.vault.execute("DELETE FROM papers WHERE subject = ?", ("h-ada",))
    assert [one.subject for one in by_file(project, content_hash(sound))] == ["", "h-wen"]


def test_nothing_is_recorded_of_a_decision_that_is_not_there(project: Project, sound: Path, use: AllowedUse) -> None:
    one = replace(described(project, sound, use), use=99)
    with pytest.raises(UsageError, match="no entry 99"):
        remember(project, [("h-ada", one)])
    assert by_file(project, one.file) == []


def test_a_vault_that_was_changed_is_noticed(project: Project, sound: Path, use: AllowedUse) -> None:
    remember(project, [("h-ada", described(project, sound, use))])
    rows = project.vault.rows("SELECT document FROM papers WHERE kind = ?", (known_files.PAPER,))
    assert isinstance(rows[0][0], bytes)
    project.vault.execute("UPDATE papers SET document = ?", (rows[0][0].replace(b"Harbour", b"Another"),))
    with pytest.raises(RightsError, match="not what the ledger vouches for"):
        inspect(project, sound)


def test_a_project_without_a_ledger_has_no_name_for_it(project: Project) -> None:
    assert ledger_name(project) == ""
    ledger.append(project, {"decision": "read"})
    assert ledger_name(project).startswith("openslate-ledger/")


def test_a_vault_that_was_lost_is_filled_from_the_ledger(project: Project, sound: Path, use: AllowedUse) -> None:
    (known,) = remember(project, [("h-ada", described(project, sound, use))])
    for table in ("papers", "marked_files"):
        project.vault.execute(f"DELETE FROM {table}")
    assert inspect(project, sound).verdict == "unknown"
    assert reindex(project) == reindex(project) == 1
    assert by_file(project, known.file) == [replace(known, described=None, subject="")]


def test_an_index_that_leads_elsewhere_is_noticed(project: Project, sound: Path, use: AllowedUse) -> None:
    (known,) = remember(project, [("h-ada", described(project, sound, use))])
    project.vault.execute("UPDATE marked_files SET entry = ?", (use.entry,))
    with pytest.raises(RightsError, match="not what the ledger vouches for"):
        by_file(project, known.file)
