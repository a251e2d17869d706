def test_probe(counter):
    c = counter
    c.open_item("gljt")
    print(c.text()); print("FOCUS", c.focus_name())
    c.press("F2"); c.type("zzzqqq"); print("SEARCH", c.text()[:1500]); c.press("Esc")
    c.press("F2"); c.type("spjz"); print("SEARCH", c.floor.intake.bars.search.hits(), c.floor.intake.bars.search.popup.said.text()); c.press("Esc")
    c.place_card("李样本")
    print(c.text()); print("FOCUS", c.focus_name())
    c.press("Shift+F9"); print("DIALOG", c.dialog(), c.text())
