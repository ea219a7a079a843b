"""What the vault holds of a subject, what of it others' consents rest on, and its removal in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from openslate.accounts.erasing import journal
from openslate.accounts.erasing.journal import Begun
from openslate.accounts.erasing.names import Name
from openslate.data.written.texts import remove_texts, texts, words_of
from openslate.project import Project
from openslate.rights import erased
from openslate.rights.canonical import canonical
from openslate.rights.commitments import forget_salt
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import Stored, id_of, latest

KINDS = ("subject", "payee")
"""As what the ledger's commitments know a subject."""
NO_SUBJECT = ("viewer", "source")
USE = "use"


@dataclass(frozen=True)
class HeldOf:
    """Records and mandates that concern a subject.

    Attributes:
        own: ids of those that are theirs alone, and go.
        kept: ids of others' that name them, with why those stay.
        paid_for_others: whether they are paid for somebody whose record stays.
    """

    own: tuple[str, ...]
    kept: Mapping[str, str]
    paid_for_others: bool


def held_of(project: Project, subject: str) -> HeldOf:
    """What concerns a subject, by the versions that stand.

    Raises:
        RightsError: a version was changed or removed outside Openslate.
    """
    standing = latest(project)
    needed = {
        one.value.mandate
        for one in standing
        if isinstance(one.value, ConsentRecord) and one.value.mandate and one.value.subject_id != subject
    }
    own: list[str] = []
    kept: dict[str, str] = {}
    paid = False
    for one in standing:
        why = _why_it_stays(one, subject, needed)
        if why is None:
            continue
        if why:
            kept[id_of(one.value)] = why
            paid = paid or (isinstance(one.value, ConsentRecord) and one.value.paid_to == subject)
        else:
            own.append(id_of(one.value))
    kept |= {**_papers_of_others(project, subject), **_texts_of_others(project, subject)}
    return HeldOf(tuple(own), kept, paid)


def _why_it_stays(one: Stored, subject: str, needed: set[str]) -> str | None:
    """Why it is kept; '' where it is theirs alone, and None where it does not concern them."""
    value = one.value
    if isinstance(value, Mandate):
        if set(value.subjects) == {subject}:
            return "" if value.mandate_id not in needed else "another's record was signed under it"
        if value.holder_id == subject:
            return "another's record was signed under it" if value.mandate_id in needed else ""
        return "it is a mandate for others, too" if subject in value.subjects else None
    if value.subject_kind in NO_SUBJECT:
        return None
    if value.subject_id == subject:
        return ""
    if subject in (value.guardian, value.paid_to, value.producer, *value.transferees):
        return "it is another's record, to which they are a party"
    return None


def remove_from_vault(project: Project, begun: Begun, subject: str, held: HeldOf, models: int) -> Begun:
    """Remove rows, papers, texts, tokens and salts, and mark the subject as erased: all of it, or nothing.

    Args:
        project: where.
        begun: the erasure.
        subject: the id.
        held: what concerns them.
        models: how many that learned from their texts were removed before, for the receipt.

    Raises:
        RightsError: the vault cannot be written.
    """
    vault = project.vault
    removed = dict.fromkeys(("record versions", "papers", "texts", "models", "tokens", "salts"), 0)
    removed["models"] = models
    with vault.transaction():
        for identity in held.own:
            for (digest,) in vault.rows("SELECT hash FROM records WHERE record = ?", (identity,)):
                removed["salts"] += forget_salt(project, "record", str(digest))
            removed["record versions"] += vault.execute("DELETE FROM records WHERE record = ?", (identity,))
        removed["tokens"] = vault.execute(
            "DELETE FROM tokens WHERE request IN (SELECT name FROM papers WHERE kind = ? AND subject = ?)",
            (USE, subject),
        )
        # Whoever is still paid for others must be found to be paid.
        spared = "payee" if held.paid_for_others else ""
        removed["papers"] = vault.execute("DELETE FROM papers WHERE subject = ? AND kind <> ?", (subject, spared))
        removed["texts"] = remove_texts(project, subject)
        for kind in KINDS:
            if kind != spared:
                removed["salts"] += forget_salt(project, kind, subject)
        erased.mark_subject(project, subject)
        return journal.tell(project, begun, removed=removed)


def known_as(kind: str, subject: str) -> str:
    """How the vault calls a subject of a kind beside their salt."""
    return canonical([kind, subject]).decode()


def names_of(subject: str) -> tuple[str, ...]:
    """How columns of the vault may call a subject: by the id, or by kind and id."""
    return subject, *(known_as(kind, subject) for kind in KINDS)


def _papers_of_others(project: Project, subject: str) -> dict[str, str]:
    """Papers of somebody else in which a distinctive id stands, such as the words of a dispute."""
    name = Name(subject)
    rows = project.vault.rows("SELECT kind, name, document FROM papers WHERE subject <> ?", (subject,))
    return {
        f"{kind!s} {paper!s}": "it is another's paper, which names them"
        for kind, paper, document in rows
        if isinstance(document, bytes) and name.inside(document.decode(errors="replace"))
    }


def _texts_of_others(project: Project, subject: str) -> dict[str, str]:
    """Scripts of others in whose words a distinctive id stands."""
    name = Name(subject)
    if not name.distinctive:
        return {}
    return {
        f"{one.kind} of {one.title}": "it is another's text, which names them"
        for one in texts(project)
        if subject not in one.holders and name.inside(words_of(project, one.text))
    }
