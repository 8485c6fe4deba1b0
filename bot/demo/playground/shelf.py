"""The files people and the app have uploaded, and the samples lying ready to be chosen."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.demo.playground.numbering import Numbering
    from bot.demo.playground.wire import Json

FALLBACK_TYPE = "application/octet-stream"
KNOWN_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `finished` once the upload was completed."""

    id: str
    name: str
    content: bytes
    person_id: str
    created: int
    title: str = ""
    finished: bool = True

    @property
    def kind(self) -> str:
        """The file's ending without its dot, as Slack's `filetype`."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else "binary"

    @property
    def mimetype(self) -> str:
        """What the name says the content is."""
        ending = f".{self.kind}"
        return KNOWN_TYPES.get(ending) or mimetypes.guess_type(self.name)[0] or FALLBACK_TYPE


def file_json(stored: StoredFile, base_url: str) -> Json:
    """The file object as Slack sends it; its URLs want the app's bearer token."""
    link = f"{base_url}/files/{stored.id}/{stored.name}"
    return {
        "id": stored.id,
        "created": stored.created,
        "timestamp": stored.created,
        "name": stored.name,
        "title": stored.title or stored.name,
        "mimetype": stored.mimetype,
        "filetype": stored.kind,
        "pretty_type": stored.kind.upper(),
        "user": stored.person_id,
        "editable": False,
        "size": len(stored.content),
        "mode": "hosted",
        "is_external": False,
        "is_public": False,
        "url_private": link,
        "url_private_download": f"{base_url}/files/{stored.id}/download/{stored.name}",
        "permalink": link,
    }


class Shelf:
    """All files by id, and the sample folder."""

    def __init__(self, numbering: Numbering, samples: Path | None) -> None:
        self._numbering = numbering
        self._samples = samples
        self._files: dict[str, StoredFile] = {}

    def add(self, person_id: str, name: str, content: bytes, *, finished: bool = True) -> StoredFile:
        """Keep a file under a new id."""
        created = int(self._numbering.now())
        stored = StoredFile(self._numbering.id("F"), name, content, person_id, created, finished=finished)
        self._files[stored.id] = stored
        return stored

    def find(self, file_id: str) -> StoredFile:
        """The file of this id; `file_not_found` else."""
        stored = self._files.get(file_id)
        if stored is None:
            raise SlackError("file_not_found")
        return stored

    def fill(self, file_id: str, content: bytes) -> None:
        """Put the bytes of an upload in."""
        self._files[file_id] = replace(self.find(file_id), content=content)

    def finish(self, file_id: str, title: str) -> StoredFile:
        """Complete an upload."""
        self._files[file_id] = replace(self.find(file_id), title=title, finished=True)
        return self._files[file_id]

    def sample_names(self) -> list[str]:
        """The files in the sample folder, by name."""
        if self._samples is None or not self._samples.is_dir():
            return []
        return sorted(each.name for each in self._samples.iterdir() if each.is_file() and each.name[0] != ".")

    def sample(self, name: str) -> bytes:
        """A sample's bytes; `file_not_found` for anything that is not on the shelf."""
        if self._samples is None or name not in self.sample_names():
            raise SlackError("file_not_found")
        return (self._samples / name).read_bytes()

    def take_sample(self, person_id: str, name: str) -> StoredFile:
        """Upload a sample in this person's name."""
        return self.add(person_id, name, self.sample(name))
