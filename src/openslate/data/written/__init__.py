"""Scripts, treatments and outlines of made titles: somebody's work, kept in the vault and read only with permission."""
