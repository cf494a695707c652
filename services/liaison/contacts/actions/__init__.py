"""Writes of contacts."""

from services.liaison.contacts.actions.entering import edit_contact, enter_contact
from services.liaison.contacts.actions.importing import check_media, import_contacts
from services.liaison.contacts.actions.merging import merge_contact, unmerge_contact
from services.liaison.contacts.actions.positions import correct_position, record_position, void_position
from services.liaison.contacts.actions.protection import announce_reviews, erase_contact, restrict_unreviewed, review_contact

__all__ = [
    "announce_reviews",
    "check_media",
    "correct_position",
    "edit_contact",
    "enter_contact",
    "erase_contact",
    "import_contacts",
    "merge_contact",
    "record_position",
    "restrict_unreviewed",
    "review_contact",
    "unmerge_contact",
    "void_position",
]
