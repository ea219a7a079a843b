"""Content Credentials: manifests written into files and read out of them, with the c2pa extra and no network."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, Literal, TypeAlias

from openslate.accounts.marking.identities import SigningIdentity
from openslate.accounts.marking.images import INSTALL
from openslate.accounts.marking.manifests import Said, read_manifest
from openslate.errors import MissingExtra, RightsError
from openslate.native import load
from openslate.rights.canonical import JsonValue

State: TypeAlias = Literal["none", "trusted", "untrusted", "expired", "invalid", "unreadable", "elsewhere", "unchecked"]
STATES: Mapping[State, str] = {
    "none": "It carries no Content Credentials.",
    "trusted": "Its Content Credentials are valid, and their signer is trusted.",
    "untrusted": "Its Content Credentials are intact, and nobody vouches for their signer.",
    "expired": "Its Content Credentials are intact, and the certificate of their signer has expired.",
    "invalid": "Its Content Credentials are invalid: the file or the manifest was changed after it was signed.",
    "unreadable": "Its Content Credentials cannot be read.",
    "elsewhere": "Its Content Credentials lie at an address on the network, and were not fetched.",
    "unchecked": "Its Content Credentials were not looked at.",
}
UNTRUSTED, EXPIRED = "signingCredential.untrusted", "signingCredential.expired"
PARENT = "parent"
MOST_CODES = 20


@dataclass(frozen=True)
class Credentials:
    """What the manifest of a file is worth, and what it says.

    Attributes:
        state: see `STATES`.
        codes: why, as the standard names it, such as 'assertion.dataHash.mismatch'.
        said: what the manifest says; believe it only where the state is 'trusted'.
        note: what stood in the way, in a sentence; empty without.
    """

    state: State
    codes: tuple[str, ...] = ()
    said: Said = Said()
    note: str = ""


def c2pa() -> Any:
    """The module that writes and reads manifests.

    Raises:
        MissingExtra: it is not installed.
    """
    return load("c2pa", "Content Credentials", INSTALL)


def write(
    source: IO[bytes],
    target: IO[bytes],
    media_type: str,
    definition: Mapping[str, JsonValue],
    identity: SigningIdentity,
    parent: str | None,
) -> None:
    """Write a copy of a file with a signed manifest in it, without thumbnails and without asking anybody for the time.

    Args:
        source: open for reading.
        target: open for writing and reading, and empty.
        media_type: of the file.
        definition: as `manifest` gives it.
        identity: whose signature.
        parent: label of the ingredient that stands for the file's earlier manifest, which is kept; None without one.

    Raises:
        RightsError: it cannot be signed.
        MissingExtra: the c2pa extra is not installed.
    """
    library = c2pa()
    algorithm = library.C2paSigningAlg[identity.algorithm]
    try:
        with (
            _context(library) as context,
            library.Signer.from_callback(identity.sign, algorithm, identity.chain, None) as signer,
            library.Builder(json.dumps(definition), context=context) as builder,
        ):
            if parent is not None:
                source.seek(0)
                ingredient = {"title": definition["title"], "relationship": "parentOf", "label": parent}
                builder.add_ingredient(json.dumps(ingredient), media_type, source)
            source.seek(0)
            builder.sign(signer, media_type, source, target)
    except library.C2paError as error:
        raise RightsError(
            f"The file cannot be signed: {_reason(error)}.",
            "Mend what it says; if the certificate has expired or lacks a purpose, ask its issuer for another one.",
        ) from error


def read(file: IO[bytes], roots: str | None = None) -> Credentials:
    """What the manifest of a file is worth, and what it says.

    Args:
        file: open for reading.
        roots: certificates in PEM that are trusted; None trusts nobody.
    """
    try:
        library = c2pa()
    except MissingExtra as error:
        return Credentials("unchecked", note=f"{error.what} {error.way_out}")
    file.seek(0)
    try:
        with _context(library, roots) as context, library.Reader(None, file, context=context) as reader:
            return _credentials(json.loads(reader.json()))
    except (library.C2paError.ManifestNotFound, library.C2paError.NotSupported):
        return Credentials("none")
    except library.C2paError as error:
        reason = _reason(error)
        # The library has a type for this, and raises its root.
        if isinstance(error, library.C2paError.RemoteManifest) or reason.startswith("must fetch remote"):
            return Credentials("elsewhere")
        return Credentials("unreadable", note=f"The file's structure is damaged ({reason}).")
    except ValueError:
        return Credentials("unreadable", note="What its manifest says is no JSON.")


def _context(library: Any, roots: str | None = None) -> Any:
    settings: dict[str, Any] = {
        "version": 1,
        "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
        # A thumbnail would show a person wherever the manifest goes, and is most of its size.
        "builder": {"thumbnail": {"enabled": False}},
    }
    if roots is not None:
        settings["trust"] = {"user_anchors": roots}
    return library.Context.from_dict(settings)


def _credentials(found: Mapping[str, Any]) -> Credentials:
    said = read_manifest(found.get("manifests", {}).get(found.get("active_manifest")))
    codes = [str(one.get("code", "")) for one in found.get("validation_status") or []]
    codes = list(dict.fromkeys(codes))[:MOST_CODES]
    state: State = "invalid"
    if found.get("validation_state") == "Trusted":
        state = "trusted"
    elif found.get("validation_state") == "Valid":
        state = "untrusted"
    elif EXPIRED in codes and set(codes) <= {EXPIRED, UNTRUSTED}:
        state = "expired"
    return Credentials(state, tuple(codes), said)


def _reason(error: Exception) -> str:
    """The library's words in one line, without the name of its own error type."""
    text = " ".join(str(error).split())
    kind, _, rest = text.partition(": ")
    text = rest if rest and kind.isalpha() else text
    return "".join(letter if letter.isprintable() else "?" for letter in text[:300]).rstrip(".")
