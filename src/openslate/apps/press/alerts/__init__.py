"""Alerts for saved queries: once per story, to a console, a mail's file or a webhook."""
