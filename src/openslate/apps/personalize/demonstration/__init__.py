"""What a demonstration shows of rights, on people who do not exist: from the consent to the statement and the proof."""
