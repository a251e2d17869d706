"""Pictures of the window during a story, for whoever wants to look; none unless a folder is named."""

import os
from pathlib import Path

from tests.stories.at_counter import AtCounter


def grab(counter: AtCounter, name: str) -> None:
    """Save what the window shows, where ``STORY_PICTURES`` names a folder."""
    folder = os.environ.get("STORY_PICTURES")
    if folder:
        picture = counter.station.window.grab()
        picture.save(str(Path(folder) / f"{name}.png"))
