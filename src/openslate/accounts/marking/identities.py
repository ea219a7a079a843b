"""Who signs: a private key with its chain of certificates, in a folder outside every project."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openslate import clock
from openslate.errors import RightsError, UsageError
from openslate.rights.keys import write_private
from openslate.settings import FILE_NAME
from openslate.storage.files import OWNER_ONLY, make_folder, write_atomically

KEY, CHAIN, ROOT = "signing.key", "chain.pem", "root.pem"
SELF_MADE = "Self-made for demonstration, trusted by nobody else"
"""The organisation that a self-made certificate names, which every reader of a manifest shows."""
DAYS = 3 * 365
COORDINATE_BYTES = 32
PrivateKey: TypeAlias = Ed25519PrivateKey | ec.EllipticCurvePrivateKey
KINDS = "an Ed25519 key, or an elliptic-curve key on P-256 (ES256)"


@dataclass(frozen=True)
class SigningIdentity:
    """What manifests are signed with.

    Attributes:
        key: the private key; it is never printed.
        chain: certificates in PEM, the signer's own first.
    """

    key: PrivateKey
    chain: str

    def __repr__(self) -> str:
        return f"SigningIdentity({self.name!r})"

    @property
    def certificate(self) -> x509.Certificate:
        """The signer's own."""
        return x509.load_pem_x509_certificate(self.chain.encode())

    @property
    def name(self) -> str:
        """As the certificate names the signer."""
        said = self.certificate.subject
        wanted = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        return ", ".join(str(one.value) for kind in wanted for one in said.get_attributes_for_oid(kind))

    @property
    def algorithm(self) -> str:
        """ED25519 or ES256, as COSE has them."""
        return "ED25519" if isinstance(self.key, Ed25519PrivateKey) else "ES256"

    def sign(self, data: bytes) -> bytes:
        """The signature as COSE has it.

        Source: RFC 9053, sections 2.1 and 2.2.
        """
        if isinstance(self.key, Ed25519PrivateKey):
            return self.key.sign(data)
        first, second = decode_dss_signature(self.key.sign(data, ec.ECDSA(hashes.SHA256())))
        return first.to_bytes(COORDINATE_BYTES, "big") + second.to_bytes(COORDINATE_BYTES, "big")


def read_signing_identity(folder: Path) -> SigningIdentity:
    """The key and chain that lie in a folder, as `signing.key` and `chain.pem`.

    Raises:
        UsageError: a file is missing, or the folder lies in a project.
        RightsError: others may read the key, it is of another kind, or does not belong to the chain.
    """
    _refuse_project(folder)
    key_path, chain_path = folder / KEY, folder / CHAIN
    try:
        if key_path.stat().st_mode & 0o077:
            raise RightsError(
                f"Others than its owner may read the key {key_path}.",
                f"Say `chmod 600 {key_path}`, and think about who has read it.",
            )
        key = load_pem_private_key(key_path.read_bytes(), password=None)
        chain = chain_path.read_text(encoding="ascii")
        leaf = x509.load_pem_x509_certificates(chain.encode())[0]
    except FileNotFoundError as error:
        raise UsageError(
            f"There is no {error.filename}.",
            f"Put the key and its chain there as {KEY} and {CHAIN}, or make a pair for demonstration.",
        ) from None
    except (OSError, ValueError, TypeError) as error:
        raise RightsError(
            f"The signing identity in {folder} cannot be read: {error}.", "Put it there again."
        ) from error
    if not isinstance(key, Ed25519PrivateKey) and not (
        isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)
    ):
        raise RightsError(f"The key {key_path} is of a kind that is not used here.", f"Use {KINDS}.")
    if key.public_key() != leaf.public_key():
        raise RightsError(
            f"The key {key_path} is not that of the first certificate in {chain_path}.",
            "Put the signer's own certificate first, and the key that belongs to it beside it.",
        )
    return SigningIdentity(key, chain)


def make_signing_identity(folder: Path, name: str, days: int = DAYS) -> SigningIdentity:
    """Make a key and a chain of one's own, for demonstration: nobody trusts it who was not given its root.

    The root's key is thrown away, so that it never vouches for anybody else.

    Args:
        folder: outside every project; `signing.key`, `chain.pem` and `root.pem` are written into it.
        name: of the signer, as manifests show it.
        days: how long the certificates are good; without a time stamp a manifest is not good for longer.

    Raises:
        UsageError: the folder lies in a project, holds an identity already, or the name or number of days is wrong.
        RightsError: the folder cannot be written.
    """
    _refuse_project(folder)
    if not name.strip() or len(name) > 60 or not name.isprintable():
        raise UsageError(f"{name!r} is no name of a signer.", "Give one of 1 to 60 printable characters.")
    if not 1 <= days <= 10 * 365:
        raise UsageError(f"A certificate cannot be good for {days} days.", "Give from 1 to 3650.")
    if (folder / KEY).exists() or (folder / CHAIN).exists():
        raise UsageError(f"{folder} holds a signing identity already.", "Use it, or name another folder.")
    root_key, key = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    root = _certificate(f"{name} root", f"{name} root", root_key, root_key, days, authority=True)
    leaf = _certificate(name, f"{name} root", key, root_key, days, authority=False)
    chain = leaf + root
    try:
        make_folder(folder, OWNER_ONLY)
        write_private(folder / KEY, key)
        write_atomically(folder / ROOT, root)
        write_atomically(folder / CHAIN, chain)
    except OSError as error:
        raise RightsError(
            f"The signing identity cannot be written to {folder}: {error.strerror}.", "Name another folder."
        ) from error
    return SigningIdentity(key, chain.decode())


def _certificate(
    name: str, issuer: str, key: Ed25519PrivateKey, issuer_key: Ed25519PrivateKey, days: int, *, authority: bool
) -> bytes:
    """One certificate in PEM, with the extensions that a signer of manifests must have (C2PA 2.x, section 14.5)."""
    begins = clock.now() - timedelta(minutes=5)
    public = key.public_key()
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    if not authority:
        purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
        builder = builder.add_extension(purposes, critical=False)
    return builder.sign(issuer_key, None).public_bytes(Encoding.PEM)


def _named(name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, SELF_MADE), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )


def _refuse_project(folder: Path) -> None:
    whole = folder.resolve()
    inside = next((one for one in (whole, *whole.parents) if (one / FILE_NAME).exists()), None)
    if inside is not None:
        raise UsageError(
            f"The folder of keys {folder} lies in the project {inside}.",
            "Name one outside every project, so that whoever copies the project does not copy the key.",
        )


def read_roots(path: Path) -> str:
    """Certificates to trust, from a file in PEM.

    Raises:
        UsageError: there is no such file, or it holds no certificate.
    """
    try:
        text = path.read_text(encoding="ascii")
        x509.load_pem_x509_certificates(text.encode())
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "it holds no certificate"
        raise UsageError(
            f"The trusted roots {path} cannot be read: {reason}.", "Name a file of certificates in PEM."
        ) from None
    return text
