"""What is held about one person: true, complete, on the ledger first, and safe to print."""

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from openslate import clock
from openslate.accounts import disputes
from openslate.accounts.erasing import erase_member, scan
from openslate.accounts.names import register_payee
from openslate.accounts.payments import record_payment
from openslate.accounts.periods import close_period
from openslate.accounts.person import Person, person
from openslate.accounts.person_page import person_sheet, write_person_page
from openslate.accounts.person_ways import ways_of_member
from openslate.accounts.plain import plain
from openslate.accounts.statements import statement
from openslate.cli.main import app
from openslate.data.datasets import viewing
from openslate.data.held import held_of
from openslate.drawing.sheet import sheet_document
from openslate.errors import ProjectError, RightsError, UsageError
from openslate.project import Project
from openslate.registry import runs
from openslate.rights import ledger
from openslate.rights.authorising import authorise, spend
from openslate.rights.commitments import commitment, forget_salt, known_commitment
from openslate.rights.consent import Basis, grant_source, record_member
from openslate.rights.gate import as_record
from openslate.rights.looking import look
from openslate.rights.periods import month
from openslate.rights.read_root import close_all
from openslate.rights.records.bases import viewer_record
from openslate.rights.records.store import grant, grant_mandate, withdraw
from tests.lake_rows import add_rows
from tests.rights.people import ESTATE, GENERATE, NOW, PERFORMER, SOURCE, WORDS, WRITER

NOVEMBER = month(2026, 11)
MAY = datetime(2026, 5, 1, 12, tzinfo=UTC)
CLOSING = datetime(2026, 12, 3, 9, tzinfo=UTC)
NASTY = "<script>alert('x')</script>\u202e\"&"


def last(project: Project) -> dict[str, object]:
    return list(ledger.entries(project.ledger_path))[-1]


def shown(found: Person) -> str:
    html = sheet_document(person_sheet(found))
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("</style>")[1]).split())


@pytest.fixture(scope="module")
def studio_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Ada's record in two versions, a use that was made, one that was not, one that was denied; and somebody else's."""
    project = Project.init(tmp_path_factory.mktemp("person") / "studio")
    with clock.frozen(NOW):
        grant(project, replace(PERFORMER, retention_until=None, destroy_rule=""))
        grant(project, replace(PERFORMER, business_reason="The roof is not safe for anybody."))
        grant(project, WRITER)
        grant_mandate(project, ESTATE)
        token = authorise(project, GENERATE).token
        assert token is not None
        spend(project, token, GENERATE)
        authorise(project, GENERATE)
        authorise(project, replace(GENERATE, project="p-other"))
    return project


@pytest.fixture(scope="module")
def service_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Ann and Bob with plays on one basis, Ann with a refusal to be measured; one training and one measurement."""
    project = Project.init(tmp_path_factory.mktemp("person") / "service")
    plays = [("ann", "t1", "2024-01-01"), ("ann", "t2", "2024-02-01"), ("bob", "t1", "2024-01-02")]
    with clock.frozen(MAY):
        add_rows(project, "titles", [("t1", "One"), ("t2", "Two")])
        add_rows(project, "members", [("ann", "2023-01-01", "FR", "30-39")])
        add_rows(project, "plays", plays)
        add_rows(project, "ratings", [("ann", "t1", "2024-01-03", 4.0)], "elsewhere")
        grant_source(project, "test", Basis("Terms of 2026, section 4.", ("train", "evaluate")))
        record_member(project, "ann", ["evaluate"], granted=False)
        with runs.recorded(project, "personalize train", {}, seed=0) as notebook:
            data = viewing(project, ("train",), "personalize train")
            notebook.record["data"] = as_record(data.decision)
            notebook.record["artifact"] = "f" * 64
        viewing(project, ("evaluate",), "personalize evaluate")
    return project


@pytest.fixture
def studio(studio_once: Project, tmp_path: Path) -> Iterator[Project]:
    with clock.frozen(NOW):
        yield Project.open(shutil.copytree(studio_once.folder, tmp_path / "studio"))


@pytest.fixture
def service(service_once: Project, tmp_path: Path) -> Iterator[Project]:
    with clock.frozen(MAY):
        yield Project.open(shutil.copytree(service_once.folder, tmp_path / "service"))


def test_a_performer_finds_records_with_every_version_and_how_often_they_were_used(studio: Project) -> None:
    found = person(studio, "h-ada", "counsel")
    (held,) = found.records
    assert held.record.business_reason == "The roof is not safe for anybody."
    assert [one.version for one in held.earlier] == [1]
    assert held.used == {"alter": 0, "dub": 0, "generate": 2, "scan": 0, "third_party_training_licence": 0}
    assert [(one.use, one.made, one.amount, one.described) for one in found.uses] == [
        ("generate", True, "3000.00", WORDS),
        ("generate", False, "3000.00", WORDS),
    ]
    assert [one.codes for one in found.denials] == [("R03",)]
    assert found.mandates == (replace(ESTATE, version=1),)
    text = shown(found)
    assert "1 consent of yours is in force, and 2 uses were allowed." in text
    assert "The consent is for another project. (R03)" in text
    assert "until 1 September 2027, 00:00 UTC" in text


def test_nobody_sees_another_persons_records_uses_or_money(studio: Project) -> None:
    found = person(studio, "h-wen", "counsel")
    assert [one.record.record_id for one in found.records] == ["rec-writer"]
    assert not (found.uses or found.denials or found.accounts or found.mandates)
    # Not 'ada' alone: a salted hash is of hexadecimal digits, and may hold it by chance.
    assert "h-ada" not in str(plain(found))
    assert "Ada" not in str(plain(found))


def test_a_withdrawal_shows_at_once_with_its_effect(studio: Project) -> None:
    withdraw(studio, "rec-performer", "remove")
    found = person(studio, "h-ada", "counsel")
    assert "withdrawn on 25 November 2026, 12:00 UTC: what was made is to be removed, too" in shown(found)
    assert not [one for one in found.ways if "rec-performer" in one.command]


def test_money_is_what_statements_payments_and_holds_say(studio: Project) -> None:
    payee = register_payee(studio, "h-ada", "Ada Quill")
    paid_to = commitment(studio, "payee", "h-ada")
    assert payee == paid_to
    with clock.frozen(CLOSING):
        before = person(studio, "h-ada", "counsel")
        (account,) = before.accounts
        assert (account.sums, [one.amount for one in account.dues]) == ((), [3000, 3000])
        close_period(studio, NOVEMBER, "Harbour Pictures")
        (line,) = statement(studio, NOVEMBER, paid_to)["lines"]
        number = disputes.dispute(studio, NOVEMBER, line["line"], "It was three days.", "h-ada")
        disputes.hold(studio, NOVEMBER, line["line"], Decimal("500.00"), "disputed", number)
        disputes.adjust(studio, NOVEMBER, line["line"], Decimal("250.00"), "units_corrected")
        record_payment(studio, paid_to, Decimal("1000.00"), "USD", "wire 1")
        found = person(studio, "h-ada", "counsel")
    (account,) = found.accounts
    (only,) = account.sums
    assert (only.currency, only.earned, only.paid, only.held) == ("USD", 6250, 1000, 500)
    assert (account.is_own, account.periods) == (True, (NOVEMBER.id,))
    (dispute,) = found.disputes
    assert (dispute.number, dispute.outcome, dispute.said) == (number, None, "It was three days.")
    commands = [one.command for one in found.ways]
    assert f"openslate rights resolve {number} --outcome withdrawn" in commands
    assert any(
        command.startswith("openslate rights dispute --period") and line["line"] in command for command in commands
    )
    text = shown(found)
    assert "USD 6,250.00" in text and "1 dispute is open." in text and "“It was three days.”" in text
    with clock.frozen(datetime(2027, 12, 1, tzinfo=UTC)):
        assert "overdue" in shown(person(studio, "h-ada", "counsel"))


def test_what_is_paid_to_an_agent_for_several_people_is_not_shown_as_one_persons(project: Project) -> None:
    assert PERFORMER.compensation is not None
    paid_to_agency = replace(PERFORMER.compensation, payee="agency", payee_kind="agent")
    with clock.frozen(NOW):
        for record, who in (("rec-one", "h-one"), ("rec-two", "h-two")):
            grant(project, replace(PERFORMER, record_id=record, subject_id=who, compensation=paid_to_agency))
            assert authorise(project, replace(GENERATE, subject=who)).token
    with clock.frozen(CLOSING):
        close_period(project, NOVEMBER, "Harbour Pictures")
        agency = commitment(project, "payee", "agency")
        record_payment(project, agency, Decimal("4000.00"), "USD", "wire 1")
        (account,) = person(project, "h-one", "counsel").accounts
    (only,) = account.sums
    assert (account.is_own, only.earned, only.paid) == (False, 3000, None)


def test_a_member_finds_rows_words_bases_and_the_models_that_learned_from_them(service: Project) -> None:
    found = person(service, "ann", "support", "member")
    assert [(one.table, one.source, one.count) for one in found.rows] == [
        ("members", "test", 1),
        ("plays", "test", 2),
        ("ratings", "elsewhere", 1),
    ]
    assert found.rows[1].last == datetime(2024, 2, 1, tzinfo=UTC)
    assert [(one.purpose, one.granted, one.source) for one in found.words] == [("evaluate", False, "member")]
    assert [(one.source, one.purpose) for one in found.bases] == [("test", "evaluate"), ("test", "train")]
    assert [(one.reader, one.outcome, one.model) for one in found.reads] == [
        ("personalize train", "let through", "f" * 64),
        ("personalize evaluate", "held back", None),
    ]
    text = shown(found)
    assert "4 rows about your viewing are held; 1 read used them." in text
    assert f"model {'f' * 12}" in text and "yours was held back" in text
    assert [one.outcome for one in person(service, "bob", "support", "member").reads] == ["let through"] * 2


def test_reads_that_an_erasure_closed_are_counted_and_not_passed_over(service: Project) -> None:
    close_all(service)
    found = person(service, "ann", "support", "member")
    assert [one.outcome for one in found.reads] == ["cannot be opened"] * 2
    assert "2 reads cannot be opened any more" in shown(found)


@pytest.mark.parametrize("end", [b"\x00" * 32, b"\x00" * 33, b""])
def test_a_read_whose_leaves_were_altered_is_an_error_and_not_one_read_fewer(service: Project, end: bytes) -> None:
    leaves = next((service.people / "reads").glob("*.leaves"))
    leaves.write_bytes(leaves.read_bytes()[:-32] + end)
    with pytest.raises(RightsError, match="does not hold the leaves"):
        person(service, "ann", "support", "member")


def test_a_members_own_record_is_theirs_and_a_sources_is_nobodys(service: Project) -> None:
    now = clock.now()
    grant(service, viewer_record(service, "cleo", "train", True, now))
    grant(service, SOURCE)
    found = person(service, "cleo", "support", "member")
    assert [one.record.subject_kind for one in found.records] == ["viewer"]
    assert not person(service, "cleo", "support", "subject").records
    assert not person(service, SOURCE.subject_id, "support", "subject").is_known


def test_every_look_is_on_the_ledger_and_shown_to_the_next(studio: Project) -> None:
    assert [one.reader for one in person(studio, "h-ada", "counsel").looks] == []
    assert last(studio)["decision"] == "look" and last(studio)["reader"] == "counsel"
    assert last(studio)["subject"] == known_commitment(studio, "subject", "h-ada")
    person(studio, "h-wen", "press office")
    second = person(studio, "h-ada", "auditor")
    assert [one.reader for one in second.looks] == ["counsel"]
    assert b"h-ada" not in studio.ledger_path.read_bytes()


def test_a_first_look_at_somebody_held_is_found_by_the_second(service: Project) -> None:
    assert known_commitment(service, "viewer", "bob") is None
    person(service, "bob", "support", "member")
    assert [one.reader for one in person(service, "bob", "auditor", "member").looks] == ["support"]


@pytest.mark.parametrize("kind", ["subject", "member"])
def test_nothing_is_shown_while_the_ledger_takes_no_entry(
    studio: Project, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RightsError("The ledger cannot be written: no room.", "Make room.", "R26")

    monkeypatch.setattr(ledger, "append", refuse)
    with pytest.raises(RightsError, match="no room"):
        person(studio, "h-ada", "counsel", kind)  # type: ignore[arg-type]
    with pytest.raises(RightsError, match="no room"):
        held_of(studio, "h-ada", "counsel")


@pytest.mark.parametrize("kind", ["subject", "member"])
def test_of_a_person_nobody_knows_nothing_is_kept(service: Project, kind: str) -> None:
    salts = service.vault.rows("SELECT count(*) FROM salts")
    found = person(service, "nobody", "counsel", kind)  # type: ignore[arg-type]
    assert not found.is_known and not found.ways and found.look.subject is None
    assert last(service)["decision"] == "look"
    assert "Nothing is held about a" in shown(found)
    assert service.vault.rows("SELECT count(*) FROM salts") == salts
    for path in service.folder.rglob("*"):
        assert not (path.is_file() and b"nobody" in path.read_bytes())


def test_an_erased_performer_looks_like_one_who_was_never_here(studio: Project) -> None:
    person(studio, "h-ada", "counsel")
    for table in ("records", "papers"):
        studio.vault.execute(f"DELETE FROM {table} WHERE subject = 'h-ada'")
    for kind in ("subject", "payee"):
        forget_salt(studio, kind, "h-ada")
    found = person(studio, "h-ada", "counsel")
    # The estate's own paper still names her, so it is told of.
    assert found.is_known and found.mandates and not (found.records or found.uses or found.looks)
    studio.vault.execute("DELETE FROM records WHERE kind = 'mandate'")
    ours, theirs = (plain(replace(person(studio, one, "counsel"), id="", look=found.look)) for one in ("h-ada", "h-x"))
    assert ours == theirs


def test_an_erased_member_is_told_of_it_and_nothing_else_is_left(service: Project) -> None:
    person(service, "ann", "support", "member")
    erase_member(service, "ann", "asked by letter")
    found = person(service, "ann", "support", "member")
    assert (found.is_erased, found.is_known, found.rows, found.words, found.looks) == (True, False, (), (), ())
    assert {one.outcome for one in found.reads} == {"cannot be opened"}
    assert "A member of this id was erased" in shown(found)
    assert scan(service, "ann").findings == ()


@pytest.mark.parametrize(
    ("identifier", "reader", "kind"),
    [("", "counsel", "member"), ("x" * 201, "counsel", "member"), ("a", " ", "member"), ("a", "b" * 81, "subject"),
     ("a", "two\nlines", "subject"), ("a", "counsel", "source"), ("\ud800", "counsel", "member")],
)  # fmt: skip
def test_what_names_nobody_is_refused_before_anything_is_written(
    project: Project, identifier: str, reader: str, kind: str
) -> None:
    with pytest.raises(UsageError):
        person(project, identifier, reader, kind)  # type: ignore[arg-type]
    assert not project.ledger_path.exists() or last(project)["decision"] != "look"


def test_hostile_names_are_escaped_and_no_script_runs(studio: Project, tmp_path: Path) -> None:
    grant(studio, replace(PERFORMER, record_id="rec-2", producer=NASTY[:-3], transferees=(NASTY[:-3],)))
    register_payee(studio, "h-ada", NASTY)
    found = person(studio, "h-ada", "<b>counsel</b>")
    found = person(studio, "h-ada", "counsel")
    found = replace(found, id=NASTY)
    write_person_page(found, tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in html and "<b>counsel" not in html and "\u202e" not in html
    assert "&lt;script&gt;" in html and "&lt;b&gt;counsel" in html


def test_a_page_has_the_same_bytes_for_the_same_person(service: Project, tmp_path: Path) -> None:
    found = person(service, "ann", "support", "member")
    for name in ("one", "two"):
        write_person_page(found, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    again = person(service, "ann", "support", "member")
    assert replace(again, look=found.look, looks=found.looks) == found
    with pytest.raises(ProjectError, match="cannot be written"):
        write_person_page(found, tmp_path / "absent" / "page.html")


def test_the_members_commands_do_what_they_say(service: Project) -> None:
    for way in ways_of_member("ann")[:-1]:
        words = shlex.split(way.command)
        assert words[0] == "openslate"
        said = CliRunner().invoke(app, ["--project", str(service.folder), *words[1:]])
        assert said.exit_code == 0, said.output
    last_words = {one.purpose: one.granted for one in person(service, "ann", "support", "member").words}
    assert last_words == {"train": False, "evaluate": False, "personalize": False}


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30))
def test_an_id_is_one_word_of_its_command(member: str) -> None:
    for way in ways_of_member(member)[:-1]:
        words = shlex.split(way.command)
        assert member in words or f"--member={member}" in words
    assert shlex.split(ways_of_member(member)[-1].command)[-1] == member


def test_a_look_tells_known_from_unknown_by_nothing(project: Project) -> None:
    commitment(project, "subject", "h-ada")
    with clock.frozen(NOW + timedelta(days=1)):
        known, unknown = (look(project, "subject", one, "counsel") for one in ("h-ada", "h-xyz"))
        entries = [ledger.entry(project, one.entry.index).entry for one in (known, unknown)]
    assert sorted(entries[0]) == sorted(entries[1])
    assert all(re.fullmatch("[0-9a-f]{64}", one["subject"]) for one in entries)
