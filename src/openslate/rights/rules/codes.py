"""The codes of the deny rules, their names, and what each says in plain words."""

from collections.abc import Mapping

CODES: Mapping[str, tuple[str, str]] = {
    "R01": ("NO_RECORD", "No active record covers this use."),
    "R02": ("NOT_SPECIFIC", "The description is missing, too general, or not the one that was agreed to."),
    "R03": ("NEW_PROJECT", "The consent is for another project."),
    "R04": ("NOT_SEPARATE", "The consent was not signed separately."),
    "R05": ("NOT_REPRESENTED", "It replaces work in person, is not specific, and neither counsel nor a union advised."),
    "R06": ("NOTICE_48H", "There was too little notice before the scan."),
    "R07": ("NO_BUSINESS_REASON", "No business reason was given for the scan."),
    "R08": ("MINOR_SEXUAL", "Nude or simulated sexual use of a minor is never allowed."),
    "R09": ("STRIKE", "Consents are suspended while there is a strike."),
    "R10": ("DUB", "Nobody agreed to dubbing into this language by replica."),
    "R11": ("DECEASED", "Neither the deceased in life, nor their estate or union, agreed."),
    "R12": ("BG_SUBSTITUTE", "A replica is counted in place of background actors."),
    "R13": ("SYNTH", "A synthetic performer plays a human role without notice and statement of value."),
    "R14": ("TRANSFER", "Whoever holds the asset is neither the producer nor an approved transferee."),
    "R15": ("TRAIN_WRITER", "The writer did not permit training."),
    "R16": ("SOURCE_GAI", "Generated text is given as source or assigned material, or the writer was not told."),
    "R17": ("THIRD_PARTY_TRAIN", "The union had no notice of the licence to train."),
    "R18": ("TDM_RESERVED", "The source's owner reserved it against training."),
    "R19": ("BIOMETRIC", "A biometric lacks its release or retention date, is past it, or serves another purpose."),
    "R20": ("WITHDRAWN", "The consent was withdrawn."),
    "R21": ("UNPRICED", "The use has no price, or earlier dues are overdue."),
    "R22": ("UNMARKED", "What comes out is not marked as generated."),
    "R23": ("PACK_UNKNOWN", "A contract or law that is named is not known here, or not in force on that date."),
    "R24": ("EVAL_ERROR", "The request could not be judged."),
    "R25": ("CLOCK", "The clock has gone backwards."),
    "R26": ("LOG_DOWN", "The ledger takes no entries."),
}
"""From a code to its name, and to what it says."""
