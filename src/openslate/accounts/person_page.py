"""A person's page to print: what is held, for what, until when, how often used, what it paid, and how to end it."""

from pathlib import Path

from openslate.accounts.person import Person
from openslate.accounts.person_page_assets import assets
from openslate.accounts.person_page_parts import disputes, looks, money, papers, reads, uses, viewing, ways
from openslate.accounts.person_records import RecordHeld
from openslate.accounts.person_words import (
    ASSETS,
    NO_ADVICE,
    USES,
    allows_now,
    anywhere,
    how_it_stands,
    how_paid,
    moment,
    number,
    until,
)
from openslate.drawing.sheet import Block, Cell, Counts, Facts, Prose, Section, Sheet, Table, sheet_document
from openslate.errors import ProjectError
from openslate.rights.records.mandate import Mandate
from openslate.storage.files import OWNER_FILE
from openslate.storage.pages import write_page


def write_person_page(person: Person, path: Path) -> None:
    """Write a person's page as HTML that loads nothing and runs no script: equal bytes for an equal person.

    Args:
        person: of `person.person`.
        path: the file; give it to the person and to nobody else.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        write_page(path, sheet_document(person_sheet(person)), OWNER_FILE)
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def person_sheet(person: Person) -> Sheet:
    """A person as words, tables and facts."""
    known = person.is_known
    return Sheet(
        overline="What is held about you, and what became of it",
        heading=person.id,
        made=f"Put together on {moment(person.at)}, for {person.look.reader}",
        verdict=_verdict(person),
        findings=_findings(person),
        sections=[
            *([Section("At a glance", [_counts(person)])] * known),
            *(Section(f"Consent {one.record.record_id}", _record(one, person)) for one in person.records),
            *([Section("Who acts for whom", [_mandates(person.mandates)])] * bool(person.mandates)),
            *([Section("Scans, replicas and generated files", assets(person))] * (known and person.kind == "subject")),
            *([Section("Your viewing", viewing(person))] * (known and person.kind == "member")),
            *([Section("Scripts, pitches and decisions", [papers(person.papers)])] * bool(person.papers)),
            *([Section("What was used, and what was denied", uses(person))] * bool(person.uses or person.denials)),
            *([Section("Where your viewing went", reads(person))] * bool(known and person.reads)),
            *([Section("What was paid", money(person))] * bool(person.accounts)),
            *([Section("Disputes", [disputes(person)])] * bool(person.disputes)),
            *([Section("Who looked at this before", [looks(person)])] * known),
            *([Section("How to withdraw, or say that something is wrong", ways(person))] * bool(person.ways)),
            Section("How to check it", _proof(person)),
        ],
    )


def _verdict(person: Person) -> str:
    if not person.is_known:
        return f"Nothing is held about a {person.kind} of this id, and nothing was done with anything of theirs."
    if person.kind == "member":
        held = sum(one.count for one in person.rows)
        used = sum(one.outcome == "let through" for one in person.reads)
        return f"{number(held, 'row', 'rows')} about your viewing are held; {number(used, 'read', 'reads')} used them."
    if person.papers and not person.records:
        named = number(len(person.papers), "paper names", "papers name")
        return f"{named} you: scripts of yours, pitches, or what you said of them."
    standing = sum(allows_now(one.record, person.at) for one in person.records)
    return (
        f"{number(standing, 'consent of yours is', 'consents of yours are')} in force, and "
        f"{number(len(person.uses), 'use was', 'uses were')} allowed."
    )


def _findings(person: Person) -> list[str]:
    found = []
    if person.is_erased:
        found.append("A member of this id was erased: whatever an import brings of them is refused.")
    elif not person.is_known:
        found.append(
            "Somebody who was erased looks like somebody who was never here: the ledger's entries about them stand, "
            "and nothing ties them to anyone any more."
        )
    if person.removals:
        count = len(person.removals)
        found.append(f"{number(count, 'thing is', 'things are')} to be removed since you withdrew; see below.")
    past = sum(one.is_past for one in person.replicas)
    if past:
        found.append(f"{number(past, 'scan or replica is', 'scans and replicas are')} kept past the day to destroy it.")
    if person.denials:
        denied = number(len(person.denials), "request was", "requests were")
        found.append(f"{denied} denied, and nothing was done on {'it' if len(person.denials) == 1 else 'them'}.")
    unopened = sum(one.outcome == "cannot be opened" for one in person.reads)
    if unopened:
        found.append(
            f"{number(unopened, 'read', 'reads')} cannot be opened any more, so nobody can say whether you were in."
        )
    open_disputes = sum(one.outcome is None for one in person.disputes)
    if open_disputes:
        found.append(f"{number(open_disputes, 'dispute is', 'disputes are')} open.")
    return found


def _counts(person: Person) -> Counts:
    pairs = [("consents", len(person.records)), ("uses allowed", len(person.uses)), ("denied", len(person.denials))]
    if person.kind == "member":
        through = sum(one.outcome == "let through" for one in person.reads)
        pairs = [("rows held", sum(one.count for one in person.rows)), ("reads that used them", through), *pairs]
    else:
        pairs += [("scans and replicas", len(person.replicas)), ("files made", len(person.files))]
    return Counts([(word, f"{count:,}") for word, count in (*pairs, ("looks before", len(person.looks)))])


def _record(held: RecordHeld, person: Person) -> list[Block]:
    record = held.record
    signed = f"by the {record.signer_role}" if record.signer_role != "self" else "by you"
    facts = [
        ("How it stands", how_it_stands(record, person.at)),
        ("Until when", until(record)),
        ("What it is about", f"{ASSETS[record.asset_kind]}: {anywhere(record.asset_ids)}"),
        ("For which production", anywhere((record.project_id,))),
        ("Where", f"territories: {anywhere(record.territories)}; media: {anywhere(record.media)}"),
        ("In which languages", anywhere(record.languages)),
        ("Who may use it", ", ".join(one for one in (record.producer, *record.transferees) if one) or "nobody named"),
        ("Signed", f"{signed}, version {record.version} of it" if record.signature else "not signed"),
        ("Kept until", "not stated" if record.retention_until is None else moment(record.retention_until)),
        ("How it is paid", how_paid(record.compensation)),
        *((("On the basis of", record.basis_text),) if record.basis_text else ()),
        *((("Contracts", ", ".join(record.packs)),) if record.packs else ()),
    ]
    return [Facts(facts), _permitted(held), *([_versions(held)] if held.earlier else [])]


def _permitted(held: RecordHeld) -> Table:
    rows = []
    for one in held.record.uses:
        scenes = f"scenes {', '.join(one.scenes)}" if one.scenes else ""
        most = "no limit" if one.max_count is None else f"{one.max_count:,}"
        rows.append((Cell(USES[one.use], scenes), f"{held.used[one.use]:,}", most, one.description))
    return Table("What was agreed to", ("use", "allowed so far", "at most", "in words"), rows, numbers=(1, 2))


def _versions(held: RecordHeld) -> Table:
    rows = [(str(one.version), one.status, until(one)) for one in (*held.earlier, held.record)]
    return Table("Every version of it", ("version", "status", "how long"), rows)


def _mandates(mandates: tuple[Mandate, ...]) -> Table:
    rows = [
        (
            one.mandate_id,
            Cell(one.holder_id, f"as {one.role}"),
            anywhere(one.subjects),
            ", ".join(USES[use] for use in one.uses) or "everything",
            "revoked" if one.revoked_at is not None else "no end" if one.expires_at is None else moment(one.expires_at),
        )
        for one in mandates
    ]
    return Table("Papers by which one acts for another", ("mandate", "who", "for whom", "for what", "until"), rows)


def _proof(person: Person) -> list[Block]:
    facts = [("This look is entry", str(person.look.entry.index)), ("With the hash", person.look.entry.hash)]
    if person.look.subject is not None:
        facts.append(("You are known on the ledger as", person.look.subject))
    return [
        Facts(facts),
        Prose(
            "The numbers of entries on this page are places on the ledger; openslate rights verify checks all of it."
        ),
        Prose(NO_ADVICE),
    ]
