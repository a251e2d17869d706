"""Figures of the README: each ours beside a yardstick, measured in turn in one run."""
