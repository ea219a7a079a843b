"""Erasing somebody who is no member: a performer, writer, director, guardian or payee, and a receipt that says so."""

from openslate.accounts.erasing_subjects.erase import (
    SubjectErasure,
    erase_subject,
    finish_subjects,
    unfinished_subjects,
)
from openslate.accounts.erasing_subjects.owing import Override
from openslate.accounts.erasing_subjects.receipt import SubjectReceipt, check_subject_receipt, read_subject_receipt

__all__ = [
    "Override",
    "SubjectErasure",
    "SubjectReceipt",
    "check_subject_receipt",
    "erase_subject",
    "finish_subjects",
    "read_subject_receipt",
    "unfinished_subjects",
]
