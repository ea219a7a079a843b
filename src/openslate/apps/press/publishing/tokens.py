"""The tokens of records: made with a key that never leaves the project, and kept while they say the same."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item_document import content_of
from openslate.apps.press.publishing.edition_types import ShownItem
from openslate.apps.press.records.secured import KEY_BYTES, LONGEST, Token, secured_with, token_of
from openslate.project import Project

KEY = "press-tokens"


@dataclass(frozen=True)
class Seal:
    """What tokens are made with.

    Attributes:
        key: of the project.
        kept: tokens that were written before, by item.
    """

    key: bytes
    kept: Mapping[str, str]

    def secured(self, one: ShownItem) -> str:
        """The token of a record: the bytes that were written before, unless it says something else now.

        Args:
            one: whose record it is.
        """
        token = Token(one.id, _source(one.item.source), content_of(one.item))
        before = self.kept.get(one.id, "")
        return before if before and token_of(before, self.key) == token else secured_with(token, self.key)

    def is_ours(self, item: str, secured: str) -> bool:
        """Whether a token was written here, with this key or with one before it.

        Args:
            item: id of the record's item.
            secured: as the record carries it.
        """
        return secured == self.kept.get(item) or token_of(secured, self.key) is not None


def seal_of(desk: Desk) -> Seal:
    """What the tokens of a project are made with; its key is made at first use, in the vault.

    Args:
        desk: of the project.

    Raises:
        RightsError: the vault cannot be used.
    """
    rows = desk.rows("SELECT item, secured FROM tokens")
    return Seal(_key(desk.project), {str(item): str(secured) for item, secured in rows})


def keep_tokens(desk: Desk, seal: Seal, tokens: Mapping[str, str]) -> None:
    """Remember the tokens that were written.

    Args:
        desk: that keeps them.
        seal: with those that it knows already.
        tokens: by item.
    """
    new = {item: secured for item, secured in tokens.items() if seal.kept.get(item) != secured}
    if not new:
        return
    with desk.transaction():
        for item, secured in new.items():
            desk.execute("INSERT OR REPLACE INTO tokens (item, secured) VALUES (?, ?)", (item, secured))


def _key(project: Project) -> bytes:
    vault = project.vault
    rows = vault.rows("SELECT key FROM keys WHERE name = ?", (KEY,))
    if not rows:
        # Two that publish at once end with one key: the first that was written.
        vault.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (KEY, secrets.token_bytes(KEY_BYTES)))
        rows = vault.rows("SELECT key FROM keys WHERE name = ?", (KEY,))
    key = rows[0][0]
    assert isinstance(key, bytes)
    return key


def _source(name: str) -> str:
    """A source as an id: names may have spaces in them, or be long."""
    plain = 0 < len(name) <= LONGEST and not any(letter.isspace() for letter in name)
    return name if plain else hashlib.sha256(name.encode()).hexdigest()[:16]
