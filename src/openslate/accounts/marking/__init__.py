"""Marking what was generated, and saying what is known of a file: by its manifest, its bytes, its content, its look."""
