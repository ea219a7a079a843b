"""What is known of files that went through the world: stripped, stored again, changed, swapped, signed by others."""

import time
import zlib
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from openslate import clock
from openslate.accounts.marking.identities import ROOT, make_signing_identity, read_signing_identity
from openslate.accounts.marking.inspecting import inspect
from openslate.accounts.marking.manifests import IPTC
from openslate.accounts.marking.mark import mark
from openslate.accounts.marking.measured_error import measured_error
from openslate.accounts.marking.perceptual import LIMIT
from openslate.accounts.marking.uses import AllowedUse
from openslate.errors import UsageError
from openslate.project import Project
from tests.accounts.marking.conftest import Make, png, scene, wav

pytestmark = pytest.mark.c2pa


def stored(
    picture: Path, target: Path, form: str = "PNG", size: tuple[int, int] | None = None, **settings: Any
) -> Path:
    """The pixels of a picture in a new file, without what lay around them."""
    from PIL import Image

    with Image.open(picture) as found:
        plain = Image.frombytes(found.mode, found.size, found.tobytes())
    (plain if size is None else plain.resize(size)).save(target, form, **settings)
    return target


def test_an_unaltered_file(project: Project, picture: Path, make: Make, use: AllowedUse) -> None:
    made = make(picture)
    found = inspect(project, made.path)
    assert found.verdict == "unaltered"
    assert [one.known for one in found.matches] == list(made.known)
    assert found.matches[0].known.use == use.entry
    assert found.credentials.state == "untrusted"
    assert found.credentials.said.source_types == ("trainedAlgorithmicMedia",)
    assert {one.use for one in found.credentials.said.reserved} == {"notAllowed"}
    assert found.uses_here is True
    told = " ".join(found.sentences())
    assert "byte for byte" in told
    assert "cawg.ai_training notAllowed" in told
    assert "nobody vouches for their signer" in told
    assert "h-ada" not in told


def test_the_source_itself_has_the_same_pixels(project: Project, picture: Path, make: Make) -> None:
    make(picture)
    found = inspect(project, picture)
    assert found.verdict == "same content"
    assert found.credentials.state == "none"


@pytest.mark.parametrize("form", ["PNG", "TIFF", "WEBP"])
def test_a_stripped_manifest(project: Project, tmp_path: Path, picture: Path, make: Make, form: str) -> None:
    made = make(picture)
    settings = {"lossless": True, "exact": True} if form == "WEBP" else {}
    found = inspect(project, stored(made.path, tmp_path / "stripped.png", form, **settings))
    assert found.verdict == "same content"
    assert found.matches[0].known == made.known[0]
    assert "exactly the pixels" in found.sentences()[0]


def test_other_metadata(project: Project, tmp_path: Path, picture: Path, make: Make) -> None:
    make(picture)
    other = tmp_path / "noted.png"
    other.write_bytes(png(scene(1), "written by another tool"))
    assert inspect(project, other).verdict == "same content"


def test_a_sound_without_its_manifest(project: Project, tmp_path: Path, sound: Path, make: Make) -> None:
    make(sound)
    other = tmp_path / "other.wav"
    other.write_bytes(wav(comment=b"another tool"))
    assert inspect(project, other).verdict == "same content"
    other.write_bytes(wav(b"another sound" * 9 + b"!"))
    assert inspect(project, other).verdict == "unknown"


@pytest.mark.parametrize(
    ("form", "size", "settings"),
    [
        ("JPEG", None, {"quality": 40}),
        ("WEBP", (80, 60), {"quality": 60}),
        ("PNG", (320, 240), {}),
        ("AVIF", None, {"quality": 50}),
    ],
)
def test_a_picture_stored_otherwise_is_probable(
    project: Project, tmp_path: Path, picture: Path, make: Make, form: str, size: Any, settings: dict[str, Any]
) -> None:
    made = make(picture)
    make(_other(tmp_path, 5), "other-marked.png")
    found = inspect(project, stored(made.path, tmp_path / "again.bin", form, size, **settings))
    assert found.verdict == "probable"
    assert [one.known for one in found.matches] == list(made.known)
    share = found.matches[0].difference
    assert share is not None and share <= LIMIT
    assert found.compared == 2
    told = " ".join(found.sentences())
    assert "probably" in told
    assert f"{measured_error().pairs:,} pairs of different drawn pictures" in told


def _other(folder: Path, seed: int) -> Path:
    path = folder / f"scene-{seed}.png"
    path.write_bytes(png(scene(seed)))
    return path


def test_another_picture_is_unknown_and_never_called_clean(
    project: Project, tmp_path: Path, picture: Path, make: Make
) -> None:
    make(picture)
    found = inspect(project, _other(tmp_path, 7))
    assert found.verdict == "unknown"
    assert found.compared == 1
    told = " ".join(found.sentences()).lower()
    assert "nothing is known" in told
    assert "may still have been generated" in told
    assert "mirrored" in told
    for word in ("not generated", "authentic", "genuine", "real"):
        assert word not in told


def test_one_byte_of_the_picture_changed(project: Project, tmp_path: Path, make: Make) -> None:
    from PIL import Image

    source = tmp_path / "take.tiff"
    Image.fromarray(scene(3)).save(source, "TIFF")
    made = make(source)
    whole = bytearray(made.path.read_bytes())
    at = whole.index(scene(3).tobytes()[:64])
    whole[at + 5000] ^= 1
    changed = tmp_path / "changed.tiff"
    changed.write_bytes(whole)
    found = inspect(project, changed)
    assert found.verdict == "probable"
    assert found.credentials.state == "invalid"
    assert "assertion.dataHash.mismatch" in found.credentials.codes
    assert "assertion.dataHash.mismatch" in " ".join(found.sentences())


def test_one_byte_of_the_manifest_changed(project: Project, tmp_path: Path, picture: Path, make: Make) -> None:
    whole = bytearray(make(picture).path.read_bytes())
    whole[whole.index(b"notAllowed")] ^= 1
    # The sum at the end of the chunk is put right, as whoever forges would do.
    at = whole.index(b"caBX")
    end = at + 4 + int.from_bytes(whole[at - 4 : at], "big")
    whole[end : end + 4] = zlib.crc32(whole[at:end]).to_bytes(4, "big")
    changed = tmp_path / "changed.png"
    changed.write_bytes(whole)
    found = inspect(project, changed)
    assert found.verdict == "same content"
    assert found.credentials.state == "invalid"
    assert "assertion.hashedURI.mismatch" in found.credentials.codes


def test_a_manifest_on_another_picture(project: Project, tmp_path: Path, picture: Path, make: Make) -> None:
    """The chunk of one file put into another: the manifest is whole, and it is not that of this picture."""
    first = make(picture).path.read_bytes()
    at = first.index(b"caBX") - 4
    chunk = first[at : at + 12 + int.from_bytes(first[at : at + 4], "big")]
    innocent = png(scene(9))
    header = 8 + 25
    swapped = tmp_path / "swapped.png"
    swapped.write_bytes(innocent[:header] + chunk + innocent[header:])
    found = inspect(project, swapped)
    assert found.verdict == "unknown"
    assert found.credentials.state == "invalid"
    assert "assertion.dataHash.mismatch" in found.credentials.codes


def test_a_signer_is_trusted_by_whom_trusts_the_root(
    project: Project, tmp_path: Path, picture: Path, use: AllowedUse, signing: Path, c2pa: ModuleType
) -> None:
    made = mark(project, picture, tmp_path / "marked.png", [use], read_signing_identity(signing))
    make_signing_identity(tmp_path / "others", "Another house")
    assert inspect(project, made.path, signing / ROOT).credentials.state == "trusted"
    found = inspect(project, made.path, tmp_path / "others" / ROOT)
    assert found.credentials.state == "untrusted"
    assert found.credentials.codes == ("signingCredential.untrusted",)
    assert "Self-made for demonstration" in found.credentials.said.signer


def test_an_expired_certificate(
    project: Project, tmp_path: Path, picture: Path, use: AllowedUse, c2pa: ModuleType
) -> None:
    # Good for a day that ends in two seconds by the clock of the library, which is the machine's own.
    with clock.frozen(clock.now() + timedelta(minutes=5) - timedelta(days=1) + timedelta(seconds=2.5)):
        ending = make_signing_identity(tmp_path / "ending", "Harbour Pictures", days=1)
    made = mark(project, picture, tmp_path / "marked.png", [use], ending)
    time.sleep(max(0.0, (ending.certificate.not_valid_after_utc - clock.now()).total_seconds() + 1.1))
    found = inspect(project, made.path, tmp_path / "ending" / ROOT)
    assert found.verdict == "unaltered"
    assert found.credentials.state == "expired"
    assert "signingCredential.expired" in found.credentials.codes


def test_decisions_of_another_ledger_are_not_judged(tmp_path: Path, picture: Path, make: Make) -> None:
    made = make(picture)
    other = Project.init(tmp_path / "other")
    found = inspect(other, made.path)
    assert found.verdict == "unknown"
    assert found.uses_here is None
    assert found.credentials.said.uses


def test_a_decision_that_is_not_on_the_ledger_is_told(
    project: Project, tmp_path: Path, picture: Path, c2pa: ModuleType, make: Make, signing: Path
) -> None:
    """Whoever makes a manifest of their own may name any decision."""
    from openslate.accounts.marking import content_credentials
    from openslate.accounts.marking.known_files import ledger_name
    from openslate.accounts.marking.manifests import RESERVED, manifest

    make(picture)
    for number, uses in enumerate(([(1, "f" * 64)], [(99, "f" * 64)])):
        forged = tmp_path / f"forged-{number}.png"
        said = manifest("x", "algorithmicMedia", RESERVED, ledger_name(project), uses, "1", parent=None)
        with _other(tmp_path, 11).open("rb") as source, forged.open("x+b") as target:
            content_credentials.write(source, target, "image/png", said, read_signing_identity(signing), None)
        found = inspect(project, forged)
        assert found.verdict == "unknown"
        assert found.uses_here is False
        assert "do not stand" in " ".join(found.sentences())


def test_a_manifest_elsewhere_is_not_fetched(
    project: Project, tmp_path: Path, picture: Path, c2pa: ModuleType, signing: Path
) -> None:
    identity = read_signing_identity(signing)
    actions = {"actions": [{"action": "c2pa.created", "digitalSourceType": f"{IPTC}digitalCapture"}]}
    algorithm = c2pa.C2paSigningAlg.ED25519
    remote = tmp_path / "remote.png"
    with (
        c2pa.Signer.from_callback(identity.sign, algorithm, identity.chain, None) as signer,
        c2pa.Builder({"assertions": [{"label": "c2pa.actions.v2", "data": actions}]}) as builder,
        picture.open("rb") as source,
        remote.open("x+b") as target,
    ):
        builder.set_no_embed()
        builder.set_remote_url("http://127.0.0.1:9/manifest.c2pa")
        builder.sign(signer, "image/png", source, target)
    assert inspect(project, remote).credentials.state == "elsewhere"


def test_after_an_erasure_the_ledger_still_knows_the_file(
    project: Project, tmp_path: Path, picture: Path, make: Make
) -> None:
    made = make(picture)
    project.vault.execute("DELETE FROM papers WHERE subject = ?", ("h-ada",))
    assert project.vault.rows("SELECT * FROM paper_keys") == []
    found = inspect(project, made.path)
    assert found.verdict == "unaltered"
    assert found.matches[0].known.described is None
    assert "description was erased" in " ".join(found.sentences())
    assert inspect(project, picture).verdict == "same content"
    again = inspect(project, stored(made.path, tmp_path / "again.jpg", "JPEG"))
    assert again.verdict == "unknown"


def test_the_older_assertion_on_mining_is_read(
    project: Project, tmp_path: Path, picture: Path, c2pa: ModuleType, signing: Path
) -> None:
    from openslate.accounts.marking import content_credentials

    said: Any = {
        "title": "x",
        "claim_generator_info": [{"name": "Another tool", "version": "1"}],
        "assertions": [
            {
                "label": "c2pa.actions.v2",
                "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": f"{IPTC}digitalCapture"}]},
            },
            {
                "label": "c2pa.training-mining",
                "data": {"entries": {"c2pa.ai_training": {"use": "constrained", "constraint_info": "ask us"}}},
            },
        ],
    }
    target = tmp_path / "older.png"
    with picture.open("rb") as source, target.open("x+b") as copy:
        content_credentials.write(source, copy, "image/png", said, read_signing_identity(signing), None)
    (one,) = inspect(project, target).credentials.said.reserved
    assert (one.entry, one.use, one.information) == ("c2pa.ai_training", "constrained", "ask us")


def test_roots_that_are_none_are_refused(project: Project, picture: Path) -> None:
    with pytest.raises(UsageError, match="trusted roots"):
        inspect(project, picture, picture)


def test_a_picture_that_is_too_plain_is_said_to_be(project: Project, tmp_path: Path, c2pa: ModuleType) -> None:
    from PIL import Image

    plain = tmp_path / "grey.png"
    Image.new("RGB", (64, 64), "grey").save(plain)
    found = inspect(project, plain)
    assert found.verdict == "unknown"
    assert "too plain" in " ".join(found.sentences())
