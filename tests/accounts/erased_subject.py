"""A performer who left traces everywhere among people's data, and what the killed process of the tests runs."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from openslate import clock
from openslate.accounts import disputes
from openslate.accounts.erasing_subjects import erase_subject
from openslate.accounts.names import register_payee
from openslate.accounts.payments import record_payment
from openslate.accounts.periods import close_period
from openslate.accounts.person import person
from openslate.accounts.person_page import write_person_page
from openslate.accounts.replicas import Replica, register
from openslate.accounts.statements import statement
from openslate.project import Project
from openslate.rights.authorising import authorise, spend
from openslate.rights.commitments import commitment
from openslate.rights.periods import month
from openslate.rights.records.importing import import_records
from openslate.rights.records.store import grant
from openslate.storage.vault import Vault
from tests.accounts.killed import killing_after
from tests.rights.people import GENERATE, NOW, PERFORMER

SUBJECT, OTHER = "house:lead-4711", "house:lead-47110"
RECORD, DRAFT = "rec-lead", "rec-draft"
NOVEMBER = month(2026, 11)
CLOSING = datetime(2026, 12, 3, 9, tzinfo=UTC)
LATER = datetime(2026, 12, 10, 9, tzinfo=UTC)


def fill(project: Project, paid: bool = True) -> None:
    """Two performers whose ids begin alike, each with a use, and of the first all else that the vault can hold."""
    with clock.frozen(NOW):
        for record, who in ((RECORD, SUBJECT), ("rec-other", OTHER)):
            grant(project, replace(PERFORMER, record_id=record, subject_id=who))
            register_payee(project, who, f"The name of {who}")
            register(
                project, Replica(f"asset of {record}", "a" * 64, "EBDR", who, "a shelf", "Vault", destroy_rule="x")
            )
            asked = replace(GENERATE, subject=who)
            given = authorise(project, asked)
            assert given.token is not None
            spend(project, given.token, asked)
        grant(project, replace(PERFORMER, record_id=DRAFT, subject_id=SUBJECT, status="draft"))
        assert authorise(project, replace(GENERATE, subject=SUBJECT)).token
        wrong = project.folder.parent / "wrong.toml"
        wrong.write_text(
            f'[[records]]\nrecord_id = "rec-wrong"\nsubject_id = "{SUBJECT}"\nsubject_kind = "king"\n'
            f'[[records]]\nrecord_id = "rec-two"\nsubject_id = "{OTHER}"\nsubject_kind = "king"\n'
        )
        assert import_records(project, wrong).quarantine
    with clock.frozen(CLOSING):
        close_period(project, NOVEMBER, "Harbour Pictures")
        payee = commitment(project, "payee", SUBJECT)
        (line,) = statement(project, NOVEMBER, payee)["lines"]
        number = disputes.dispute(project, NOVEMBER, line["line"], "It was three days.", SUBJECT)
        disputes.resolve(project, number, "rejected")
        if paid:
            record_payment(project, payee, Decimal(line["net"]), "USD", "wire 1")
        write_person_page(person(project, SUBJECT, "counsel"), project.folder / "reports" / "lead.html")


def files_that_hold(folder: Path, word: str) -> list[str]:
    """Every file of a folder with a word in its bytes that is not the beginning of a longer one."""
    needle = word.encode()
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and needle in path.read_bytes().replace(OTHER.encode(), b"")
    ]


def erase_and_die(folder: str, after: int) -> None:
    """Erase the subject, and be killed when the vault or the disk was touched so many times."""
    dying = killing_after(after)
    Vault.execute = dying(Vault.execute)  # type: ignore[method-assign]
    Vault.compact = dying(Vault.compact)  # type: ignore[method-assign]
    os.fsync = dying(os.fsync)
    os.unlink = dying(os.unlink)
    os.replace = dying(os.replace)
    with clock.frozen(LATER):
        erase_subject(Project.open(folder), SUBJECT, "asked by letter")
