"""综合窗口工作台: the workstation of a government service counter."""

__version__ = "0.1.0"
