"""How somebody withdraws, disputes or is forgotten: the exact commands, in the one place that knows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from shlex import quote

from openslate.accounts.person_money import Dispute
from openslate.rights.consent import PURPOSES
from openslate.rights.records.record import ConsentRecord


@dataclass(frozen=True)
class Way:
    """Something that can be asked for.

    Attributes:
        what: in a sentence.
        command: with which whoever is asked does it.
    """

    what: str
    command: str


def ways_of_member(member: str) -> tuple[Way, ...]:
    """What a member can ask for."""
    purposes = " ".join(f"--purpose {one}" for one in PURPOSES)
    return (
        Way(
            "Stop every use of my viewing from now on.",
            f"openslate rights withdraw {_option('--member', member)} {purposes}",
        ),
        *(
            Way(_STOPS[one], f"openslate rights withdraw {_option('--member', member)} --purpose {one}")
            for one in PURPOSES
        ),
        Way(
            "Forget me: my rows, and what models learned.",
            f"openslate rights forget --reason 'Asked for by the member.' {_argument(member)}",
        ),
    )


_STOPS = {
    "train": "Stop learning from my viewing.",
    "evaluate": "Stop measuring with my viewing.",
    "personalize": "Stop choosing for me by my viewing.",
}


def ways_of_subject(
    subject: str, records: Iterable[ConsentRecord], lines: Iterable[tuple[str, str]], disputes: Iterable[Dispute]
) -> tuple[Way, ...]:
    """What a performer, writer or director can ask for.

    Args:
        subject: who.
        records: of theirs, as they stand.
        lines: period and number of each line of their statements.
        disputes: of theirs.
    """
    found = []
    for one in records:
        if one.status != "withdrawn":
            withdraw = f"openslate rights withdraw {_option('--record', one.record_id)} --effect"
            found += [
                Way(f"Allow no new use under {one.record_id}; what was made stays.", f"{withdraw} stop_new"),
                Way(f"And remove what was made under {one.record_id}.", f"{withdraw} remove"),
                Way(f"And have models that learned from it unlearn it ({one.record_id}).", f"{withdraw} unlearn"),
            ]
    for period, line in lines:
        found.append(
            Way(
                f"Dispute line {line}.",
                f"openslate rights dispute {_option('--period', period)} {_option('--line', line)} "
                f"{_option('--payee', subject)} --text 'What is wrong, in your own words.'",
            )
        )
    for dispute in disputes:
        if dispute.outcome is None:
            found.append(
                Way(
                    f"End the open dispute {dispute.number} myself.",
                    f"openslate rights resolve {_argument(dispute.number)} --outcome withdrawn",
                )
            )
    return tuple(found)


def _option(name: str, value: str) -> str:
    # A value that begins like an option must not be read as one.
    return f"{name}={quote(value)}" if value.startswith("-") else f"{name} {quote(value)}"


def _argument(value: str) -> str:
    return f"-- {quote(value)}" if value.startswith("-") else quote(value)
