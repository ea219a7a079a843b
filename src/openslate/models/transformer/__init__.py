"""A small sequence transformer: trained with torch, an extra; scored with NumPy alone, so that serving needs none."""
