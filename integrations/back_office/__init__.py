"""The departments' side (委办局后台)."""
