"""The lines of the plan's way: its versions and its editions, in the order of their days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spp_desktop.plan.kinds import Day
from spp_desktop.store.editions import EditionRow, FileThatLeft
from spp_desktop.store.versions import VersionRow
from spp_desktop.ui.grid.columns import GridColumn

SHORT = 12
"""The letters of a file's hash that are shown where its name stands beside them."""


@dataclass(frozen=True)
class WayRow:
    """A line: a version of the plan, or an edition.

    Attributes:
        stands: the version or the edition.
        files: of an edition, the files that left with it.
        restated: of an edition, how many of its texts and figures are other now.
    """

    stands: VersionRow | EditionRow
    files: tuple[FileThatLeft, ...] = ()
    restated: int = 0

    @property
    def key(self) -> str:
        """By which it is found again."""
        return self.stands.key

    @property
    def is_edition(self) -> bool:
        """Whether it is an edition."""
        return isinstance(self.stands, EditionRow)

    @property
    def named(self) -> str:
        """By which the whole program knows it: "edition 2", "version 3"."""
        return f"{'edition' if self.is_edition else 'version'} {self.stands.number}"

    @property
    def what(self) -> str:
        """The same as a person reads it."""
        return self.named.capitalize()

    @property
    def title(self) -> str:
        """The state of a version, the title of an edition."""
        return self.stands.title if isinstance(self.stands, EditionRow) else self.stands.state

    @property
    def dated(self) -> date:
        """The day of a version, or on which an edition was issued."""
        return self.stands.issued_on if isinstance(self.stands, EditionRow) else self.stands.dated

    @property
    def by(self) -> str:
        """Who signed a version, or issued an edition."""
        return self.stands.issued_by if isinstance(self.stands, EditionRow) else self.stands.signed_by

    @property
    def approved(self) -> str:
        """For which post a version was signed, or who approved an edition."""
        return self.stands.approved_by if isinstance(self.stands, EditionRow) else self.stands.post

    @property
    def note(self) -> str:
        """What was said of it."""
        return self.stands.note


def in_order(
    versions: Sequence[VersionRow],
    editions: Sequence[EditionRow],
    files: Sequence[FileThatLeft],
    restated: Mapping[int, int],
) -> list[WayRow]:
    """The plan's way from the first line to the last; on one day an edition stands behind the version that it is.

    Args:
        versions: the versions.
        editions: the editions.
        files: what left with all of them.
        restated: how many texts and figures of an edition are other now, by its number.
    """
    of = {row.key: tuple(file for file in files if file.edition_id == row.key) for row in editions}
    rows = [WayRow(row) for row in versions]
    rows += [WayRow(row, of[row.key], restated.get(row.number, 0)) for row in editions]
    return sorted(rows, key=lambda row: (row.dated, row.is_edition, row.stands.number))


def columns() -> list[GridColumn]:
    """The columns of the table."""
    return [
        GridColumn("dated", "Dated", 104, Day(), align="right", about="The day of a version, or of an edition's issue"),
        GridColumn("what", "What", 96, frozen=True, about="Which version or edition it is"),
        GridColumn("title", "State or title", 170, about="The state that the plan came to, or the edition's title"),
        GridColumn("by", "Signed or issued by", 150, name="by", about="Who signed the version, or issued the edition"),
        GridColumn("approved", "As, or approved by", 150, name="as",
                   about="The post for which a version was signed; who approved an edition"),
        GridColumn("files", "Files", 64, align="right", value=lambda row: len(row.files) or None,
                   text=lambda row: str(len(row.files)) if row.files else "", tip=_files, words=_hashes,
                   about="How many files left with the edition; a file's hash in the filter finds its edition"),
        GridColumn("restated", "Restated", 84, align="right", text=_restated,
                   about="How many of its texts and figures are other now"),
        GridColumn("note", "Note", 200, about="What was said of it"),
    ]  # fmt: skip


def _restated(row: WayRow) -> str:
    if not row.is_edition:
        return ""
    return f"{row.restated:,}" if row.restated else "none"


def _files(row: WayRow) -> str:
    """The files of an edition, each with the beginning of its hash."""
    return "\n".join(f"{file.file_name}  {file.file_hash[:SHORT]}…" for file in row.files)


def _hashes(row: WayRow) -> str:
    return " ".join(f"{file.file_name} {file.file_hash}" for file in row.files)
