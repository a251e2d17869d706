"""Shared data of the province (共享数据)."""
