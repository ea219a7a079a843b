"""The deny rules, R01 to R26: total functions over one case, grouped by what they protect."""
