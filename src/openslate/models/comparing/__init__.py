"""How alike works are, part by part, and which of them are nearest: strings and arrays in, arrays out."""
