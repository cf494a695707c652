"""What liaison is told beyond what every service is."""

from pathlib import Path

from chassis.settings import Settings


class LiaisonSettings(Settings):
    """Where the United Nations consolidated list is fetched; without an address it is uploaded by hand.

    `packages_folder` holds hand-over packages while they are checked and imported; instances of the service share it.
    `public_url` is the platform's own address, for links in what leaves it.
    """

    packages_folder: Path
    public_url: str
    sanctions_list_url: str | None = None
    sanctions_list_hours: float = 6.0
