"""The province's one-window platform (一窗式平台)."""
