"""A use that was never made can be ended: then it is owed no more, and whatever races or crashes, it is not both."""

import multiprocessing
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openslate import clock
from openslate.accounts import book, disputes
from openslate.accounts.kept_reasons import PAPER
from openslate.accounts.periods import close_period
from openslate.accounts.person import person
from openslate.accounts.statements import statement, statement_json
from openslate.accounts.voiding import void
from openslate.cli.main import app
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.authorising import authorise, spend
from openslate.rights.commitments import commitment
from openslate.rights.dues import outstanding
from openslate.rights.gathering import standing_of
from openslate.rights.periods import month
from openslate.rights.records.store import grant
from tests.rights.people import GENERATE, NOW, PERFORMER

WHY = "The scene was cut, said Ida Lang."
NOVEMBER, DECEMBER = month(2026, 11), month(2026, 12)
USED = ("rec-performer", "generate")


@pytest.fixture
def studio(project: Project) -> Iterator[Project]:
    with clock.frozen(NOW):
        grant(project, PERFORMER)
        yield project


def asked(project: Project) -> tuple[int, str]:
    found = authorise(project, GENERATE)
    assert found.token is not None
    return found.entry.index, found.token


def due(project: Project) -> Decimal:
    return sum(
        (one.amount or Decimal(0) for one in outstanding([(o.index, o.entry) for o in book.read(project)])), Decimal(0)
    )


def voids(project: Project) -> int:
    return sum(1 for _ in ledger.search(project, "void"))


@pytest.mark.parametrize("by", ["token", "entry"])
@pytest.mark.parametrize("later", [0, 20])
def test_a_voided_use_is_not_owed_and_does_not_count(studio: Project, by: str, later: int) -> None:
    entry, token = asked(studio)
    assert due(studio) == 3000 and standing_of(studio).used == {USED: 1}
    with clock.frozen(NOW + timedelta(minutes=later)):
        found = void(studio, token if by == "token" else str(entry), WHY)
        assert (found.use, found.taken_by) == (entry, None)
        assert void(studio, str(entry), "Again.") == found and voids(studio) == 1
        assert due(studio) == 0 and standing_of(studio).used == {}
        with pytest.raises(RightsError, match="voided"):
            spend(studio, token, GENERATE)
    with clock.frozen(NOVEMBER.end + timedelta(days=1)):
        assert close_period(studio, NOVEMBER, "Northlight").statements == {}
    assert b"Ida Lang" not in studio.ledger_path.read_bytes()
    assert studio.vault.rows("SELECT subject FROM papers WHERE kind = ?", (PAPER,)) == [("h-ada",)]


def test_the_limit_is_free_again(studio: Project) -> None:
    first, *_ = [asked(studio) for _ in range(3)]
    assert authorise(studio, GENERATE).token is None
    void(studio, first[1], WHY)
    asked(studio)
    held = person(studio, "h-ada", "counsel")
    assert held.records[0].used["generate"] == 3
    assert [one.voided for one in held.uses] == [True, False, False, False]


def test_what_was_made_is_never_voided(studio: Project) -> None:
    entry, token = asked(studio)
    spend(studio, token, GENERATE)
    for named in (token, str(entry)):
        with pytest.raises(RightsError, match="was made"):
            void(studio, named, WHY)
    # A crash may leave the ledger's entry without the token's end; the entry counts.
    studio.vault.execute("UPDATE tokens SET spent = NULL")
    with pytest.raises(RightsError, match="was made"):
        void(studio, str(entry), WHY)
    assert voids(studio) == 0 and due(studio) == 3000


@pytest.mark.parametrize("named", ["0", "1", "999", "no-token"])
def test_only_an_allowed_use_can_be_voided(studio: Project, named: str) -> None:
    with pytest.raises(RightsError):
        void(studio, named, WHY)
    with pytest.raises(RightsError, match="The reason says nothing"):
        void(studio, str(asked(studio)[0]), " ")
    assert voids(studio) == 0


def test_a_closed_period_that_took_it_needs_a_correction(studio: Project) -> None:
    entry, _ = asked(studio)
    payee = commitment(studio, "payee", "h-ada")
    with clock.frozen(NOVEMBER.end + timedelta(days=1)):
        close_period(studio, NOVEMBER, "Northlight")
        before = statement_json(statement(studio, NOVEMBER, payee))
        assert void(studio, str(entry), WHY).taken_by == NOVEMBER
        assert due(studio) == 3000 and standing_of(studio).used == {}
        assert statement_json(statement(studio, NOVEMBER, payee)) == before
        line = statement(studio, NOVEMBER, payee)["lines"][0]["line"]
        disputes.adjust(studio, NOVEMBER, line, Decimal("-3000.00"), "units_corrected")
    with clock.frozen(DECEMBER.end + timedelta(days=1)):
        close_period(studio, DECEMBER, "Northlight")
        assert due(studio) == 0
        assert statement(studio, DECEMBER, payee)["totals"]["USD"]["closing"] == "0.00"


def test_a_period_leaves_out_what_was_voided_before_it_was_closed(studio: Project) -> None:
    (kept, _), (ended, _) = asked(studio), asked(studio)
    with clock.frozen(NOVEMBER.end + timedelta(days=1)):
        void(studio, str(ended), WHY)
        close_period(studio, NOVEMBER, "Northlight")
        found = statement(studio, NOVEMBER, commitment(studio, "payee", "h-ada"))
    assert [one["index"] for line in found["lines"] for one in line["decisions"]] == [kept]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_leaves_it_voided_or_as_it_was(studio: Project, when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, token = asked(studio)
    real = ledger.append

    def dies(*given: object) -> object:
        if when == "after":
            real(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr("openslate.accounts.voiding.ledger.append", dies)
        with pytest.raises(KeyboardInterrupt):
            void(studio, token, WHY)
    # The vault forgot it, as after a crash before its commit.
    assert studio.vault.rows("SELECT spent FROM tokens") == [(None,)]
    if when == "before":
        assert due(studio) == 3000 and spend(studio, token, GENERATE) == entry
        return
    assert due(studio) == 0
    with pytest.raises(RightsError, match="The use was voided"):
        spend(studio, token, GENERATE)
    void(studio, str(entry), WHY)
    assert voids(studio) == 1
    assert str(studio.vault.rows("SELECT spent FROM tokens")[0][0]).startswith("voided")


def _try(folder: Path, token: str, what: str, results: "multiprocessing.Queue[str]") -> None:
    project = Project.open(folder)
    with clock.frozen(NOW):
        try:
            void(project, token, WHY) if what == "void" else spend(project, token, GENERATE)
            results.put(what)
        except RightsError:
            results.put("refused")


def test_of_voiding_and_spending_at_once_one_is_refused(studio: Project) -> None:
    _, token = asked(studio)
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[str] = context.Queue()
    both = [context.Process(target=_try, args=(studio.folder, token, what, results)) for what in ("void", "spend")]
    for one in both:
        one.start()
    told = sorted(results.get(timeout=60) for _ in both)
    for one in both:
        one.join(60)
    assert told in (["refused", "void"], ["refused", "spend"])
    spends = sum(1 for _ in ledger.search(studio, "spend"))
    assert (spends, voids(studio)) == ((0, 1) if told[1] == "void" else (1, 0))


def test_on_the_command_line(studio: Project) -> None:
    first, second = asked(studio)[0], asked(studio)[0]
    command = ["--project", str(studio.folder), "rights", "void"]
    done = CliRunner().invoke(app, [*command, str(first), "--reason", WHY])
    assert done.exit_code == 0 and "is not owed" in done.output
    with clock.frozen(NOVEMBER.end + timedelta(days=1)):
        close_period(studio, NOVEMBER, "Northlight")
        done = CliRunner().invoke(app, [*command, str(second), "--reason", WHY])
    assert "Correct its line" in done.output
