"""A marked copy says that it is generated, keeps its pixels, and is on record before it appears."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from openslate import clock
from openslate.accounts.marking import content_credentials, known_files
from openslate.accounts.marking.fingerprints import fingerprints
from openslate.accounts.marking.identities import SigningIdentity, make_signing_identity, read_signing_identity
from openslate.accounts.marking.mark import mark
from openslate.accounts.marking.uses import AllowedUse
from openslate.errors import MissingExtra, RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.commitments import commitment
from openslate.rights.reservations.cawg import from_assertion
from openslate.storage.files import content_hash
from tests.accounts.marking.conftest import Make, png, scene, spent_use, use_of, wav
from tests.used import USE

pytestmark = pytest.mark.c2pa
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def manifest_of(library: ModuleType, path: Path) -> dict[str, Any]:
    """The active manifest, read by the library itself."""
    with path.open("rb") as file, library.Reader(None, file) as reader:
        found = json.loads(reader.json())
    manifest: dict[str, Any] = found["manifests"][found["active_manifest"]]
    return manifest


def assertions(library: ModuleType, path: Path) -> dict[str, Any]:
    return {one["label"]: one["data"] for one in manifest_of(library, path)["assertions"]}


def test_what_a_manifest_says(project: Project, c2pa: ModuleType, picture: Path, make: Make, use: AllowedUse) -> None:
    made = make(picture)
    said = assertions(c2pa, made.path)
    assert said["c2pa.actions.v2"]["actions"] == [
        {"action": "c2pa.created", "digitalSourceType": f"{IPTC}trainedAlgorithmicMedia"}
    ]
    mining = said["cawg.training-mining"]
    assert mining["entries"]["cawg.ai_generative_training"] == {"use": "notAllowed"}
    assert len(mining["entries"]) == 4
    reservation = from_assertion(json.dumps(mining).encode())
    assert reservation is not None
    assert reservation.reserved
    decided = ledger.entry(project, use.entry)
    assert said["org.openslate.use"] == {
        "ledger": ledger.entry(project, 0).entry["origin"],
        "uses": [{"entry": use.entry, "hash": decided.hash}],
    }
    text = json.dumps(manifest_of(c2pa, made.path))
    assert "thumbnail" not in text
    assert "h-ada" not in text
    assert made.path.stat().st_size - picture.stat().st_size < 20_000


def test_the_record_is_in_the_vault_and_hashed_on_the_ledger(
    project: Project, picture: Path, make: Make, use: AllowedUse
) -> None:
    made = make(picture)
    (known,) = made.known
    assert known.file == made.prints.file == content_hash(made.path)
    entry = ledger.entry(project, known.entry).entry
    assert (entry["decision"], entry["use"], entry["file"]) == ("mark", use.entry, made.prints.file)
    assert entry["content"] == made.prints.content
    assert entry["subject"] == commitment(project, "subject", "h-ada")
    assert known.described is not None
    assert known.described.name == "marked-take.png"
    assert "take" not in project.ledger_path.read_text()
    rows = project.vault.rows("SELECT subject FROM papers WHERE kind = ?", (known_files.PAPER,))
    assert rows == [("h-ada",)]


@pytest.mark.parametrize(
    ("form", "settings"),
    [
        ("JPEG", {"quality": 80}),
        ("WEBP", {"lossless": True}),
        ("TIFF", {}),
        ("GIF", {}),
        ("PNG", {}),
        ("AVIF", {}),
    ],
)
def test_pixels_are_left_as_they_are(tmp_path: Path, make: Make, form: str, settings: dict[str, Any]) -> None:
    from PIL import Image

    source = tmp_path / "take.bin"
    Image.fromarray(scene(2)).save(source, form, **settings)
    made = make(source)
    assert made.prints.kind == "pixels"
    with Image.open(source) as before, Image.open(made.path) as after:
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
    assert made.prints.media_type == f"image/{form.lower()}"


def test_samples_are_left_as_they_are(sound: Path, make: Make) -> None:
    made = make(sound)
    assert made.prints.kind == "samples"
    assert made.path.read_bytes() != sound.read_bytes()


def test_video_is_marked_and_known_by_its_bytes_alone(c2pa: ModuleType, tmp_path: Path, make: Make) -> None:
    def box(kind: bytes, data: bytes) -> bytes:
        return (8 + len(data)).to_bytes(4, "big") + kind + data

    header = bytes(12) + (1000).to_bytes(4, "big") + bytes(80) + (1).to_bytes(4, "big")
    film = tmp_path / "take.mp4"
    film.write_bytes(box(b"ftyp", b"isom\0\0\0\0isom") + box(b"moov", box(b"mvhd", header)) + box(b"mdat", bytes(999)))
    made = make(film)
    assert made.prints.media_type == "video/mp4"
    assert made.prints.content is None
    assert "Video" in made.prints.notes[0]
    assert "org.openslate.use" in assertions(c2pa, made.path)


def test_a_file_of_two_decisions_has_a_record_for_each(
    project: Project, tmp_path: Path, picture: Path, identity: SigningIdentity, use: AllowedUse, c2pa: ModuleType
) -> None:
    other = spent_use(project, "h-wen")
    made = mark(project, picture, tmp_path / "both.png", [use, other], identity)
    assert [one.use for one in made.known] == [use.entry, other.entry]
    assert [one.subject for one in known_files.by_file(project, made.prints.file)] == ["h-ada", "h-wen"]
    assert len(assertions(c2pa, made.path)["org.openslate.use"]["uses"]) == 2


def test_what_a_file_said_before_stays_with_it(c2pa: ModuleType, picture: Path, make: Make) -> None:
    first = make(picture, "first.png")
    second = make(first.path, "second.png", source_type="compositeWithTrainedAlgorithmicMedia")
    found = manifest_of(c2pa, second.path)
    actions = next(one["data"]["actions"] for one in found["assertions"] if one["label"] == "c2pa.actions.v2")
    assert [one["action"] for one in actions] == ["c2pa.opened", "c2pa.edited"]
    assert actions[1]["digitalSourceType"] == f"{IPTC}compositeWithTrainedAlgorithmicMedia"
    (parent,) = found["ingredients"]
    assert parent["relationship"] == "parentOf"
    assert parent["active_manifest"] == manifest_of(c2pa, first.path)["label"]


def test_reservations_may_be_others(c2pa: ModuleType, picture: Path, make: Make) -> None:
    made = make(picture, reservations={"ai_inference": "allowed", "ai_training": "constrained"})
    assert assertions(c2pa, made.path)["cawg.training-mining"]["entries"] == {
        "cawg.ai_inference": {"use": "allowed"},
        "cawg.ai_training": {"use": "constrained"},
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"source_type": "digitalCapture"}, "source type 'digitalCapture'"),
        ({"reservations": {"ai_training": "never"}}, "'never'"),
        ({"reservations": {"training": "allowed"}}, "'training'"),
    ],
)
def test_words_that_nobody_defined_are_refused(
    tmp_path: Path, picture: Path, make: Make, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        make(picture, **wrong)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["svc", "take.png"]


def test_no_decision_no_mark(
    project: Project, tmp_path: Path, picture: Path, identity: SigningIdentity, use: AllowedUse, c2pa: ModuleType
) -> None:
    read = ledger.append(project, {"decision": "read", "outcome": "allow"}).index
    denied = ledger.append(project, {**USE.to_entry(), "outcome": "deny"}).index
    target = tmp_path / "marked.png"
    for entry in (read, denied):
        with pytest.raises(RightsError, match="allows no use") as refused:
            mark(project, picture, target, [AllowedUse(entry, "h-ada")], identity)
        assert refused.value.code == "R01"
    unspent = ledger.append(project, use_of(project, "h-ada").to_entry()).index
    with pytest.raises(RightsError, match="was not spent"):
        mark(project, picture, target, [AllowedUse(unspent, "h-ada")], identity)
    with pytest.raises(UsageError, match="no entry 99"):
        mark(project, picture, target, [AllowedUse(99, "h-ada")], identity)
    for uses in ([], [use, use]):
        with pytest.raises(UsageError, match="one decision or more"):
            mark(project, picture, target, uses, identity)
    assert not target.exists()


def test_what_is_there_is_replaced_only_on_request(tmp_path: Path, picture: Path, make: Make) -> None:
    target = tmp_path / "marked.png"
    target.write_bytes(b"mine")
    with pytest.raises(UsageError, match="there already"):
        make(picture, "marked.png")
    assert target.read_bytes() == b"mine"
    made = make(picture, "marked.png", replace=True)
    assert target.read_bytes()[:4] == b"\x89PNG"
    assert made.path == target


def test_a_target_that_comes_in_the_meantime_is_not_overwritten(
    tmp_path: Path, picture: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = known_files.remember

    def slow(*arguments: Any) -> Any:
        (tmp_path / "marked.png").write_bytes(b"theirs")
        return real(*arguments)

    monkeypatch.setattr("openslate.accounts.marking.mark.remember", slow)
    with pytest.raises(UsageError, match="come to be there"):
        make(picture, "marked.png")
    assert (tmp_path / "marked.png").read_bytes() == b"theirs"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_system_without_links_will_do(
    tmp_path: Path, picture: Path, make: Make, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", refused)
    assert make(picture).path.exists()
    assert not list(tmp_path.glob(".tmp-*"))


def test_targets_that_make_no_sense(tmp_path: Path, picture: Path, make: Make) -> None:
    (tmp_path / "link.png").symlink_to(tmp_path / "elsewhere.png")
    for name, said in (
        ("take.png", "source itself"),
        ("nowhere/marked.png", "no folder"),
        ("link.png", "is a link"),
        ("svc", "no file"),
    ):
        with pytest.raises(UsageError, match=said):
            make(picture, name, replace=True)


def test_a_copy_that_cannot_be_recorded_does_not_appear(
    project: Project, tmp_path: Path, picture: Path, make: Make
) -> None:
    project.vault.execute("PRAGMA query_only = ON")
    with pytest.raises(RightsError, match="vault"):
        make(picture)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["svc", "take.png"]


def test_what_no_manifest_is_written_into_is_refused(tmp_path: Path, make: Make) -> None:
    source = tmp_path / "take.png"
    source.write_bytes(b"no picture at all")
    with pytest.raises(UsageError, match="no manifest"):
        make(source)


def test_a_damaged_source_is_refused(tmp_path: Path, make: Make) -> None:
    source = tmp_path / "take.png"
    source.write_bytes(png(scene(1))[:400])
    with pytest.raises(RightsError, match="cannot be signed"):
        make(source)
    assert not list(tmp_path.glob(".tmp-*"))


def test_an_expired_certificate_signs_nothing(
    project: Project, tmp_path: Path, picture: Path, use: AllowedUse, c2pa: ModuleType
) -> None:
    with clock.frozen(clock.now() - timedelta(days=9)):
        old = make_signing_identity(tmp_path / "old", "Harbour Pictures", days=3)
    with pytest.raises(RightsError, match="not valid at time of signing"):
        mark(project, picture, tmp_path / "marked.png", [use], old)
    assert not (tmp_path / "marked.png").exists()


def test_a_key_on_p_256_signs_too(
    project: Project, tmp_path: Path, picture: Path, use: AllowedUse, c2pa: ModuleType
) -> None:
    from tests.accounts.marking.test_identities import write_elliptic

    write_elliptic(tmp_path / "keys")
    made = mark(project, picture, tmp_path / "marked.png", [use], read_signing_identity(tmp_path / "keys"))
    with made.path.open("rb") as file:
        assert content_credentials.read(file).state == "untrusted"


def test_without_c2pa_nothing_is_marked_and_the_error_says_how(
    project: Project,
    tmp_path: Path,
    picture: Path,
    use: AllowedUse,
    identity: SigningIdentity,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "c2pa", None)
    with pytest.raises(MissingExtra) as refused:
        mark(project, picture, tmp_path / "marked.png", [use], identity)
    assert refused.value.way_out == "Install it with: pip install 'openslate[c2pa]'"
    assert not (tmp_path / "marked.png").exists()


def test_a_description_that_was_changed_in_the_vault_is_noticed(project: Project, picture: Path, make: Make) -> None:
    made = make(picture)
    (document,) = (row[0] for row in project.vault.rows("SELECT document FROM papers"))
    assert isinstance(document, bytes)
    changed = document.replace(b"marked-take", b"marked-fake")
    project.vault.execute("UPDATE papers SET document = ?", (changed,))
    with pytest.raises(RightsError, match="not what the ledger vouches for"):
        known_files.by_file(project, made.prints.file)


def test_metadata_beside_the_samples_does_not_matter(tmp_path: Path, sound: Path, make: Make) -> None:
    made = make(sound)
    other = tmp_path / "other.wav"
    other.write_bytes(wav(comment=b"another tool"))
    with other.open("rb") as file:
        assert fingerprints(file).content == made.prints.content
