"""The database of the desk, opened where a command needs it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from openslate.apps.press.desk.steps import STEPS
from openslate.errors import ProjectError
from openslate.project import Project
from openslate.storage.files import make_folder
from openslate.storage.state import SqlValue, State

FOLDER = "press"
NAME = "desk.sqlite"


class Desk:
    """The coverage of one project.

    Stability: provisional.

    Args:
        project: whose coverage it is; `press/desk.sqlite` is made at first use.

    Raises:
        ProjectError: the file cannot be made or used, is damaged, or comes from a newer Openslate.

    Example:
        >>> import tempfile
        >>> project = Project.init(Path(tempfile.mkdtemp()) / "svc")
        >>> Desk(project).rows("SELECT count(*) FROM items")
        [(0,)]
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.folder = project.folder / FOLDER
        try:
            make_folder(self.folder)
        except OSError as error:
            raise ProjectError(f"{self.folder} cannot be made: {error.strerror}.", "Mend its permissions.") from error
        self._state = State(self.folder / NAME, new=True, steps=STEPS)

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._state.path

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside take effect together, or none does."""
        with self._state.transaction():
            yield

    def execute(self, sql: str, values: Sequence[SqlValue] = ()) -> None:
        """Run one statement with its parameters.

        Raises:
            ProjectError: the disk is full, the file may not be written, or it is damaged.
        """
        self._state.execute(sql, values)

    def rows(self, sql: str, values: Sequence[SqlValue] = ()) -> list[tuple[SqlValue, ...]]:
        """All rows of one query.

        Raises:
            ProjectError: the file cannot be read, or is damaged.
        """
        return self._state.rows(sql, values)

    def close(self) -> None:
        """Release the file."""
        self._state.close()
