"""The sentences of a person's page, for whoever it is about and has never read a contract or a ledger."""

from collections.abc import Iterable
from datetime import datetime

from openslate.accounts.person_reads import Read
from openslate.accounts.statement_words import sum_in_words
from openslate.drawing.page_words import moment_in_words
from openslate.rights.compensation import Compensation
from openslate.rights.records.record import ConsentRecord
from openslate.rights.rules.codes import CODES
from openslate.rights.vocabulary import EVERYWHERE

ASSETS = {
    "EBDR": "a digital double, made for a job",
    "ICDR": "a digital double, made without a scan of the job",
    "BADR": "a digital double of a background actor",
    "voice": "a voice",
    "biometric": "measurements of a body",
    "literary_material": "writing",
    "synopsis": "a synopsis",
    "viewing_data": "viewing",
}
USES = {
    "scan": "making a scan",
    "train": "training a model",
    "fine_tune": "fine-tuning a model",
    "generate": "generating new material",
    "alter": "altering what was recorded",
    "dub": "speaking another language by replica",
    "promo": "promotion",
    "third_party_training_licence": "a licence to others to train",
    "evaluate": "measuring a model",
    "personalize": "choosing what this member is shown",
    "erase": "erasing",
}
EFFECTS = {
    "stop_new": "nothing new is made",
    "remove": "what was made is to be removed, too",
    "unlearn": "what was made is to be removed, and models are to unlearn it",
}
OUTCOMES = {
    "let through": "was used",
    "held back": "was held back",
    "not in it": "was not in it",
    "cannot be opened": "is not known: the read was closed by an erasure, or was too large to keep",
}
TABLES = {
    "members": "a membership",
    "plays": "plays",
    "ratings": "ratings",
    "impressions": "titles that were shown",
    "pages": "kept home pages",
}
BASES = {
    "day_equiv": "by the days that the scenes would have needed",
    "per_line": "by the line",
    "flat": "an amount for each use",
    "freely_bargained": "as was bargained",
    "pro_rata": "by a share of all uses",
    "user_centric": "viewer by viewer",
}
NO_ADVICE = "This page is an account of what the project holds. It is no legal advice."


def how_it_stands(record: ConsentRecord, at: datetime) -> str:
    """Whether a record allows anything at a moment.

    Args:
        record: as it stands.
        at: the moment.
    """
    if record.status == "withdrawn":
        # A record without its moment or effect is not taken in, so both are there.
        when = "" if record.withdrawn_at is None else f" on {moment(record.withdrawn_at)}"
        return f"withdrawn{when}: {EFFECTS[record.withdrawal_effect or 'stop_new']}"
    if record.status != "active":
        return f"{record.status}: it allows nothing now"
    if record.expires_at is not None and record.expires_at <= at:
        return f"ended on {moment(record.expires_at)}: it allows nothing any more"
    if record.effective_from > at:
        return f"not yet in force: it begins on {moment(record.effective_from)}"
    return "in force"


def allows_now(record: ConsentRecord, at: datetime) -> bool:
    """Whether a record is in force at a moment."""
    return how_it_stands(record, at) == "in force"


def until(record: ConsentRecord) -> str:
    """How long a record holds."""
    end = "without an end" if record.expires_at is None else f"until {moment(record.expires_at)}"
    return f"from {moment(record.effective_from)}, {end}"


def how_paid(owed: Compensation | None) -> str:
    """What a record says is owed, in words."""
    if owed is None:
        return "nothing is paid for it"
    if owed.rate is None:
        return f"from the pool “{owed.pool}”, {BASES[owed.basis]}"
    least = "" if owed.floor is None else f", at least {sum_in_words(str(owed.floor), owed.currency)}"
    on_top = "".join(
        f", {words}"
        for words, is_owed in (
            ("with residuals", owed.residuals),
            ("with contributions to pension and health", owed.pension_and_health),
        )
        if is_owed
    )
    return f"{BASES[owed.basis]}: {sum_in_words(str(owed.rate), owed.currency)} each{least}{on_top}"


def from_when(first: datetime | None, last: datetime | None) -> str:
    """The moments between which rows are; '' where they have none."""
    if first is None or last is None:
        return ""
    return moment(first) if first == last else f"{moment(first)} to {moment(last)}"


def anywhere(names: Iterable[str]) -> str:
    """Territories, media, languages or assets.

    Example:
        >>> anywhere(("US", "GB")), anywhere(("*",))
        ('US, GB', 'all')
    """
    return ", ".join("all" if one == EVERYWHERE else one for one in names)


def moment(at: datetime) -> str:
    """A moment for readers."""
    return moment_in_words(at.isoformat())


def reason(code: str) -> str:
    """Why something was denied, in a sentence, with the rule's code.

    Example:
        >>> reason("R20")
        'The consent was withdrawn. (R20)'
    """
    return f"{CODES[code][1]} ({code})" if code in CODES else f"By the rule {code}."


def number(count: int, one: str, many: str) -> str:
    """A count with its noun.

    Example:
        >>> number(1, "use", "uses"), number(2000, "use", "uses")
        ('1 use', '2,000 uses')
    """
    return f"{count:,} {one if count == 1 else many}"


def what_it_made(read: Read) -> str:
    """What a read made, as far as is known."""
    if read.model is not None:
        return f"model {read.model[:12]}, by run {read.run}"
    return f"run {read.run}" if read.run is not None else "nothing that is on record"
