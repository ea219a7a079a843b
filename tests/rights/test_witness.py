import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openslate import clock
from openslate.cli.main import app
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.bundle import export_bundle
from openslate.rights.checkpoint import Checkpoint
from openslate.rights.keys import outside
from openslate.rights.known_witnesses import known_witnesses
from openslate.rights.note import PublicKey
from openslate.rights.witness import cosign_checkpoint, last_seen, make_witness, witness, witness_key


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "union"


@pytest.fixture
def signing(project: Project) -> PublicKey:
    key = ledger.make_key(project)
    ledger.append(project, {"decision": "use"})
    return key


def proof(project: Project, old: int, new: int) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(one) for one in ledger.consistency(project, old, new).path)


def test_a_witness_signs_a_ledger_that_only_grew(project: Project, signing: PublicKey, folder: Path) -> None:
    key = make_witness(folder, "union.example/witness")
    assert make_witness(folder, "union.example/witness") == key
    assert stat.S_IMODE((folder / "witness.key").stat().st_mode) == 0o600
    for size in (3, 4, 5):
        signed = witness(project, folder, signing)
        assert signed.size == size
        assert signed.note.is_signed_by(key) and signed.note.is_signed_by(signing)
        seen = last_seen(folder, signing)
        assert seen is not None and seen.size == size
        assert ledger.checkpoints(project)[-1] == outside(signed.origin).checkpoint() == signed
        ledger.append(project, {"decision": "use"})
    assert ledger.verify(project).checkpoints == 3


def test_a_checkpoint_is_signed_once(project: Project, signing: PublicKey, folder: Path) -> None:
    own = make_witness(folder, "w")
    once = witness(project, folder, signing)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert witness(project, folder, signing) == once
        assert cosign_checkpoint(folder, signing, once.note.text) == once.note.signatures_of(own)[0]
    assert len(once.signatures) == 2
    other = make_witness(folder.parent / "guild", "guild")
    assert len(witness(project, folder.parent / "guild", signing).signatures) == 3
    assert known_witnesses(project) == (other, own)


def test_a_bundle_names_the_keys_of_its_witnesses(project: Project, signing: PublicKey, folder: Path) -> None:
    assert "No witness" in (export_bundle(project, folder.parent / "before").folder / "README.txt").read_text()
    own = make_witness(folder, "w")
    assert witness_key(folder) == own
    witness(project, folder, signing)
    readme = (export_bundle(project, folder.parent / "after").folder / "README.txt").read_text()
    assert f"--witness {own.text}" in readme
    found = CliRunner().invoke(app, ["--project", str(project.folder), "rights", "witness", str(folder), "--json"])
    assert json.loads(found.stdout)["witness"] == own.text


def test_a_witness_of_another_name_is_refused(project: Project, signing: PublicKey, folder: Path) -> None:
    make_witness(folder, "w")
    ask = ["--project", str(project.folder), "rights", "witness", str(folder), "--name", "guild"]
    refused = CliRunner().invoke(app, ask)
    assert refused.exit_code != 0
    assert last_seen(folder, signing) is None
    assert CliRunner().invoke(app, [*ask[:-1], "w"]).exit_code == 0


def test_a_ledger_that_was_forked_is_not_signed(project: Project, signing: PublicKey, folder: Path) -> None:
    make_witness(folder, "w")
    first = witness(project, folder, signing)
    private = outside(first.origin).private()
    ledger.append(project, {"decision": "use"})
    new = ledger.checkpoint(project)
    forked = Checkpoint(new.origin, new.size, bytes(32), new.at, ()).signed(private)
    same_size = Checkpoint(new.origin, first.size, bytes(32), new.at, ()).signed(private)
    good = proof(project, first.size, new.size)
    for text, path in (
        (forked.note.text, good),
        (forked.note.text, ()),
        (same_size.note.text, ()),
        (new.note.text, ()),
        (new.note.text, (*good, bytes(32))),
        (new.note.text, good[:-1]),
    ):
        with pytest.raises(RightsError, match="Nothing shows that the ledger"):
            cosign_checkpoint(folder, signing, text, path)
        seen = last_seen(folder, signing)
        assert seen is not None and seen.size == first.size
    cosign_checkpoint(folder, signing, new.note.text, good)


def test_a_ledger_that_was_set_back_is_not_signed(project: Project, signing: PublicKey, folder: Path) -> None:
    make_witness(folder, "w")
    old = ledger.checkpoint(project)
    ledger.append(project, {"decision": "use"})
    witness(project, folder, signing)
    with pytest.raises(RightsError, match="was set back"):
        cosign_checkpoint(folder, signing, old.note.text)


def test_a_checkpoint_of_an_earlier_moment_is_not_signed(project: Project, signing: PublicKey, folder: Path) -> None:
    make_witness(folder, "w")
    new = ledger.checkpoint(project)
    witness(project, folder, signing)
    early = Checkpoint(new.origin, new.size, new.root, "2001-01-01T00:00:00.000000+00:00", ())
    with pytest.raises(RightsError, match="before the last one") as error:
        cosign_checkpoint(folder, signing, early.signed(outside(new.origin).private()).note.text)
    assert error.value.code == "R25"


def test_what_another_key_signed_is_not_signed(
    project: Project, signing: PublicKey, folder: Path, tmp_path: Path
) -> None:
    make_witness(folder, "w")
    other = Project.init(tmp_path / "other")
    foreign = ledger.make_key(other)
    with pytest.raises(RightsError, match="not signed by the key"):
        cosign_checkpoint(folder, foreign, ledger.checkpoint(project).note.text)
    with pytest.raises(RightsError, match="not signed by the key"):
        witness(project, folder, foreign)
    assert last_seen(folder, foreign) is None


def test_a_witness_of_two_ledgers_remembers_both(
    project: Project, signing: PublicKey, folder: Path, tmp_path: Path
) -> None:
    make_witness(folder, "w")
    other = Project.init(tmp_path / "other")
    foreign = ledger.make_key(other)
    witness(project, folder, signing)
    witness(other, folder, foreign)
    sizes = [seen.size for seen in (last_seen(folder, signing), last_seen(folder, foreign)) if seen]
    assert sizes == [3, 2]


def test_a_memory_that_was_altered_signs_nothing(project: Project, signing: PublicKey, folder: Path) -> None:
    make_witness(folder, "w")
    witness(project, folder, signing)
    (path,) = folder.glob("seen-*")
    path.write_text(path.read_text().replace("\n3\n", "\n2\n"))
    with pytest.raises(RightsError, match="not signed by the key"):
        witness(project, folder, signing)


def test_a_witness_is_elsewhere_and_has_one_name(project: Project, signing: PublicKey, folder: Path) -> None:
    with pytest.raises(RightsError, match="There is no witness"):
        witness(project, folder, signing)
    make_witness(folder, "w")
    with pytest.raises(RightsError, match="is w"):
        make_witness(folder, "v")
    for name in ("", "a b", "a+b", "../x", "a\n"):
        with pytest.raises(RightsError, match="cannot be named"):
            make_witness(folder / "new", name)
    make_witness(project.folder / "witness", "w")
    with pytest.raises(RightsError, match="lies in the project"):
        witness(project, project.folder / "witness", signing)


def test_a_signature_is_kept_only_with_its_own_checkpoint(project: Project, signing: PublicKey, folder: Path) -> None:
    make_witness(folder, "w")
    made = ledger.checkpoint(project)
    signature = cosign_checkpoint(folder, signing, made.note.text)
    for other in (
        Checkpoint(made.origin, 99, made.root, made.at, made.signatures),
        Checkpoint(made.origin, made.size, bytes(32), made.at, made.signatures),
    ):
        with pytest.raises(RightsError, match="no such checkpoint"):
            ledger.add_cosignature(project, other, signature)
