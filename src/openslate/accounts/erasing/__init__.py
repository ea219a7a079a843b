"""Erasing a person: every file of a project that holds a member is rewritten or removed, and a receipt says so."""

from openslate.accounts.erasing.erase import Erasure, erase_member, finish, unfinished
from openslate.accounts.erasing.receipt import ErasureReceipt, FileChange, check_receipt, read_receipt, receipts
from openslate.accounts.erasing.scan import Finding, Scan, scan
from openslate.accounts.erasing.steps import Models

__all__ = [
    "Erasure",
    "ErasureReceipt",
    "FileChange",
    "Finding",
    "Models",
    "Scan",
    "check_receipt",
    "erase_member",
    "finish",
    "read_receipt",
    "receipts",
    "scan",
    "unfinished",
]
