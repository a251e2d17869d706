"""Credit information platforms (信用信息平台)."""
