"""What every SOAP call of ours shares: deadlines, limits, the gate and the words for trouble."""
