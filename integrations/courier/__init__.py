"""The courier that carries results to applicants (寄递)."""
