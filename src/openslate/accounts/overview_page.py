"""The overview as a page to print, for counsel: what wants a decision first, then how everything stands."""

from pathlib import Path

from openslate.accounts.overview import Overview
from openslate.accounts.overview_removals import removals
from openslate.accounts.overview_tables import denials, endings, forgetting, money, packs, sources
from openslate.accounts.person_words import moment, number
from openslate.drawing.page_words import moment_in_words
from openslate.drawing.sheet import Block, Counts, Facts, Points, Prose, Section, Sheet, sheet_document
from openslate.errors import ProjectError
from openslate.storage.pages import write_page

NO_ADVICE = (
    "This is an account of what the project holds, and no legal advice. A pack is a reading of a contract or law, with "
    "how sure one can be of it; let counsel confirm it before a production relies on it."
)


def write_overview_page(found: Overview, path: Path) -> None:
    """Write the overview as HTML that loads nothing and runs no script: equal bytes for an equal overview.

    Args:
        found: of `overview.overview`.
        path: the file.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        write_page(path, sheet_document(overview_sheet(found)))
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def overview_sheet(found: Overview) -> Sheet:
    """The overview as words, tables, a drawing and facts."""
    wants = _wants(found)
    verdict = f"{number(len(wants), 'matter wants', 'matters want')} a look." if wants else "Nothing wants a look now."
    return Sheet(
        overline="Overview for counsel",
        heading="Consents, decisions and dues",
        made=f"Put together on {moment(found.at)}",
        verdict=verdict,
        findings=wants,
        sections=[
            Section("At a glance", [_counts(found)]),
            Section(f"Ending within {found.days} days", [endings(found)]),
            Section("Records that are not in order", _flaws(found)),
            Section("Denials by reason", denials(found)),
            Section("Disputes, holds and dues", money(found)),
            Section("Strikes and reservations", sources(found)),
            Section("Scans, replicas, and what is to be removed", removals(found)),
            Section("Models waiting to forget", forgetting(found)),
            Section("Contracts and laws", packs(found)),
            Section("The ledger", _ledger(found)),
            Section("What this is", [Prose(NO_ADVICE)]),
        ],
    )


def _wants(found: Overview) -> list[str]:
    """What wants a decision, the gravest first."""
    late = [one for one in found.forgetting or () if one.is_late]
    told = [
        *((1, f"A pack is broken, and nothing is allowed until it is mended: {one}") for one in found.broken_packs),
        (len(late), f"{number(len(late), 'model is', 'models are')} past the day to forget, and may not serve."),
        (len(found.strikes), f"On strike: {', '.join(found.strikes)}."),
        (len(found.dues), f"{number(len(found.dues), 'due is', 'dues are')} overdue, which denies new use."),
        (len(found.removals), f"{number(len(found.removals), 'thing is', 'things are')} to be removed: consent ended."),
        (
            found.replicas.past,
            f"{number(found.replicas.past, 'scan or replica is', 'scans and replicas are')} kept past their day.",
        ),
        (len(found.erasures), f"{number(len(found.erasures), 'erasure is', 'erasures are')} not finished."),
        (len(found.flaws), f"{number(len(found.flaws), 'record is', 'records are')} not in order."),
        (len(found.disputes), f"{number(len(found.disputes), 'dispute is', 'disputes are')} open."),
        (len(found.endings), f"{number(len(found.endings), 'grant ends', 'grants end')} within {found.days} days."),
        *_unsigned(found),
    ]
    return [text for count, text in told if count]


def _unsigned(found: Overview) -> list[tuple[int, str]]:
    """Entries that nobody outside can check so far."""
    size, signed = found.ledger.size, found.ledger.signed_size
    if signed is None:
        return [(size, "The ledger has no checkpoint, so nobody outside can check it.")]
    left = size - signed
    return [(left, f"{number(left, 'entry of the ledger is', 'entries of the ledger are')} not signed so far.")]


def _counts(found: Overview) -> Counts:
    recent = sum(one.recent for one in found.denials)
    pairs = [
        *((f"{status} records", count) for status, count in found.records.items()),
        ("ending soon", len(found.endings)),
        (f"denied in {found.days} days", recent),
        ("open disputes", len(found.disputes)),
        ("overdue", len(found.dues)),
        ("to be removed", len(found.removals)),
        ("scans and replicas", found.replicas.kept),
        ("ledger entries", found.ledger.size),
    ]
    return Counts([(word, f"{count:,}") for word, count in pairs])


def _flaws(found: Overview) -> list[Block]:
    if not found.flaws:
        return [Prose("Every record of a person is signed, by themselves or under a mandate that covers it.")]
    return [
        Prose("These records allow nothing (R01), until their form is mended:"),
        Points([f"{one.record}: {one.trouble}" for one in found.flaws]),
    ]


def _ledger(found: Overview) -> list[Block]:
    place = found.ledger
    signed = (
        "none"
        if place.signed_size is None or place.signed_at is None
        else f"over {number(place.signed_size, 'entry', 'entries')}, {moment_in_words(place.signed_at)}, "
        f"with {number(place.signatures, 'signature', 'signatures')}"
    )
    facts = [
        ("Entries", f"{place.size:,}"),
        ("Last entry", "none" if place.last_at is None else moment(place.last_at)),
        ("Its hash", place.last or "none"),
        ("Last checkpoint", signed),
    ]
    return [Facts(facts), Prose("This page reads the ledger and does not prove it; openslate rights verify does.")]
