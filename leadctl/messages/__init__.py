"""What is written: drafts out of templates, the digest of a day, calendars. Pure."""
