"""Erasing a performer: nothing of them is left among people's data, and the ledger and statements stand as they did."""

import json
import multiprocessing
import shutil
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openslate import clock
from openslate.accounts import disputes
from openslate.accounts.erasing import finish, unfinished
from openslate.accounts.erasing_subjects import (
    Override,
    check_subject_receipt,
    erase_subject,
    finish_subjects,
    unfinished_subjects,
)
from openslate.accounts.payments import record_payment
from openslate.accounts.person import person
from openslate.accounts.statements import statement, statement_json
from openslate.cli.main import app
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.authorising import authorise
from openslate.rights.commitments import commitment, known_commitment
from openslate.rights.records.importing import import_records
from openslate.rights.records.store import grant, grant_mandate
from openslate.rights.records.versions import of_subject, on_ledger, versions
from tests.accounts.erased_subject import (
    CLOSING,
    DRAFT,
    LATER,
    NOVEMBER,
    OTHER,
    RECORD,
    SUBJECT,
    erase_and_die,
    files_that_hold,
    fill,
)
from tests.rights.people import ESTATE, GENERATE, NOW, PERFORMER

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.accounts.erased_subject"])
MOST_STEPS = 80
"""Touches of the disk and the vault after which the subject of these tests is surely erased."""


@pytest.fixture(scope="module")
def studio_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("studio") / "svc"
    project = Project.init(folder)
    fill(project)
    project.state.close()
    project.vault.close()
    return folder


@pytest.fixture
def studio(studio_folder: Path, tmp_path: Path) -> Project:
    return Project.open(shutil.copytree(studio_folder, tmp_path / "svc"))


def erase(project: Project, override: Override | None = None) -> bytes:
    with clock.frozen(LATER):
        return erase_subject(project, SUBJECT, f"{SUBJECT} asked by letter", override).receipt.to_bytes()


def test_nothing_is_left_and_the_ledger_and_statements_stand(studio: Project) -> None:
    payee, other = commitment(studio, "payee", SUBJECT), commitment(studio, "payee", OTHER)
    before = {one: statement_json(statement(studio, NOVEMBER, one)) for one in (payee, other)}
    entries = studio.ledger_path.read_bytes()
    assert set(files_that_hold(studio.folder, SUBJECT)) >= {"people/vault.sqlite", "reports/lead.html"}
    told = erase(studio)
    assert files_that_hold(studio.folder, SUBJECT) == []
    assert files_that_hold(studio.folder, "The name of " + SUBJECT) == []
    receipt = check_subject_receipt(studio, told)
    assert SUBJECT not in told.decode() and receipt.reason == "(the subject) asked by letter"
    assert receipt.removed == {
        "record versions": 4, "papers": 5, "texts": 0, "models": 0, "tokens": 2, "salts": 6,
        "files rewritten or removed": 2, "rows and pages in them": 2,
    }  # fmt: skip
    assert (receipt.kept, receipt.dues, receipt.override, receipt.ledger_holds) == ((), (), None, ())
    assert studio.ledger_path.read_bytes().startswith(entries)
    ledger.verify(studio)
    on_ledger(studio)
    assert {one: statement_json(statement(studio, NOVEMBER, one)) for one in (payee, other)} == before
    assert [known_commitment(studio, kind, SUBJECT) for kind in ("subject", "payee")] == [None, None]
    ended = [one.entry for one in ledger.search(studio, decision="withdraw")]
    assert {(one["record"], one["effect"]) for one in ended} >= {(RECORD, "remove")}


def test_whoever_has_an_id_that_begins_so_is_left_alone(studio: Project) -> None:
    def of_other() -> object:
        rows = studio.vault.rows("SELECT kind, name, document FROM papers WHERE subject = ? ORDER BY 1, 2", (OTHER,))
        return rows, of_subject(studio, OTHER), [path.read_bytes().count(OTHER.encode()) for path in quarantined]

    quarantined = sorted((studio.people / "quarantine").glob("*.jsonl"))
    before = of_other()
    erase(studio)
    quarantined = sorted((studio.people / "quarantine").glob("*.jsonl"))
    assert of_other() == before
    with clock.frozen(LATER):
        assert authorise(studio, replace(GENERATE, subject=OTHER)).token


def test_asking_again_gives_the_same_receipt_and_brings_nothing_back(studio: Project) -> None:
    first = erase(studio)
    with clock.frozen(LATER):
        again = erase_subject(studio, SUBJECT, "asked twice")
        assert (again.again, again.receipt.to_bytes()) == (True, first)
        assert authorise(studio, replace(GENERATE, subject=SUBJECT)).verdict.code == "R01"
        assert not person(studio, SUBJECT, "counsel").is_known
        with pytest.raises(UsageError, match="Nothing in"):
            erase_subject(studio, "house:nobody-1", "asked")
    assert files_that_hold(studio.people, SUBJECT) == []


def test_an_old_file_does_not_bring_them_back_and_a_new_consent_does(studio: Project, tmp_path: Path) -> None:
    erase(studio)
    anew = replace(PERFORMER, record_id=RECORD, subject_id=SUBJECT)
    with clock.frozen(LATER + timedelta(days=2)):
        with pytest.raises(UsageError, match="rec-lead is of somebody who was erased on 2026-12-10"):
            grant(studio, anew)
        path = tmp_path / "old.toml"
        text = Path("examples/rights/performers.toml").read_text().replace("house:lead-101", SUBJECT)
        path.write_text(text)
        with pytest.raises(UsageError, match="was erased"):
            import_records(studio, path)
        assert files_that_hold(studio.people, SUBJECT) == []
        assert (
            grant(
                studio, replace(anew, **dict.fromkeys(("issued_at", "effective_from"), LATER + timedelta(days=1)))
            ).version
            == 1
        )
        assert authorise(studio, replace(GENERATE, subject=SUBJECT)).token


def test_while_money_is_owed_nobody_is_erased_unless_a_person_answers_for_it(project: Project) -> None:
    fill(project, paid=False)
    entries = project.ledger_path.read_bytes()
    with clock.frozen(LATER):
        with pytest.raises(RightsError, match=r"6000\.00 USD is owed") as refused:
            erase_subject(project, SUBJECT, "asked")
        assert "openslate rights pay" in refused.value.way_out
        assert project.ledger_path.read_bytes() == entries and versions(project, RECORD)
    for by, why in (("", "why"), ("Ina Fell", " ")):
        with pytest.raises(UsageError, match="a person and a reason"):
            Override(by, why)
    told = json.loads(erase(project, Override("Ina Fell", f"{SUBJECT} waived it in writing.")))
    assert [one["currency"] for one in told["dues"]] and told["override"][
        "reason"
    ] == "(the subject) waived it in writing."
    begun = next(one.entry for one in ledger.search(project, decision="forget") if one.entry["stage"] == "begun")
    assert begun["override"] == told["override"] and begun["dues"] == told["dues"]
    assert told["override"]["by"] == known_commitment(project, "officer", "Ina Fell")
    assert "Ina Fell" not in project.ledger_path.read_text()
    assert files_that_hold(project.people, SUBJECT) == []


def test_money_that_is_held_or_goes_to_an_agent_is_owed_too(project: Project) -> None:
    assert PERFORMER.compensation is not None
    by_agent = replace(PERFORMER.compensation, payee="agency", payee_kind="agent")
    with clock.frozen(NOW):
        grant(project, replace(PERFORMER, record_id=RECORD, subject_id=SUBJECT, compensation=by_agent))
        assert authorise(project, replace(GENERATE, subject=SUBJECT)).token
        with pytest.raises(RightsError, match="is owed to them or for their records"):
            erase_subject(project, SUBJECT, "asked")


def test_held_money_is_owed(project: Project) -> None:
    fill(project, paid=False)
    payee = commitment(project, "payee", SUBJECT)
    with clock.frozen(CLOSING):
        (line,) = statement(project, NOVEMBER, payee)["lines"]
        number = disputes.dispute(project, NOVEMBER, line["line"], "Again.", SUBJECT)
        net = Decimal(line["net"])
        disputes.hold(project, NOVEMBER, line["line"], net, "disputed", number)
    with clock.frozen(LATER):
        with pytest.raises(RightsError, match="is owed"):
            erase_subject(project, SUBJECT, "asked")
        disputes.resolve(project, number, "settled")
        record_payment(project, payee, net, "USD", "wire 9")
        assert erase_subject(project, SUBJECT, "asked").receipt.dues == ()


def test_what_others_consents_rest_on_stays_and_is_listed(studio: Project) -> None:
    assert PERFORMER.compensation is not None
    paid_through = replace(PERFORMER.compensation, payee=SUBJECT, payee_kind="agent")
    with clock.frozen(CLOSING):
        shared = replace(ESTATE, mandate_id="m-shared", holder_id="house:office", subjects=(SUBJECT, OTHER))
        alone = replace(ESTATE, mandate_id="m-alone", holder_id="house:office", subjects=(SUBJECT,))
        for mandate in (shared, alone):
            grant_mandate(studio, mandate)
        grant(studio, replace(PERFORMER, record_id="rec-agented", subject_id=OTHER, compensation=paid_through))
    told = check_subject_receipt(studio, erase(studio))
    assert {one["what"]: one["why"] for one in told.kept} == {
        "m-shared": "it is a mandate for others, too",
        "rec-agented": "it is another's record, to which they are a party",
    }
    assert versions(studio, "m-shared") and versions(studio, "rec-agented") and not versions(studio, "m-alone")
    # Whoever is still paid for others can be found to be paid, and is known as nothing else.
    assert known_commitment(studio, "payee", SUBJECT) and not known_commitment(studio, "subject", SUBJECT)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
def test_a_killed_erasure_goes_on(studio_folder: Path, tmp_path: Path, share: float) -> None:
    copy = shutil.copytree(studio_folder, tmp_path / "svc")
    child = CONTEXT.Process(target=erase_and_die, args=(str(copy), int(share * MOST_STEPS)))
    child.start()
    child.join(60)
    assert child.exitcode in (0, -9)
    project = Project.open(copy)
    # A member's erasure is another matter.
    assert unfinished(project) == () and finish(project) == ()
    with clock.frozen(LATER):
        done = finish_subjects(project) or (erase_subject(project, SUBJECT, "asked by letter"),)
    assert unfinished_subjects(project) == ()
    check_subject_receipt(project, done[0].receipt)
    assert files_that_hold(project.folder, SUBJECT) == []
    stages = [one.entry["stage"] for one in ledger.search(project, decision="forget")]
    assert stages.count("done") == 1
    project.state.close()
    project.vault.close()


def test_it_is_erased_after_the_last_step(studio_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(studio_folder, tmp_path / "svc")
    child = CONTEXT.Process(target=erase_and_die, args=(str(copy), 10 * MOST_STEPS))
    child.start()
    child.join(60)
    assert child.exitcode == 0 and unfinished_subjects(Project.open(copy)) == ()


def test_on_the_command_line(studio: Project, tmp_path: Path) -> None:
    def run(*words: str, refused: bool = False) -> str:
        with clock.frozen(LATER):
            done = CliRunner().invoke(app, ["--project", str(studio.folder), "rights", *words])
        assert isinstance(done.exception, UsageError) if refused else done.exit_code == 0, done.output
        return done.output

    payee = commitment(studio, "payee", SUBJECT)
    before = json.loads(run("statement", SUBJECT, "2026-11", "--json"))
    said = run("forget", SUBJECT, "--kind", "subject", "--reason", "asked", "--receipt", str(tmp_path / "receipt.json"))
    assert "5 papers, 4 record versions" in said and "Outside:" in said
    check_subject_receipt(studio, (tmp_path / "receipt.json").read_bytes())
    assert "erased before" in run("forget", SUBJECT, "--kind", "subject", "--reason", "asked")
    assert json.loads(run("statement", payee, "2026-11", "--json")) == before
    run("statement", SUBJECT, "2026-11", refused=True)
    run("pay", SUBJECT, "1.00", "USD", "--reference", "1", refused=True)
    assert files_that_hold(studio.people, SUBJECT) == []
    assert DRAFT not in run("records")


def test_options_that_do_not_go_together_are_refused(studio: Project) -> None:
    for words in (("--kind", "subject", "--at-once"), ("--despite-dues", "Ina Fell"), ("--kind", "king")):
        done = CliRunner().invoke(
            app, ["--project", str(studio.folder), "rights", "forget", SUBJECT, "--reason", "x", *words]
        )
        assert isinstance(done.exception, UsageError), done.output
    assert versions(studio, RECORD)
