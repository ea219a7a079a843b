"""Coverage records: one text of front matter each, read and written byte for byte."""
