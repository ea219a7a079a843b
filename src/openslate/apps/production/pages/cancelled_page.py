"""A call sheet that cancels a day: where its scenes are now, and when those who were called are wanted next."""

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import scenes_words, weekday_words
from openslate.apps.production.pages.cast_revisions import who_was
from openslate.apps.production.pages.lengths import clock_words
from openslate.apps.production.pages.revisions import revision_colour, where_now
from openslate.apps.production.pages.shown import ShownDay
from openslate.drawing.paper import Page, Paper, paper_document
from openslate.drawing.sheet import Block, Facts, Prose, Section, Table


def cancelled_page(board: Board, gone: ShownDay, revision: int = 1) -> str:
    """A call sheet for a day on which nothing is shot any more, as a complete HTML document.

    Args:
        board: as it is now.
        gone: the day as its call sheet showed it.
        revision: as `call_sheet_page` has it.

    Raises:
        UsageError: the revision is below 0.
    """
    return paper_document(
        Paper(
            overline=f"Call sheet · cancelled · {revision_colour(revision)} revision",
            heading=board.shoot.name,
            made=weekday_words(gone.date),
            verdict=f"This day is cancelled; its {_moved(board, gone)}.",
            findings=[],
            pages=[
                Page(
                    [
                        [Section("What was planned", [_planned(gone)])],
                        [Section("Scenes", [_scenes(board, gone)])],
                        [Section("Cast", [_cast(board, gone)])],
                    ]
                )
            ],
            foot="",
        )
    )


def _moved(board: Board, gone: ShownDay) -> str:
    places: dict[str, list[str]] = {}
    for one in gone.scenes:
        places.setdefault(where_now(board, one.number), []).append(one.number)
    if len(places) == 1:
        return f"scenes are now {next(iter(places))}"
    return f"scenes are elsewhere: {'; '.join(f'{scenes_words(those)} {where}' for where, those in places.items())}"


def _planned(gone: ShownDay) -> Facts:
    pairs = [("Unit call", f"was {clock_words(gone.call)}"), ("Wrap", f"was {clock_words(gone.wrap)}")]
    return Facts([*pairs, ("Was at", ", ".join(gone.places))])


def _scenes(board: Board, gone: ShownDay) -> Table:
    known = board.shoot.scene_of
    rows = [
        (one.number, known[one.number].set if one.number in known else "–", where_now(board, one.number))
        for one in gone.scenes
    ]
    return Table("As they were to be shot", ("scene", "set", "is now"), rows)


def _cast(board: Board, gone: ShownDay) -> Block:
    if not gone.cast:
        return Prose("Nobody of the cast was called.")
    rows = [
        (one.id, who_was(one, board.shoot), clock_words(one.on_set), _next(board, one.id, gone)) for one in gone.cast
    ]
    return Table("None of them is called on this day", ("no.", "part", "was on set", "next works"), rows)


def _next(board: Board, member: str, gone: ShownDay) -> str:
    if member not in board.shoot.member_of:
        return "not in the shoot"
    day = next((one for one in board.work_days(member) if one > gone.date), None)
    return "no more" if day is None else weekday_words(day)
