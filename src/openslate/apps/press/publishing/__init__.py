"""What readers are given: an edition of the desk as records, a static site, feeds and a paged JSON API."""
