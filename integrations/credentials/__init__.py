"""Where a secret of this workstation may be kept by the operating system: its keyring, or nowhere."""
