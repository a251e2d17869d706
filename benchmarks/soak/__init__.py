"""Kill -9 against accept and hand-off: nothing acknowledged is lost, nothing told twice."""
