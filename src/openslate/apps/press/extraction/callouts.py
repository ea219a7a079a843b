"""Lines that stand in or below an article and are none of it: callouts, lists of links, forms for comments, captions.

What is looked for is how such lines are worded and how much of them is a link; no site has rules of its own here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LINK = re.compile(r"\[([^\]]*)\]\((?:[^()\s]|\([^)]*\))*\)")
"""A link as the extraction writes it: [text](address)."""
MOSTLY = 0.9
"""Share of a line's letters that are links, above which it leads elsewhere."""
SHORT, LONG = 220, 260
"""Letters, above which a line is a paragraph whatever it holds, and whatever it begins with."""
_BEGINS = (
    r"you (may|might) (also )?(like|enjoy)",
    r"also (on|read|see)\b",
    r"more (from|on|stories|in|about)\b",
    r"read (more|also|next|the full)\b",
    r"related( stories| articles| topics|:|$)",
    r"see also|recommended|trending|most (read|popular)|don't miss|next up|up next|latest news",
    r"leave a (reply|comment)|your email address will not|required fields|comments?\b.{0,20}$|join the conversation",
    r"share this|click (here|to tweet)|watch:|sign up|subscribe",
    r"get (the|our|access|more)\b.*(newsletter|inbox|subscription|email|app)\b",
    r"follow (us|me|@|\w+ on)|have a (tip|story)|email \w+ .* at |contact (us|the)|reach (the )?reporters?",
    r"reporting by|\(reporting by|this copy is for|if you enjoyed",
    r"photo(s| by|:)|image( by| credit|:)|getty|©|copyright|all rights reserved|advertisement",
    r"tags?:|filed under|posted in|topics:|editor'?s? (picks?|note)",
)
_HOLDS = (
    r"sign up (for|to)|subscribe to|newsletters? (here|delivered)|to your inbox",
    r"follow (him|her|them|us) on|on twitter at|@\w+ (and|or) (on )?facebook|click to tweet",
    r"all rights reserved|personal, non-commercial use|(may|can) be reached at",
    r"(image|photo) (by|via|credit)|(getty images|shutterstock|afp|reuters)\W*$",
)
_LISTS = re.compile(
    r"\W*(more (from|on|stories|in|about)|related|recommended|trending|most (read|popular)|read more)\b.{0,60}:?$",
    re.IGNORECASE,
)
BEGINS = re.compile(r"\W*(" + "|".join(_BEGINS) + ")", re.IGNORECASE)
HOLDS = re.compile("|".join(_HOLDS), re.IGNORECASE)
WORD = re.compile(r"\w+")
LEAST_WORDS = 7
"""Of a sentence that is kept although it begins as a callout does."""
SAID = re.compile(r"[\"“”].*\b(said|says|told|adds|added|asked)\b|\b(said|told) \w+|\bwere told\b", re.IGNORECASE)
TO_READERS = re.compile(
    r"\b(you|your|us|our|we|here|newsletter|inbox|app|email|e-mail|click|subscribe|comment|comments|@\w+|reserved|"
    r"copyright|reporting|editing|twitter|facebook|getty|photo|image|reply|required)\b|©|https?:",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", '"', "”", "’", ":", ";", ",")


@dataclass(frozen=True)
class Line:
    """A line of a text.

    Attributes:
        text: without addresses of links.
        linked: the share of its letters that are links, 0 to 1.
    """

    text: str
    linked: float = 0.0


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text that has links as [text](address); empty ones are left out.

    Example:
        >>> lines_of("It rained.\\n\\n[More rain](https://a.org/1)")
        (Line(text='It rained.', linked=0.0), Line(text='More rain', linked=1.0))
    """
    return tuple(_line(one) for one in text.splitlines() if one.strip())


def is_callout(line: Line) -> bool:
    """Whether a line by itself is a callout, a form's, a caption or a mere address.

    Args:
        line: to look at.

    Example:
        >>> is_callout(Line("You may also like: How to cancel")), is_callout(Line("Photo by Ines Falk"))
        (True, True)
        >>> is_callout(Line("The crew went home on Friday."))
        False
    """
    text = line.text
    if re.fullmatch(r"https?://\S+", text):
        return True
    leads = line.linked > MOSTLY and len(WORD.findall(text)) > 2 and not text.endswith(_ENDS[:5])
    begins = len(text) < LONG and BEGINS.match(text) is not None and not _is_sentence(line)
    return leads or begins or (len(text) < SHORT and HOLDS.search(text) is not None)


def _is_sentence(line: Line) -> bool:
    """Whether a line that begins as callouts do is a sentence of the article all the same.

    It is whole, leads nowhere, and either quotes somebody or does not speak to the reader.
    """
    text = line.text
    if line.linked or not text.endswith((".", "!", "?", '"', "”")) or len(WORD.findall(text)) < LEAST_WORDS:
        return False
    return SAID.search(text) is not None or TO_READERS.search(text) is None


def without_callouts(lines: Sequence[Line], titles: Sequence[str] = ()) -> tuple[str, ...]:
    """The lines of an article.

    Args:
        lines: in order.
        titles: of the page, which are no part of the text where they are repeated above it.
    """
    return tuple(_kept(lines, [WORD.findall(title.lower()) for title in titles]))


def _kept(lines: Sequence[Line], titles: Sequence[list[str]]) -> Iterator[str]:
    listing = False
    for place, line in enumerate(lines):
        words = WORD.findall(line.text.lower())
        if not words or (place < 3 and _repeats(words, titles)):
            continue
        # Below 'More from ...:' every line is another one's title, until a sentence comes.
        listing = _LISTS.fullmatch(line.text) is not None or (listing and not line.text.endswith(_ENDS))
        if not listing and not is_callout(line):
            yield line.text


def _repeats(words: list[str], titles: Sequence[list[str]]) -> bool:
    return any(words == title or (len(words) > 4 and " ".join(words) in " ".join(title)) for title in titles)


def _line(written: str) -> Line:
    text = LINK.sub(r"\1", written).strip()
    letters = len(re.sub(r"\W", "", text))
    linked = sum(len(re.sub(r"\W", "", one.group(1))) for one in LINK.finditer(written))
    return Line(text, linked / letters if letters else 0.0)
