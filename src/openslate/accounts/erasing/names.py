"""When a text names a member: what is compared whole, what is looked for inside, and what chance would bring about.

An id such as 'm-4217731' stands in a file for one reason alone; '42' stands in every second one. So two questions are
kept apart. Where a place is known to hold an id (a column `member`, a field of a refused row, a value under `member`)
it is compared whole, for any id. Anywhere else an id is looked for inside the text only when it is distinctive, and
it counts only when neither a letter nor a digit touches it: 'm-42177310' does not name 'm-4217731'.
"""

import hashlib
import html
import json
import re
from dataclasses import dataclass
from functools import cached_property

from openslate.drawing.page_words import heading_of

SHORTEST = 8
LONG = 20
DIGITS_ALONE = 12
PAGE_FOLDER = 32
"""Characters of the plain hash by which kept pages are filed."""


@dataclass(frozen=True)
class Name:
    """A member's id, and how it may be written.

    Attributes:
        member: the id.
    """

    member: str

    @cached_property
    def distinctive(self) -> bool:
        """Whether the id is so long and mixed that it stands nowhere by chance.

        Example:
            >>> [Name(one).distinctive for one in ("42", "personalize", "1700000000", "m0000042", "ann@example.org")]
            [False, False, False, True, True]
        """
        id_, digits = self.member, sum(character.isdigit() for character in self.member)
        if digits == len(id_):
            return digits >= DIGITS_ALONE
        return len(id_) >= SHORTEST and (digits > 0 or "@" in id_ or len(id_) >= LONG)

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """The id as it is, and as JSON, HTML, CSV, SQL and Python write it inside a text."""
        plain = self.member
        ascii_, wide = json.dumps(plain)[1:-1], json.dumps(plain, ensure_ascii=False)[1:-1]
        twice = [json.dumps(text, ensure_ascii=flag)[1:-1] for text in (ascii_, wide) for flag in (True, False)]
        doubled = [plain.replace('"', '""'), plain.replace("'", "''")]
        escaped = [html.escape(plain), html.escape(plain).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")]
        forms = (plain, ascii_, wide, *twice, *doubled, *escaped, repr(plain)[1:-1])
        return tuple(dict.fromkeys(forms))

    @cached_property
    def hashes(self) -> tuple[str, ...]:
        """The id's plain SHA-256, and the beginning of it that names a folder."""
        digest = hashlib.sha256(self.member.encode()).hexdigest()
        return digest, digest[:PAGE_FOLDER]

    def inside(self, text: str) -> bool:
        """Whether a text holds a distinctive id, or the plain hash of any.

        Example:
            >>> name = Name("m-4217731")
            >>> name.inside("plays of m-4217731.csv"), name.inside("m-42177310")
            (True, False)
        """
        return (self.distinctive and self._pattern.search(text) is not None) or self.hashes[1] in text

    def heads_a_page(self, text: str) -> bool:
        """Whether a report shows the member's own page, under the heading that such a page has."""
        heading = heading_of({"member": self.member})
        return any(f"{form}{end}" in text for form in {heading, html.escape(heading)} for end in ("<", '"', "\n"))

    def touches(self, text: str) -> bool:
        """Whether a text holds the letters of a distinctive id, be it as a part of somebody else's."""
        return self.distinctive and any(form in text for form in self.spellings)

    def masked(self, text: str, token: str) -> str:
        """The text with a token in the place of the id and of its hash, wherever they stand as a word."""
        for digest in self.hashes:
            text = text.replace(digest, token)
        return self._pattern.sub(token, text)

    def raw(self) -> tuple[bytes, ...]:
        """What must not stand in the bytes of any file: the hash in both forms, and the id when it is distinctive."""
        digest = self.hashes[0]
        told = tuple(form.encode() for form in self.spellings) if self.distinctive else ()
        return (*told, digest[:PAGE_FOLDER].encode(), bytes.fromhex(digest))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = "|".join(re.escape(form) for form in sorted(self.spellings, key=len, reverse=True))
        return re.compile(rf"(?<![^\W_])(?:{forms})(?![^\W_])")
