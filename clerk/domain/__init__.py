"""What the law and the item standards say: plain values and pure functions."""
