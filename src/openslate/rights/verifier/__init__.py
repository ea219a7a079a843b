"""The verifier that stands alone: one file for auditors, which imports nothing of Openslate."""
