"""One folder on disk, and the one object that is passed around.

svc/
  openslate.toml     settings
  state.sqlite       manifest, grants, registry, runs
  ledger.jsonl       every decision about people's data, append-only
  lake/              titles and other tables that are about no person
  people/            members, plays, ratings, impressions, consents, quarantine, pages, prepared histories: owner-only
  models/            content-addressed artifacts
  reports/           what people read
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from openslate.errors import ProjectError
from openslate.settings import FILE_NAME, FORMAT, TEMPLATE, Settings, read_settings
from openslate.storage.files import OWNER_ONLY, make_folder, write_atomically
from openslate.storage.lake import Lake
from openslate.storage.state import State
from openslate.storage.vault import Vault


@dataclass(frozen=True)
class Project:
    """A streaming service's data, models and decisions in one folder.

    Stability: stable.

    Attributes:
        folder: where it lies.
        settings: what its `openslate.toml` says.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp()) / "svc"
        >>> project = Project.init(folder)
        >>> Project.open(folder).folder == project.folder
        True
    """

    folder: Path
    settings: Settings

    @classmethod
    def init(cls, folder: str | Path) -> "Project":
        """Make a new project in an absent or empty folder.

        Raises:
            ProjectError: the folder holds something already, or cannot be written.
        """
        root = Path(folder)
        try:
            if root.exists() and any(root.iterdir()):
                raise ProjectError(
                    f"{root} is not empty.",
                    "It is a project already: use it as it is."
                    if (root / FILE_NAME).exists()
                    else "Name a new folder for the project.",
                )
            for name in ("lake", "models", "reports"):
                make_folder(root / name)
            make_folder(root / "people", OWNER_ONLY)
            State(root / "state.sqlite", new=True).close()
            # Last, because it is what makes the folder a project: a crash before it leaves nothing half-made.
            write_atomically(root / FILE_NAME, TEMPLATE.format(format=FORMAT).encode())
        except OSError as error:
            raise ProjectError(f"{root} cannot be made: {error.strerror}.", "Name another folder.") from error
        return cls.open(root)

    @classmethod
    def open(cls, folder: str | Path) -> "Project":
        """Open an existing project.

        Raises:
            ProjectError: the folder is no project, or its settings are wrong.
        """
        root = Path(folder)
        return cls(root.resolve(), read_settings(root))

    @cached_property
    def state(self) -> State:
        """The SQLite state, opened at first use; it is made by `init` alone, never here.

        Raises:
            ProjectError: it is missing, empty or damaged.
        """
        return State(self.folder / "state.sqlite")

    @cached_property
    def lake(self) -> Lake:
        """The Parquet tables."""
        return Lake(self.folder, self.state, self.settings.limits)

    def earlier(self, snapshot: str, *tables: str) -> "Project | None":
        """The project with these tables as they stood when they were a snapshot, to be read; None where they are gone.

        Everything else, tables about people included, is as it is now. With the tables of the snapshot as they are
        now, it is the project itself.

        Args:
            snapshot: id of the snapshot, taken of the same tables.
            tables: names of tables.
        """
        if self.lake.snapshot(*tables).id == snapshot:
            return self
        lake = self.lake.earlier(snapshot, *tables)
        if lake is None:
            return None
        found = replace(self)
        # What was opened already serves both: one connection to SQLite, and other files of the lake.
        found.__dict__.update(state=self.state, lake=lake)
        return found

    @cached_property
    def vault(self) -> Vault:
        """Records, salts and tokens of people by name, opened at first use.

        Raises:
            RightsError: it cannot be opened or is damaged.
        """
        return Vault(self.people)

    @property
    def ledger_path(self) -> Path:
        """The append-only ledger of decisions."""
        return self.folder / "ledger.jsonl"

    @property
    def models(self) -> Path:
        """The folder of content-addressed artifacts."""
        return self.folder / "models"

    @property
    def people(self) -> Path:
        """The owner-only folder of everything about people."""
        return self.folder / "people"
