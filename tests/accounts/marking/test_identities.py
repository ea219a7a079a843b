"""Keys lie outside every project, for their owner's eyes; a self-made chain says that nobody else trusts it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openslate.accounts.marking.identities import (
    CHAIN,
    KEY,
    ROOT,
    SELF_MADE,
    make_signing_identity,
    read_roots,
    read_signing_identity,
)
from openslate.errors import RightsError, UsageError
from openslate.project import Project

Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def write_elliptic(folder: Path, key: Private | None = None) -> None:
    """An identity with a key of another kind, its certificate issued by a root of its own."""
    folder.mkdir()
    key = key or ec.generate_private_key(ec.SECP256R1())
    root = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)

    def named(name: str) -> x509.Name:
        return x509.Name(
            [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tests"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
        )

    def usage(signs: bool) -> x509.KeyUsage:
        return x509.KeyUsage(signs, False, False, False, False, not signs, False, False, False)

    def built(name: str, public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey, leaf: bool) -> bytes:
        builder = (
            x509.CertificateBuilder(named("root"), named(name), public, x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(not leaf, None), True)
            .add_extension(usage(leaf), True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), False)
        )
        if leaf:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
        return builder.sign(root, hashes.SHA256()).public_bytes(Encoding.PEM)

    (folder / CHAIN).write_bytes(built("signer", key.public_key(), True) + built("root", root.public_key(), False))
    (folder / KEY).write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / KEY).chmod(0o600)


def test_a_self_made_identity_is_read_again(tmp_path: Path) -> None:
    made = make_signing_identity(tmp_path / "keys", "Harbour Pictures")
    found = read_signing_identity(tmp_path / "keys")
    assert found.chain == made.chain
    assert SELF_MADE in found.name
    assert "Harbour Pictures" in found.name
    assert found.algorithm == "ED25519"
    public = found.certificate.public_key()
    assert isinstance(public, Ed25519PublicKey)
    public.verify(found.sign(b"abc"), b"abc")
    assert "PRIVATE" not in repr(found)


def test_the_key_is_for_its_owner_and_the_root_has_none(tmp_path: Path) -> None:
    make_signing_identity(tmp_path / "keys", "Harbour Pictures")
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0
    assert (tmp_path / "keys" / KEY).stat().st_mode & 0o077 == 0
    assert sorted(one.name for one in (tmp_path / "keys").iterdir()) == sorted((KEY, CHAIN, ROOT))
    leaf, root = x509.load_pem_x509_certificates((tmp_path / "keys" / CHAIN).read_bytes())
    leaf.verify_directly_issued_by(root)
    assert (tmp_path / "keys" / ROOT).read_bytes() == root.public_bytes(Encoding.PEM)
    assert leaf.public_key() != root.public_key()


def test_an_elliptic_key_signs_as_cose_has_it(tmp_path: Path) -> None:
    write_elliptic(tmp_path / "keys")
    found = read_signing_identity(tmp_path / "keys")
    assert found.algorithm == "ES256"
    signature = found.sign(b"abc")
    assert len(signature) == 64
    public = found.certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    numbers = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public.verify(encode_dss_signature(*numbers), b"abc", ec.ECDSA(hashes.SHA256()))


def test_keys_never_lie_in_a_project(project: Project) -> None:
    for folder in (project.folder, project.people / "keys"):
        with pytest.raises(UsageError, match="lies in the project"):
            make_signing_identity(folder, "Harbour Pictures")
        with pytest.raises(UsageError, match="lies in the project"):
            read_signing_identity(folder)
    assert not (project.people / "keys").exists()


def test_a_link_into_a_project_is_one(project: Project, tmp_path: Path) -> None:
    (tmp_path / "keys").symlink_to(project.people)
    with pytest.raises(UsageError, match="lies in the project"):
        make_signing_identity(tmp_path / "keys", "Harbour Pictures")


def test_an_identity_is_never_replaced(tmp_path: Path) -> None:
    make_signing_identity(tmp_path / "keys", "Harbour Pictures")
    before = (tmp_path / "keys" / KEY).read_bytes()
    with pytest.raises(UsageError, match="already"):
        make_signing_identity(tmp_path / "keys", "Harbour Pictures")
    assert (tmp_path / "keys" / KEY).read_bytes() == before


@pytest.mark.parametrize(("name", "days"), [("", 9), (" ", 9), ("a\nb", 9), ("a" * 61, 9), ("a", 0), ("a", 3651)])
def test_names_and_days_that_make_no_certificate(tmp_path: Path, name: str, days: int) -> None:
    with pytest.raises(UsageError):
        make_signing_identity(tmp_path / "keys", name, days)
    assert not (tmp_path / "keys").exists()


def test_what_cannot_be_an_identity(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no .*signing\.key"):
        read_signing_identity(tmp_path)
    folder = tmp_path / "keys"
    make_signing_identity(folder, "Harbour Pictures")
    (folder / KEY).chmod(0o640)
    with pytest.raises(RightsError, match="Others than its owner"):
        read_signing_identity(folder)
    (folder / KEY).chmod(0o600)
    make_signing_identity(tmp_path / "other", "Harbour Pictures")
    (folder / CHAIN).write_bytes((tmp_path / "other" / CHAIN).read_bytes())
    with pytest.raises(RightsError, match="not that of the first certificate"):
        read_signing_identity(folder)
    (folder / CHAIN).write_text("no certificate")
    with pytest.raises(RightsError, match="cannot be read"):
        read_signing_identity(folder)


def test_keys_of_other_kinds_are_refused(tmp_path: Path) -> None:
    for name, key in (
        ("rsa", rsa.generate_private_key(65537, 2048)),
        ("p384", ec.generate_private_key(ec.SECP384R1())),
    ):
        write_elliptic(tmp_path / name, key)
        with pytest.raises(RightsError, match="not used here"):
            read_signing_identity(tmp_path / name)


def test_roots_are_certificates(tmp_path: Path) -> None:
    make_signing_identity(tmp_path / "keys", "Harbour Pictures")
    assert "BEGIN CERTIFICATE" in read_roots(tmp_path / "keys" / ROOT)
    (tmp_path / "none.pem").write_text("nothing")
    for name in ("none.pem", "missing.pem", "keys"):
        with pytest.raises(UsageError, match="trusted roots"):
            read_roots(tmp_path / name)
