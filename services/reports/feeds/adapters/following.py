"""What a fetched document says of where more is: an index of documents, or the next page of itself."""

from typing import NamedTuple


class Following(NamedTuple):
    """`addresses` to fetch next. Those of an index do not change and are fetched once; pages are fetched anew each time."""

    addresses: list[str]
    is_index: bool = False
    is_delivery: bool = True
    """The document itself holds records, too."""


def no_further(_body: bytes, _address: str) -> Following:
    """For documents that are all there is."""
    return Following([])
