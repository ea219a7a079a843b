"""What counsel should look at: each thing is there when it is so, and not a moment before or after."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from openslate import clock
from openslate.accounts import disputes
from openslate.accounts.overview import Overview, overview
from openslate.accounts.overview_page import overview_sheet, write_overview_page
from openslate.accounts.overview_records import trouble_with_form
from openslate.accounts.periods import close_period
from openslate.accounts.statements import payees, statement
from openslate.cli import people_commands
from openslate.data.datasets import viewing
from openslate.drawing.sheet import sheet_document
from openslate.errors import ProjectError, RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.authorising import authorise
from openslate.rights.consent import Basis, grant_source, record_member
from openslate.rights.decide import decide
from openslate.rights.gathering import lift_reservations, note_reservations, set_strike
from openslate.rights.periods import month
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.store import grant, grant_mandate, revoke_mandate, withdraw
from openslate.rights.reservation import Reservation
from tests.lake_rows import add_rows
from tests.rights.people import ESTATE, GENERATE, NOW, PERFORMER, SOURCE, VIEWER, WRITER, standing

NOVEMBER = month(2026, 11)
CLOSING = datetime(2026, 12, 3, 9, tzinfo=UTC)
NASTY = "<script>alert(1)</script>"
DAY = timedelta(days=1)


def shown(found: Overview) -> str:
    html = sheet_document(overview_sheet(found))
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("</style>")[1]).split())


@pytest.fixture
def studio(project: Project) -> Iterator[Project]:
    with clock.frozen(NOW):
        grant(project, PERFORMER)
        yield project


def test_a_studio_in_order_wants_only_a_checkpoint(studio: Project) -> None:
    found = overview(studio)
    assert found.records == {"active": 1}
    empty = (found.endings, found.denials, found.flaws, found.disputes, found.holds, found.dues, found.strikes)
    assert not any((*empty, found.reservations, found.erasures))
    assert found.forgetting is None
    assert "The ledger has no checkpoint" in shown(found)
    assert "it is not known here" in shown(found)
    ledger.make_key(studio)
    signed = ledger.checkpoint(studio)
    found = overview(studio)
    assert (found.ledger.size, found.ledger.signed_size, found.ledger.signatures) == (signed.size, signed.size, 1)
    assert "Nothing wants a look now." in shown(found)
    set_strike(studio, "sag-aftra", False)
    assert "1 entry of the ledger is not signed so far." in shown(overview(studio))


@pytest.mark.parametrize(
    ("before", "listed"), [(30 * DAY, True), (30 * DAY + timedelta(seconds=1), False), (0 * DAY, False)]
)
def test_a_grant_is_ending_from_the_first_day_to_its_last_second(
    studio: Project, before: timedelta, listed: bool
) -> None:
    assert PERFORMER.expires_at is not None
    with clock.frozen(PERFORMER.expires_at - before):
        found = overview(studio, days=30)
    assert [one.id for one in found.endings] == ["rec-performer"] * listed
    assert ("1 grant ends within 30 days." in shown(found)) is listed


def test_mandates_end_too_and_what_ended_already_is_not_ending(studio: Project) -> None:
    ends = NOW + 5 * DAY
    for mandate in ("man-one", "man-two"):
        grant_mandate(studio, replace(ESTATE, mandate_id=mandate, expires_at=ends))
    revoke_mandate(studio, "man-two")
    grant(studio, replace(WRITER, expires_at=ends - DAY))
    withdraw(studio, "rec-writer", "stop_new")
    assert [(one.id, one.kind, one.ends) for one in overview(studio).endings] == [("man-one", "mandate", ends)]


def test_denials_are_counted_by_the_rule_that_came_first_and_drawn(studio: Project) -> None:
    with clock.frozen(NOW + 1 * DAY):
        authorise(studio, replace(GENERATE, project="p-other"))
    with clock.frozen(NOW + 60 * DAY):
        authorise(studio, replace(GENERATE, project="p-other"))
        authorise(studio, replace(GENERATE, subject="h-nobody"))
        found = overview(studio, days=30)
    assert [(one.code, one.recent, one.ever) for one in found.denials] == [("R03", 1, 2), ("R01", 1, 1)]
    html = sheet_document(overview_sheet(found))
    assert "R03 NEW_PROJECT 67%" not in html and "R03 NEW_PROJECT: since the ledger began 67%" in html
    assert html.count("<svg") == 1


def test_members_held_back_from_reads_are_counted_once_for_each(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01"), ("bob", "t1", "2024-01-02")])
    grant_source(project, "test", Basis("Terms of 2026.", ("train",)))
    record_member(project, "bob", ["train"], granted=False)
    for _ in range(2):
        viewing(project, ("train",), "a test")
    assert [(one.code, one.ever, one.held_back) for one in overview(project).denials] == [("R20", 0, 2)]
    assert "<svg" not in sheet_document(overview_sheet(overview(project)))


FLAWED = {
    "unsigned": (replace(PERFORMER, signature=""), ()),
    "no mandate": (replace(PERFORMER, signer_role="agent", mandate="man-absent"), ()),
    "a mandate for somebody else": (
        replace(PERFORMER, signer_role="estate", mandate="man-estate"),
        (replace(ESTATE, subjects=("h-other",)),),
    ),
    "a mandate for other uses": (
        replace(PERFORMER, signer_role="estate", mandate="man-estate"),
        (replace(ESTATE, uses=("scan",)),),
    ),
    "a minor who signed": (replace(PERFORMER, is_minor=True, guardian="h-parent"), ()),
    "another guardian": (
        replace(PERFORMER, is_minor=True, guardian="h-other", signer_role="guardian", mandate="man-estate"),
        (replace(ESTATE, role="guardian"),),
    ),
}


@pytest.mark.parametrize("name", FLAWED)
def test_a_record_is_flawed_exactly_when_the_gate_denies_it_for_its_form(name: str) -> None:
    record, mandates = FLAWED[name]
    by_id = {one.mandate_id: one for one in mandates}
    verdict = decide(GENERATE, NOW, standing(record, mandates=by_id))
    (first,) = [one for one in verdict.findings if one.code == "R01"]
    assert trouble_with_form(record, by_id) == first.why


def test_what_is_in_order_and_what_is_about_no_person_is_not_flawed() -> None:
    mandates = {ESTATE.mandate_id: ESTATE}
    good: tuple[ConsentRecord, ...] = (PERFORMER, replace(PERFORMER, signer_role="estate", mandate="man-estate"))
    assert all(decide(GENERATE, NOW, standing(one, mandates=mandates)).allowed for one in good)
    others = (VIEWER, SOURCE, replace(PERFORMER, signature="", status="draft"))
    assert [trouble_with_form(one, mandates) for one in (*good, *others)] == [None] * 5


def test_drafts_without_signature_and_agents_without_mandate_are_listed(studio: Project) -> None:
    grant(studio, replace(PERFORMER, record_id="rec-draft", signature="", status="draft"))
    grant(studio, replace(PERFORMER, record_id="rec-agent", signer_role="agent", mandate="man-absent"))
    found = overview(studio)
    assert [(one.record, one.status, one.trouble) for one in found.flaws] == [
        ("rec-agent", "active", "The agent signed without a recorded mandate."),
        ("rec-draft", "draft", "It is a draft, and waits for a signature."),
    ]
    assert "rec-agent: The agent signed without a recorded mandate." in shown(found)
    assert "2 records are not in order." in shown(found)


def test_disputes_holds_and_dues_until_they_are_settled(studio: Project) -> None:
    assert authorise(studio, GENERATE).token
    with clock.frozen(CLOSING):
        close_period(studio, NOVEMBER, "Harbour Pictures")
        (payee,) = payees(studio, NOVEMBER)
        (line,) = statement(studio, NOVEMBER, payee)["lines"]
        number = disputes.dispute(studio, NOVEMBER, line["line"], "It was three days.", "h-ada")
        hold = disputes.hold(studio, NOVEMBER, line["line"], Decimal("500.00"), "disputed", number)
        found = overview(studio)
        assert [(one.number, one.record) for one in found.disputes] == [(number, "rec-performer")]
        assert [(one.number, one.amount, one.dispute) for one in found.holds] == [(hold, "500.00", number)]
        assert found.dues == ()
        due = datetime.fromisoformat(statement(studio, NOVEMBER, payee)["terms"]["due"])
    for moment, overdue in ((due - timedelta(seconds=1), 0), (due, 1)):
        with clock.frozen(moment):
            assert len(overview(studio).dues) == overdue
    with clock.frozen(due):
        text = shown(overview(studio))
        assert "USD 2,500.00" in text and "1 due is overdue" in text and "the line is disputed" in text
        assert "It was three days" not in text
        disputes.resolve(studio, number, "settled")
        assert (overview(studio).disputes, overview(studio).holds) == ((), ())


def test_strikes_and_reservations_stand_until_they_are_taken_back(studio: Project) -> None:
    set_strike(studio, "sag-aftra", True)
    said = Reservation("robots", True, "Disallow: /", NASTY)
    note_reservations(studio, "press-site", [replace(said, reserved=False), replace(said, said=NASTY)])
    found = overview(studio)
    assert found.strikes == ("sag-aftra",)
    assert [(one.source, one.channel, one.said) for one in found.reservations] == [("press-site", "robots", NASTY)]
    html = sheet_document(overview_sheet(found))
    assert "<script" not in html and "&lt;script&gt;" in html
    set_strike(studio, "sag-aftra", False)
    lift_reservations(studio, "press-site")
    found = overview(studio)
    assert (found.strikes, found.reservations) == ((), ())


def test_packs_are_told_with_how_sure_we_are_and_drafts_as_drafts(studio: Project) -> None:
    stands = {one.name.split("@")[0]: (one.stands, one.grade) for one in overview(studio).packs}
    assert stands["us.nofakes.draft"] == ("draft", "unverified")
    assert stands["sag-aftra.tvth.2026"] == ("in force", "secondary")
    assert stands["sag-aftra.tvth.2023"] == ("ended", "secondary")
    assert "draft: decides nothing" in shown(overview(studio))
    (own,) = [one for one in overview(studio).packs if one.kind == "own"]
    assert own.stands == "in force"


def test_models_wait_with_the_nearest_deadline_first_and_are_late_at_it(studio: Project) -> None:
    found = overview(studio, forgetting={"b" * 64: NOW + DAY, "a" * 64: NOW})
    assert found.forgetting is not None
    assert [(one.model, one.is_late) for one in found.forgetting] == [("a" * 64, True), ("b" * 64, False)]
    assert "1 model is past the day to forget, and may not serve." in shown(found)
    assert "No model waits to forget anybody." in shown(overview(studio, forgetting={}))


def test_a_page_has_the_same_bytes_for_the_same_books_and_names_nobody(studio: Project, tmp_path: Path) -> None:
    authorise(studio, replace(GENERATE, project="p-other"))
    for name in ("one", "two"):
        write_overview_page(overview(studio), tmp_path / name)
    page = (tmp_path / "one").read_bytes()
    assert page == (tmp_path / "two").read_bytes()
    assert (
        b"h-ada" not in page
        and b"<script" not in page
        and b"http" not in page.split(b"</style>")[1].replace(b"http://www.w3.org/2000/svg", b"")
    )
    with pytest.raises(ProjectError, match="cannot be written"):
        write_overview_page(overview(studio), tmp_path / "absent" / "page.html")


def test_nothing_is_made_up_where_the_ledger_takes_no_entries(studio: Project) -> None:
    studio.ledger_path.unlink()
    with pytest.raises(RightsError):
        overview(studio)


@pytest.mark.parametrize("days", [0, -1, 3661])
def test_days_that_make_no_sense_are_refused(project: Project, days: int) -> None:
    with pytest.raises(UsageError, match="cannot be looked at"):
        overview(project, days)


@pytest.fixture
def app(studio: Project) -> typer.Typer:
    app = typer.Typer()

    @app.callback()
    def choose(context: typer.Context) -> None:
        context.obj = studio.folder

    people_commands.add_to(app)
    return app


def test_the_commands_print_a_view_or_one_document_and_write_the_page(app: typer.Typer, tmp_path: Path) -> None:
    for words, told in (
        (("person", "h-ada", "--reader", "counsel"), "1 consent of yours is in force"),
        (("overview", "--days", "60"), "The ledger has no checkpoint"),
    ):
        page = tmp_path / f"{words[0]}.html"
        said = CliRunner().invoke(app, [*words, "--html", str(page)])
        assert said.exit_code == 0, said.output
        assert told in said.stdout and str(page) in said.stdout
        assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
        assert CliRunner().invoke(app, [*words, "--json"]).stdout.startswith("{")
    assert "openslate rights withdraw --record rec-performer" in CliRunner().invoke(app, ["person", "h-ada"]).stdout
    refused = CliRunner().invoke(app, ["person", "h-ada", "--kind", "robot"])
    assert isinstance(refused.exception, UsageError)


def test_every_command_has_one_short_sentence_and_an_example(app: typer.Typer) -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert sorted(commands) == ["overview", "person"]
    for command in commands.values():
        assert len(command.help) <= 70 and "\n" not in command.help and command.epilog.startswith("Example: openslate")
