"""Rule packs: contracts and laws as dated, editable data, each with its source and how sure we are of it."""
