"""May people's data be used, for this purpose, now? Grants, the gate, and the ledger of its decisions."""
