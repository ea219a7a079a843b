"""Consent records and mandates: what somebody agreed to, versioned, and never changed in place."""
