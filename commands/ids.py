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
    DIGEST = "/qb-digest"


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
    REJECT = "reject"
    HAND_OVER = "hand_over"
    SETTINGS = "settings"
    PLACES = "places"
    PEOPLE = "people"
    PERSON = "person"
    BANKING = "banking"
    GOING_LIVE = "going_live"
    TRUST = "trust"
    DIGEST = "digest"
    DIGEST_SETTINGS = "digest_settings"
    SNOOZE = "snooze"


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
    ASK = "ask_to_book"
    APPROVE = "approve"
    REJECT = "reject"
    REASON = "reason"
    HAND_OVER = "hand_over"
    HAND_TO = "hand_to"
    WITHDRAW = "withdraw"
    CONFIRM_ALONE = "confirm_alone"
    PREVIEW_AGAIN = "preview_again"
    CANCEL = "cancel"
    TRY_AGAIN = "try_again"
    STOP = "stop"
    RESUME = "resume"
    LOOK_AGAIN = "look_again"
    NOT_THERE = "not_there"
    CHECK_BOOKS = "check_books"
    SEE_DOCUMENT_ = "see_document_"  # a button that leads into QuickBooks
    SETTLE = "settle_finding"  # value: which finding
    OPEN_DIGEST_LIST = "open_digest_list"  # value: the digest's id and a group, ``id|group``
    DIGEST_PAGE_ = "digest_page_"  # value: as above
    SYNC_READY = "sync_ready"  # value: the digest's id
    SNOOZE = "snooze"  # chosen: until when and what, ``tomorrow:mark``
    SNOOZE_DAY = "snooze_day"
    UNSNOOZE = "unsnooze"  # value: what
    OPEN_DIGEST_SETTINGS = "open_digest_settings"
    DIGEST_PRIVATE = "digest_private"
    DIGEST_ANY = "digest_any"
    DIGEST_AT = "digest_at"
    DIGEST_DAYS = "digest_days"
    ALL_CLEAR = "all_clear"
    OPEN_SETTINGS = "open_settings"
    ASK_COLLEAGUE = "ask_colleague"  # value: a favour
    OPEN_PLACES = "open_places"
    OPEN_PEOPLE = "open_people"
    PEOPLE_PAGE_ = "people_page_"
    CHANGE_PERSON_ = "change_person_"  # value: whose roles
    ADD_PERSON = "add_person"
    PERSON = "person"
    PERSON_ROLES = "person_roles"
    PLACE = "place"
    ZONE = "zone"
    OPEN_BANKING = "open_banking"
    BANKING = "banking"
    TRUST_APPROVER = "trust_approver"
    OPEN_GOING_LIVE = "open_going_live"
    GO_LIVE_DAY = "go_live_day"
    GO_LIVE_ALL = "go_live_all"
    OPEN_TRUST = "open_trust"
    TRUST_TICK = "trust_tick"


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
    REQUESTED = "request.post"
    LOOK_TWICE = "request.look_twice"
    DECIDED = "request.decided"
    HANDED_OVER = "request.handed_over"
    REMIND = "request.remind"
    PARTS = "say.parts"
    READ_AGAIN = "sync.read_again"
    CANCELLED = "sync.cancelled"
    STOPPED = "sync.stopped"
    RESUME = "sync.resume"
    RESULT_FILE = "sync.result_file"
    CHECK_ASKED = "books.check_asked"
    CHECK_NIGHT = "books.check_night"
    FINDINGS = "books.findings"
    SETTLED = "books.settled"
    LOST = "connection.lost"
    KNOCK = "connection.knock"
    DIGEST = "digest.post"
    DIGEST_SHOW = "digest.show"
    SYNC_READY = "digest.sync_ready"
    SNOOZE = "digest.snooze"
    UNSNOOZE = "digest.unsnooze"
    SETTINGS = "settings.fill"
    PEOPLE = "people.fill"
    PERSON = "people.form"
    ROLES = "people.save"
    ERRAND = "errand.put"
    ERRAND_DONE = "errand.done"
    PLACE_CHOSEN = "settings.place_chosen"
    GOING_LIVE = "going_live.fill"
    TRUST = "trust.fill"
    TRUST_ASKED = "trust.asked"
    TRUST_APPROVED = "trust.approved"
    TRUST_TOLD = "trust.told"
    EXPAND = "sync.expand"  # added by the store with the approval itself
    WATCH = "sync.watch"


LASTING = frozenset({Task.EXPAND, Task.WATCH})
"""What follows an approval: never given up, or nobody would hear what became of it."""
