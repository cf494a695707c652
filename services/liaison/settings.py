"""What liaison is told beyond what every service is."""

from pathlib import Path

from chassis.settings import Settings


class LiaisonSettings(Settings):
    """`packages_folder` holds hand-over packages while they are checked and imported; instances of the service share it."""

    packages_folder: Path
