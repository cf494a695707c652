"""Refusals of the register of correspondence."""

from chassis.errors import Conflict, Invalid, Problem


class AlreadyAnswered(Conflict):
    """The letter has a reply, or needs none any more."""

    slug, title = "already-answered", "This letter is closed"

    def __init__(self, reference: str) -> None:
        super().__init__(f"{reference} has been answered or closed. Register the new letter without `answers`.")


class UnfitAttachment(Invalid):
    """The file is of no kind that is kept here."""

    slug, title = "unfit-attachment", "This kind of file is not kept here"

    def __init__(self, found: str) -> None:
        super().__init__(f"By its content the file is {found}. Attach PDF, DOCX, XLSX, ODT, JPEG, PNG, TIFF or plain text.")


class AttachmentTooLarge(Problem):
    """The file is over the limit."""

    status, slug, title = 413, "attachment-too-large", "The file is too large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"An attachment has at most {limit // 1_000_000} MB. Split it, or scan it in a lower resolution.")
