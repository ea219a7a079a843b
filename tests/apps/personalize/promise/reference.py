"""What ought to be allowed: a small model of who said what, written apart from everything that it is held against.

Where a crash left open whether something took effect, both are possible: each fact is the set of what may be true. An
effect is right when it may be allowed, and a refusal when it may be denied.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

MOST_USES = 3
DAYS = Decimal(2)
TOKEN_SECONDS = 15 * 60


@dataclass(frozen=True)
class Consent:
    """One version of the performer's consent to the use of one scan; version 0 stands for none.

    Attributes:
        version: its number.
        stands: False once it was withdrawn.
        rate: a day's pay; None where nobody agreed on one.
        since, until: from when, and until when.
    """

    version: int = 0
    stands: bool = False
    rate: Decimal | None = None
    since: datetime | None = None
    until: datetime | None = None

    def price(self, now: datetime) -> Decimal | None:
        """What the use costs where it is allowed, and None where it is not."""
        if not self.stands or self.rate is None or self.since is None or self.until is None:
            return None
        return self.rate * DAYS if self.since <= now < self.until else None


@dataclass
class Token:
    """Leave for one use.

    Attributes:
        text: what is shown.
        record: of which consent.
        version: of it that was decided on.
        amount: that was decided.
        entry: hash of the decision.
        expires: when it ends.
        over: whether it was spent, or has ended.
    """

    text: str
    record: int
    version: int
    amount: Decimal
    entry: str
    expires: datetime
    over: set[bool]


class Reference:
    """What was said so far.

    Args:
        members: of the service, all of whose plays are of one source.
    """

    def __init__(self, members: tuple[str, ...]) -> None:
        self.consents: list[set[Consent]] = [{Consent()}, {Consent()}]
        self.uses: list[tuple[int, int]] = [(0, 0), (0, 0)]
        self.strike: set[bool] = {False}
        self.bases: dict[str, set[bool]] = {"train": {False}, "personalize": {False}}
        self.words: dict[tuple[str, str], set[bool | None]] = {
            (member, purpose): {None} for member in members for purpose in self.bases
        }

    def granted(self, record: int, rate: Decimal | None, now: datetime, until: datetime, crashed: bool) -> None:
        """A consent was given."""
        before = self.consents[record]
        after = {Consent(one.version + 1, True, rate, now, until) for one in before}
        self.consents[record] = before | after if crashed else after

    def withdrawn(self, record: int, crashed: bool) -> None:
        """A consent was withdrawn."""
        before = self.consents[record]
        after = {replace(one, version=one.version + 1, stands=False) for one in before if one.stands}
        self.consents[record] = before | after if crashed else after

    def prices(self, record: int, now: datetime) -> set[Decimal | None]:
        """What a new use may cost; None among them where it may be denied."""
        least, most = self.uses[record]
        found: set[Decimal | None] = {one.price(now) for one in self.consents[record]}
        if True in self.strike or most >= MOST_USES:
            found.add(None)
        return {None} if self.strike == {True} or least >= MOST_USES else found

    def spendable(self, token: Token, now: datetime) -> set[bool]:
        """Whether a token may still serve."""
        stands = {one.version == token.version and one.price(now) is not None for one in self.consents[token.record]}
        may = {
            is_right and not over and not strike for is_right in stands for over in token.over for strike in self.strike
        }
        return {False} if now >= token.expires else may

    def said(self, member: str, purpose: str, granted: bool, crashed: bool) -> None:
        """A member said something."""
        before = self.words[member, purpose]
        self.words[member, purpose] = before | {granted} if crashed else {granted}

    def allowed(self, member: str, purpose: str) -> set[bool]:
        """Whether a member's plays may be used."""
        words, bases = self.words[member, purpose], self.bases[purpose]
        return {base if word is None else word for word in words for base in bases}
