"""Short messages to applicants (短信), behind the port ``MessageChannel``."""
