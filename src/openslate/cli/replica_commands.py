"""`openslate rights register`, `mark`, `inspect` and `removed`: scans, replicas and files, and what became of them."""

from pathlib import Path
from typing import Annotated, cast

import typer

from openslate.cli.output import AsJson, print_json, say


def add_to(app: typer.Typer) -> None:
    """Put these commands among those on rights."""
    app.command(
        epilog="Example: openslate --project svc rights register scan.zip --asset scan-1 --kind EBDR --subject h-1 ..."
    )(register)
    app.command(
        epilog="Example: openslate --project svc rights mark made.png out.png --entry 11 --subject h-1 --identity ~/id"
    )(mark)
    app.command(epilog="Example: openslate --project svc rights inspect picture.jpg")(inspect)
    app.command(epilog="Example: openslate --project svc rights removed scan-1 --evidence 'Wiped by the lab.'")(removed)


def register(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The scan or replica; it is hashed and stays where it is.")],
    asset: Annotated[str, typer.Option(help="Its id, as consent records name it.")],
    kind: Annotated[str, typer.Option(help="EBDR, ICDR, BADR, voice or biometric.")],
    subject: Annotated[str, typer.Option(help="Id of the person.")],
    custodian: Annotated[str, typer.Option(help="Who answers for it.")],
    destroy_rule: Annotated[str, typer.Option(help="What makes it be destroyed, such as 'when the picture locks'.")],
    until: Annotated[
        str | None, typer.Option(help="Day from which it may not be kept, such as 2027-01-31; needed for biometrics.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Register a scan or replica."""
    from datetime import UTC, datetime

    from openslate.accounts.replicas import Replica, ReplicaKind
    from openslate.accounts.replicas import register as register_replica
    from openslate.errors import UsageError
    from openslate.project import Project
    from openslate.storage.files import content_hash

    if not file.is_file():
        raise UsageError(f"There is no file {file}.", "Name the scan or replica itself.")
    try:
        retention = None if until is None else datetime.fromisoformat(until).replace(tzinfo=UTC)
    except ValueError:
        raise UsageError(f"--until {until!r} is no day.", "Write it as 2027-01-31.") from None
    replica = Replica(
        asset, content_hash(file), cast(ReplicaKind, kind), subject, str(file), custodian, retention, destroy_rule
    )
    found = register_replica(Project.open(context.obj), replica)
    if as_json:
        print_json({"asset": asset, "sha256": found.replica.sha256, "entry": found.entry})
    else:
        say(f"Registered as {asset}: entry {found.entry} of the ledger. SHA-256 {found.replica.sha256}.")


def mark(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="The generated file.")],
    target: Annotated[Path, typer.Argument(help="Where the signed copy goes.")],
    entry: Annotated[int, typer.Option(help="The decision that allowed it, as `rights use` prints it.")],
    subject: Annotated[str, typer.Option(help="Id of the person who was used.")],
    identity: Annotated[Path, typer.Option(help="Folder of the signer's key and certificates, outside the project.")],
    make_identity: Annotated[
        bool, typer.Option("--make-identity", help="Make a self-made identity there, which nobody else trusts.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Sign a copy of a generated file with Content Credentials."""
    from openslate.accounts.marking.identities import make_signing_identity, read_signing_identity
    from openslate.accounts.marking.mark import mark as mark_file
    from openslate.accounts.marking.uses import AllowedUse
    from openslate.project import Project

    project = Project.open(context.obj)
    if make_identity:
        signer = make_signing_identity(identity, "Openslate demonstration")
    else:
        signer = read_signing_identity(identity)
    made = mark_file(project, source, target, [AllowedUse(entry, subject)], signer)
    if as_json:
        print_json({"path": str(made.path), "sha256": made.prints.file, "new_identity": make_identity})
        return
    say(f"Signed and recorded: {made.path}. SHA-256 {made.prints.file}.")
    if make_identity:
        say(f"The identity in {identity} is new and self-made: nobody else trusts it. Put your own in its place.")


def inspect(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file; its name says nothing.")],
    roots: Annotated[Path | None, typer.Option(help="Certificates in PEM whose signers are trusted.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what is known of a file."""
    from openslate.accounts.marking.inspecting import inspect as inspect_file
    from openslate.project import Project

    found = inspect_file(Project.open(context.obj), file, roots)
    if as_json:
        print_json(
            {
                "verdict": found.verdict,
                "sentences": found.sentences(),
                "sha256": found.prints.file,
                "error": found.error,
            }
        )
        return
    for sentence in found.sentences():
        say(sentence)


def removed(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="SHA-256 of a marked file, id of an asset, or use-N for a training.")],
    evidence: Annotated[str, typer.Option(help="Who removed it and how, or the hash of a certificate.")],
    as_json: AsJson = False,
) -> None:
    """Record that a file, scan or replica was removed."""
    from openslate.accounts.removals import record_removal
    from openslate.project import Project

    stands = record_removal(Project.open(context.obj), name, evidence)
    if as_json:
        print_json({"name": name, "entry": stands.index})
    else:
        say(f"Recorded that {name} was removed: entry {stands.index} of the ledger. Whether it was, only you can know.")
