"""Other people's systems and machines; a worker imports it, the window never does."""
