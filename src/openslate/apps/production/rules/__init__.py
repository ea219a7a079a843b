"""Working rules as dated data with sources: rest, minors, days in a row, premiums, notice of scans."""
