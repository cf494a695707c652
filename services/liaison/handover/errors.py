"""Refusals of the hand-over."""

from chassis.errors import Conflict, Invalid, UnsupportedMedia

Flaws = list[dict[str, str]]


class PackageRefused(Invalid):
    """A package that does not hold: nothing of it is kept. `errors` point at the files."""

    slug, title = "package-refused", "The package does not hold"

    def __init__(self, detail: str, flaws: Flaws | None = None) -> None:
        super().__init__(detail, flaws)


class PackageUnsafe(PackageRefused):
    """A package that could do harm while it is unpacked: climbing paths, links, bombs."""

    slug, title = "package-unsafe", "The package is not safe to unpack"


class PackageMedia(UnsupportedMedia):
    """A package in a form that is not taken over HTTP."""

    def __init__(self) -> None:
        super().__init__("Send the package as application/zip or application/gzip (a .tar.gz).")


class SeriesNotSeen(Conflict):
    """A reviewer who cannot see all of a series cannot answer for its label."""

    slug, title = "series-not-seen", "You cannot see all of this series"

    def __init__(self) -> None:
        super().__init__("Some records of this series lie outside your access or your countries. Somebody who may see them all reviews it.")


class NotImportedYet(Conflict):
    """What can be done only with everything placed or in quarantine."""

    slug, title = "not-imported-yet", "The import has not ended"

    def __init__(self) -> None:
        super().__init__("Start the import and let it end: until then the counts do not stand.")


class SignatureRefused(Invalid):
    """A countersignature that does not hold."""

    slug, title = "signature-refused", "The signature does not hold"


class StillFlawed(Invalid):
    """A mended record that still cannot be placed."""

    slug, title = "still-flawed", "It still cannot be placed"

    def __init__(self, pointer: str, reason: str) -> None:
        super().__init__(f"The record {reason}.", [{"pointer": f"/record{pointer}", "detail": reason}])


class PackageElsewhere(Conflict):
    """The unpacked package is not where this service keeps packages."""

    slug, title = "package-elsewhere", "The package is not here"

    def __init__(self) -> None:
        super().__init__("The unpacked package is not on this service's disk. Send it again: the hand-over goes on where it stands.")
