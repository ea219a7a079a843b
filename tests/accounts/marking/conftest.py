"""What the tests of marking share: the c2pa extra where it is installed, decisions, pictures and sounds."""

import io
import struct
import wave
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from openslate.accounts.marking.identities import SigningIdentity, make_signing_identity
from openslate.accounts.marking.images import INSTALL
from openslate.accounts.marking.mark import MarkedFile, mark
from openslate.accounts.marking.uses import AllowedUse
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.commitments import commitment
from openslate.rights.records.store import grant
from openslate.rights.use_entry import UseEntry
from tests.rights.people import PERFORMER
from tests.used import USE

Make = Callable[..., MarkedFile]


@pytest.fixture(scope="session")
def c2pa() -> ModuleType:
    """The c2pa module, with Pillow beside it, or a skip that says what did not run."""
    reason = f"C2PA MISSING: install it with {INSTALL}"
    pytest.importorskip("PIL", reason=reason)
    found: ModuleType = pytest.importorskip("c2pa", reason=reason)
    return found


@pytest.fixture(scope="session")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a self-made identity."""
    folder = tmp_path_factory.mktemp("signing") / "identity"
    make_signing_identity(folder, "Harbour Pictures")
    return folder


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> SigningIdentity:
    return make_signing_identity(tmp_path_factory.mktemp("signing") / "another", "Harbour Pictures, tests")


@pytest.fixture
def use(project: Project) -> AllowedUse:
    """A decision that allowed a use."""
    return spent_use(project, "h-ada")


@pytest.fixture
def make(project: Project, tmp_path: Path, use: AllowedUse, identity: SigningIdentity, c2pa: ModuleType) -> Make:
    """Marks a file under a name of its own: the first by `use`, and each other file by a use of its own."""
    uses: dict[Path, AllowedUse] = {}

    def made(source: Path, name: str = "", **others: Any) -> MarkedFile:
        given = uses.setdefault(source, spent_use(project, use.subject) if uses else use)
        return mark(project, source, tmp_path / (name or f"marked-{source.name}"), [given], identity, **others)

    return made


def scene(seed: int, width: int = 160, height: int = 120) -> NDArray[np.uint8]:
    """A picture with large and small things in it: uint8 [height, width, 3]."""
    rng = np.random.default_rng(seed)
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    layers = []
    for _ in range(3):
        waves = sum(
            rng.uniform(0.2, 1)
            / (1 + first + second)
            * np.cos(np.pi * (first * across + second * down) + rng.uniform(0, 6))
            for first in range(12)
            for second in range(12)
        )
        layers.append((waves - np.min(waves)) / np.ptp(waves) * 255)
    return np.stack(layers, axis=-1).astype(np.uint8)


def png(pixels: NDArray[np.uint8], text: str = "") -> bytes:
    """A picture as PNG, written without any library."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width, _ = pixels.shape
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)
    extra = chunk(b"tEXt", b"Comment\0" + text.encode("latin-1")) if text else b""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def wav(samples: bytes = bytes(range(256)) * 20, comment: bytes = b"") -> bytes:
    """A sound, with or without a chunk of text behind its samples."""
    memory = io.BytesIO()
    with wave.open(memory, "wb") as sound:
        sound.setparams((1, 2, 48000, 0, "NONE", ""))
        sound.writeframes(samples)
    whole = memory.getvalue()
    if comment:
        whole += b"note" + struct.pack("<I", len(comment)) + comment + b"\0" * (len(comment) % 2)
        whole = whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]
    return whole


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "take.png"
    path.write_bytes(png(scene(1)))
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "line.wav"
    path.write_bytes(wav())
    return path


def record_of(subject: str) -> str:
    """The id of a person's consent, which names nobody."""
    return f"rec-{subject.removeprefix('h-')}"


def use_of(project: Project, subject: str) -> UseEntry:
    """A use of a person as the ledger has it."""
    return replace(USE, subject=commitment(project, "subject", subject), record=record_of(subject))


def spent_use(project: Project, subject: str) -> AllowedUse:
    """An allowed use of a consent in force whose token was spent, as `rights.authorising` leaves it on the ledger."""
    grant(project, replace(PERFORMER, record_id=record_of(subject), subject_id=subject))
    entry = ledger.append(project, use_of(project, subject).to_entry()).index
    ledger.append(project, {"decision": "spend", "use": entry, "request": USE.request})
    return AllowedUse(entry, subject)
