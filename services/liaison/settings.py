"""What liaison is told beyond what every service is."""

from chassis.settings import Settings


class LiaisonSettings(Settings):
    """Where the United Nations consolidated list is fetched; without an address it is uploaded by hand."""

    sanctions_list_url: str | None = None
    sanctions_list_hours: float = 6.0
