"""What a clerk sees and presses: one module per panel, on one small kit of widgets."""
