"""The papers of a demonstration: the statement, the pages for the performer and for counsel, and an auditor's check."""

import json
import subprocess
import sys
from pathlib import Path

from openslate import clock
from openslate.accounts.names import VaultNames
from openslate.accounts.overview import overview
from openslate.accounts.overview_page import write_overview_page
from openslate.accounts.periods import close_period
from openslate.accounts.person import person
from openslate.accounts.person_page import write_person_page
from openslate.accounts.proving import LedgerProver
from openslate.accounts.statement_page import write_statement_page
from openslate.accounts.statement_words import sum_in_words
from openslate.accounts.statements import statement
from openslate.apps.personalize.card import model_card
from openslate.apps.personalize.card_page import write_card
from openslate.apps.personalize.demonstration.story import Paper, Step
from openslate.apps.personalize.demonstration.uses import LEAD
from openslate.errors import RightsError
from openslate.project import Project
from openslate.registry.pending import deadlines
from openslate.registry.promotion import serving
from openslate.rights import ledger
from openslate.rights.bundle import export_bundle
from openslate.rights.commitments import commitment
from openslate.rights.periods import Period
from openslate.storage.files import OWNER_ONLY, make_folder

ROLE = "personalize"
PAYER = "Lantern Street Pictures (invented)"
TITLES = {"demo:salt-road": "The Salt Road", "demo:salt-road-2": "The Salt Road II"}
READER = "demonstration"


def closing(project: Project, folder: Path) -> tuple[Step, Paper]:
    """Close the accounts from the month's beginning until now, and write the lead's statement with its proofs."""
    now = clock.now()
    period = Period(now.replace(day=1, hour=0, minute=0, second=0, microsecond=0), now)
    close_period(project, period, PAYER)
    payee = commitment(project, "payee", LEAD)
    document = statement(project, period, payee, prover=LedgerProver(project))
    write_statement_page(document, VaultNames(project, TITLES), folder / "statement.html")
    totals = sorted(document["totals"].items())
    payable = ", ".join(sum_in_words(total["payable"], currency) for currency, total in totals)
    return (
        Step("The accounts are closed", f"{payable} payable", "The statement is frozen and replays to the same bytes."),
        Paper("Statement", "what the lead is owed, by whom, for which use, with a proof", "statement.html"),
    )


def pages(project: Project, folder: Path) -> tuple[Paper, ...]:
    """The page of the lead, the overview for counsel, and the card of the model that serves."""
    write_person_page(person(project, LEAD, READER, "subject"), folder / "person.html")
    write_overview_page(overview(project, forgetting=deadlines(project)), folder / "overview.html")
    found = [
        Paper("The lead's own page", "what is held about her, what became of it, and how to end it", "person.html"),
        Paper("Overview for counsel", "denials by reason, dues, packs, models that wait to forget", "overview.html"),
    ]
    model = serving(project, ROLE)
    if model is not None:
        write_card(model_card(project, model.id), folder / "model-card.html")
        found.append(
            Paper("Model card", "whose consent the model rests on, and what it has forgotten", "model-card.html")
        )
    return tuple(found)


def audit(project: Project, folder: Path) -> tuple[Step, str, tuple[str, ...]]:
    """Write a bundle, and check it as an auditor would: by the one-file verifier, in a process without Openslate.

    Raises:
        RightsError: the verifier does not accept it.
    """
    key = ledger.make_key(project).text
    make_folder(folder, OWNER_ONLY)
    bundle = export_bundle(project, folder / "bundle")
    command = [sys.executable, "-I", str(bundle.folder / "openslate_verify.py"), str(bundle.folder), "--key", key]
    # Our own interpreter and verifier, and a key that we made: nothing here comes from outside.
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RightsError(f"The verifier refuses the ledger: {done.stdout or done.stderr}", "Report this as a bug.")
    said = tuple(json.loads(done.stdout)["checked"])
    outcome = f"all {bundle.entries:,} entries hold"
    return Step("An auditor checks the ledger with one file", outcome, "No part of Openslate was loaded."), key, said
