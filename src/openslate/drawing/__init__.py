"""Numbers and words in, SVG, HTML and terminal views out."""
