"""What DuckDB says when it cannot go on, in one sentence: its words come with blobs of JSON and advice of its own."""

import json
import re

import duckdb


def first_sentence(error: duckdb.Error) -> str:
    """The first sentence of what DuckDB said, without its full stop.

    Args:
        error: what it raised.

    Example:
        >>> first_sentence(duckdb.IOException('IO Error: {"exception_message": "No space left on device. Sorry."}'))
        'No space left on device'
    """
    said = str(error)
    blob = re.search(r"\{.*\}", said, re.DOTALL)
    if blob is not None and "exception_message" in said:
        try:
            said = str(json.loads(blob.group())["exception_message"])
        except (ValueError, KeyError):
            said = said[: blob.start()]
    return re.split(r"(?<=[.!?])\s|\n", said.strip(), maxsplit=1)[0].strip().removesuffix(".").removesuffix(":")
