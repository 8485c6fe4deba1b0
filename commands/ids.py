"""The names by which Slack calls back: commands, views, actions, and the worker's tasks."""

from __future__ import annotations

from enum import StrEnum


class Command(StrEnum):
    """Slash commands, exactly those of ``manifest.yml``."""

    OVERVIEW = "/qb"
    SYNC = "/qb-sync"
    IMPORT = "/qb-import"
    MAPPING = "/qb-mapping"
    CONNECT = "/qb-connect"
    SETTINGS = "/qb-settings"


class Screen(StrEnum):
    """``callback_id`` of each modal."""

    LOADING = "loading"
    NOTICE = "notice"
    OVERVIEW = "overview"
    LISTING = "listing"
    IMPORT = "import"
    CONNECT = "connect"
    MAPPING = "mapping"
    SYNC_SEARCH = "sync_search"
    SYNC = "sync"
    CONTACT = "contact"
    ADD_CONTACT = "add_contact"
    SETTINGS = "settings"
    PLACES = "places"


class Act(StrEnum):
    """``action_id`` of each control; those that end in ``_`` carry an index or a row behind it."""

    OPEN_OVERVIEW = "open_overview"
    OPEN_IMPORT = "open_import"
    OPEN_CONNECT = "open_connect"
    OPEN_MAPPING = "open_mapping"
    OPEN_SYNC = "open_sync"  # value: what to look for, or nothing
    OPEN_LISTING = "open_listing"  # value: which group
    LIST_PAGE_ = "list_page_"  # value: which group
    HIDE_GUIDE = "hide_guide"
    CONSENT = "consent"  # the button that leads to Intuit
    FILES = "files"
    MAP_CHOOSE = "map_choose"
    MAP_PAGE_ = "map_page_"
    SEARCH_TEXT = "search_text"
    CHOOSE_CASE_ = "choose_case_"
    TICK = "tick"
    SYNC_PAGE_ = "sync_page_"
    FIND_CONTACT_ = "find_contact_"
    CONTACT_TEXT = "contact_text"
    CONTACT_SEARCH = "contact_search"
    CONTACT_CHOICE = "contact_choice"
    ADD_NAME = "add_name"
    ADD_EMAIL = "add_email"
    BOOK = "book"
    CANCEL = "cancel"
    TRY_AGAIN = "try_again"
    LOOK_AGAIN = "look_again"
    NOT_THERE = "not_there"
    CHECK_BOOKS = "check_books"
    SEE_DOCUMENT_ = "see_document_"  # a button that leads into QuickBooks
    SETTLE = "settle_finding"  # value: which finding
    OPEN_SETTINGS = "open_settings"
    OPEN_PLACES = "open_places"
    PLACE = "place"
    ZONE = "zone"


class Task(StrEnum):
    """What the worker does for us, one kind a function."""

    NOTICE = "say.notice"
    OVERVIEW = "overview.fill"
    LISTING = "listing.fill"
    HOME = "home.publish"
    HOMES = "home.freshen"
    IMPORT = "import.files"
    CONNECTED = "connect.tell"
    MAPPING = "mapping.fill"
    SYNC_FIND = "sync.find"
    SYNC_FILL = "sync.fill"
    CONTACT_SEARCH = "contact.search"
    CONTACT_ADD = "contact.add"
    PREVIEW = "sync.preview"
    PARTS = "say.parts"
    READ_AGAIN = "sync.read_again"
    CANCELLED = "sync.cancelled"
    CHECK_ASKED = "books.check_asked"
    CHECK_NIGHT = "books.check_night"
    FINDINGS = "books.findings"
    SETTLED = "books.settled"
    LOST = "connection.lost"
    KNOCK = "connection.knock"
    SETTINGS = "settings.fill"
    PLACE_CHOSEN = "settings.place_chosen"
    EXPAND = "sync.expand"  # added by the store with the approval itself
    WATCH = "sync.watch"


LASTING = frozenset({Task.EXPAND, Task.WATCH})
"""What follows an approval: never given up, or nobody would hear what became of it."""
