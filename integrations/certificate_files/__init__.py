"""Foreign certificate files: opened with limits, their seals checked, their pages drawn."""
