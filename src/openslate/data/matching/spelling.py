"""One spelling for names that are written in several: accents, ampersands, punctuation, numerals, short words."""

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n"})
_AND = re.compile(r"[&+＋]")
_DROPPED = re.compile(r"['’‘ʼ`´′.,](?=\w)|['’‘ʼ`´′]")
"""Marks within words: `ocean's` is `oceans`, `S.W.A.T.` is `SWAT`."""
_WORDS = re.compile(r"[^\W_]+")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {ten + one: str(10 * tens + ones) for tens, ten in enumerate(("", "x")) for ones, one in enumerate(_ONES)} | {
    "xx": "20"
}
_ONE_LETTER = frozenset("ivx")
_SPELLED = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "thirteen": "13",
    "fourteen": "14",
    "fifteen": "15",
    "sixteen": "16",
    "seventeen": "17",
    "eighteen": "18",
    "nineteen": "19",
    "twenty": "20",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
    "eleventh": "11th",
    "twelfth": "12th",
}
_SHORT = {"pt": "part", "vol": "volume", "ep": "episode", "versus": "vs", "v": "vs", "mister": "mr", "doctor": "dr"}


def _plain_letter(letter: str) -> str:
    """A Latin letter without its marks; letters of other scripts keep theirs, which tell words apart."""
    parts = unicodedata.normalize("NFKD", letter)
    return parts[0] if "a" <= parts[0] <= "z" and len(parts) > 1 and unicodedata.combining(parts[1]) else letter


def words_of(text: str) -> list[str]:
    """The words of a text in one spelling, numerals as digits.

    Args:
        text: a name, or a part of one.

    Example:
        >>> words_of("Amélie & the Ocean’s Eleven, Pt. III")
        ['amelie', 'and', 'the', 'oceans', '11', 'part', '3']
        >>> words_of("V for Vendetta"), words_of("Rocky V"), words_of("더 글로리")
        (['v', 'for', 'vendetta'], ['rocky', '5'], ['더', '글로리'])
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    if not folded.isascii():
        folded = "".join(map(_plain_letter, folded))
    found = _WORDS.findall(_DROPPED.sub(_mark, _AND.sub(" and ", folded)))
    return [_one_spelling(word, place, len(found)) for place, word in enumerate(found)]


def _mark(found: re.Match[str]) -> str:
    """Nothing for an apostrophe or the dot of an abbreviation, a space for a stop between words or before a number."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    if found.group() not in ".,":
        return ""
    if found.group() == "," or not before[-1:].isalnum():
        return "" if before[-1:].isdigit() and after[:1].isdigit() else " "
    abbreviated = not before[-2:-1].isalnum() and not (len(after) > 1 and after[1].isalnum())
    return "" if abbreviated or (before[-1:].isdigit() and after[:1].isdigit()) else " "


def _one_spelling(word: str, place: int, words: int) -> str:
    """A numeral as digits: single letters only at the end, where they count; the first word is a numeral never."""
    if place and word in _ROMAN and (word not in _ONE_LETTER or (place == words - 1 and word != "i")):
        return _ROMAN[word]
    if word == "v" and not 0 < place < words - 1:
        return word
    return _SPELLED.get(word) or _SHORT.get(word, word)
