"""Domain values in, bytes out: letters, notices, their PDF and pictures of their pages."""
