"""Production: in which order and on which days a film is shot, and how good that plan is proved to be."""
