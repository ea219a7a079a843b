"""Where a board goes: pages, tables, its own file, and one for other programs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openslate.errors import AdmitError, ProjectError, UsageError

if TYPE_CHECKING:
    from openslate.apps.production.reading.uss.reader import ReadBoard
    from openslate.apps.production.shoot.shoot import Shoot
    from openslate.apps.production.writing.plan import Plan


@dataclass(frozen=True)
class Outputs:
    """The files and folders that were asked for; None for each that was not."""

    pages: Path | None = None
    tables: Path | None = None
    board: Path | None = None
    uss: Path | None = None
    shoot: Path | None = None

    def check(self, *read: Path | None) -> None:
        """Refuse what cannot be written, or would be written over, as far as that is seen beforehand.

        Args:
            read: files that the command reads; none of them is written to.

        Raises:
            UsageError: a folder is a file, a file a folder, or two of the files are one.
            ProjectError: a file is there already and is something else than would be written.
        """
        from openslate.apps.production.writing.plan import check_folder

        for folder in (self.pages, self.tables):
            if folder is not None:
                check_folder(folder)
        files = [file for file in (self.board, self.uss, self.shoot) if file is not None]
        for file in files:
            if file.is_dir() or not file.parent.is_dir():
                what = "is a folder" if file.is_dir() else "lies in a folder that is not there"
                raise UsageError(f"{file} {what}.", "Name a file in a folder that exists.")
        known = [file.resolve() for file in (*files, *(one for one in read if one is not None))]
        twice = next((file for file in files if known.count(file.resolve()) > 1), None)
        if twice is not None:
            raise UsageError(f"{twice} is named twice.", "Give each thing that is read or written a file of its own.")
        for output, mark in ((self.board, b'"openslate_board"'), (self.uss, b'"universalScheduleStandard"')):
            if output is not None and output.exists() and mark not in output.read_bytes():
                raise ProjectError(f"{output} is there already and holds something else.", "Name another file.")
        if self.shoot is not None and self.shoot.exists():
            # Somebody may have written it by hand.
            raise ProjectError(f"{self.shoot} is there already.", "Name another file, or move it away.")

    def kept(self, shoot: "Shoot", folder: Path, board: Path | None) -> "ReadBoard | None":
        """The schedule whose notes and the like go into the file for other programs; None where there is none.

        Args:
            shoot: of the board.
            folder: of the shoot's file.
            board: that is read; None where none is.

        Raises:
            AdmitError: it cannot be read.
            ProjectError: a file is there already, and would lose something.
        """
        from openslate.apps.production.writing.uss.over import schedule_of, there_already

        if self.uss is None:
            return None
        found = schedule_of(shoot, folder, board)
        return there_already(self.uss, shoot, found) or found

    def write(
        self, plan: "Plan", solver: Mapping[str, int | float | str | bool], kept: "ReadBoard | None" = None
    ) -> tuple[str, ...]:
        """Write all of them.

        Args:
            plan: the board and what is known of it.
            solver: what the solver said, for the board's own file.
            kept: the schedule that the file for other programs keeps the rest of; see `kept`.

        Returns:
            Where they are, and what a person should know of them, in sentences.

        Raises:
            AdmitError: something cannot be written.
        """
        try:
            return tuple(self._written(plan, solver, kept))
        except OSError as error:
            raise AdmitError(
                f"{error.filename or 'The plan'} cannot be written: {error.strerror}.", "Name another place."
            ) from error

    def _written(
        self, plan: "Plan", solver: Mapping[str, int | float | str | bool], kept: "ReadBoard | None"
    ) -> Iterator[str]:
        from openslate.apps.production.board.board_file import write_board
        from openslate.apps.production.writing.plan import write_pages, write_tables
        from openslate.apps.production.writing.shoot_file import write_shoot
        from openslate.apps.production.writing.uss.over import taken_out
        from openslate.apps.production.writing.uss.writer import write_uss
        from openslate.storage.files import write_atomically

        if self.pages is not None:
            yield from write_pages(self.pages, plan)
            yield f"The pages are in {self.pages}: open stripboard.html in a browser."
        if self.tables is not None:
            write_tables(self.tables, plan.board)
            yield f"The tables are in {self.tables}."
        if self.board is not None:
            write_board(self.board, plan.board, solver, plan.condition if "bound" in solver else None)
            yield f"The board is {self.board}."
        if self.uss is not None:
            for notice in (*taken_out(plan.board, kept), *write_uss(self.uss, plan.board, kept)):
                yield f"{self.uss}: {notice.words}"
            yield f"The board for other programs is {self.uss}."
        if self.shoot is not None:
            write_atomically(self.shoot, write_shoot(plan.board.shoot).encode())
            yield f"The shoot as it has become is {self.shoot}."
