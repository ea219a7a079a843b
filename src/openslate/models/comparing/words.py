"""The words of a text, in any script, as a comparison reads them."""

import re
import unicodedata

LETTERS_READ = 20_000
"""A synopsis is no longer; of a script that was pasted in its place, the beginning says what it is about."""
_RUN = re.compile(r"[^\W_]+")
# Han, kana and their extensions are written without spaces between words.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def words_of(text: str) -> list[str]:
    """The words of a text in their order: folded case, compatible letters as one, accents kept.

    Scripts without spaces give each two letters that follow one another, as is usual for searching them. The s at
    the end of a longer word is dropped: of a plural it says nothing, and elsewhere it is dropped on both sides.

    Args:
        text: of any length; only the first `LETTERS_READ` letters are read.

    Example:
        >>> words_of("The NIGHT\u2019s Trains, 2nd part"), words_of("\u591c\u884c\u5217\u8eca")
        (['the', 'night', 'train', '2nd', 'part'], ['夜行', '行列', '列車'])
    """
    found: list[str] = []
    for word in _RUN.findall(unicodedata.normalize("NFKC", text[:LETTERS_READ]).casefold()):
        if _UNSPACED.search(word):
            found += [word[at : at + 2] for at in range(max(len(word) - 1, 1))]
        elif len(word) > 1:
            found.append(_without_plural(word))
    return found


def _without_plural(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
