"""Certificate libraries (电子证照库)."""
