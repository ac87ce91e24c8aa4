"""Links the rows of the worked sample as ``worked_links.toml`` says: what serves, measures and depends on what."""

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files

from sqlmodel import Session

from spp_desktop.edits import links
from spp_desktop.plan.kinds import Doubt
from spp_desktop.store import threads
from spp_desktop.store.references import References
from spp_desktop.store.workspace import Workspace


def work(workspace: Workspace) -> None:
    """Link the rows of a plan, one step for each kind of link."""
    kinds = tomllib.loads(files("sample_data").joinpath("worked_links.toml").read_text(encoding="utf-8"))
    for kind, ends in kinds.items():
        workspace.edit(f"enter illustrative links: {kind}", _enter, kind, ends, as_kind="built")


def _enter(session: Session, kind: str, ends: Mapping[str, Sequence[str]]) -> None:
    tables = ("priority", "theme", "commitment", "activity", "indicator", "framework_item")
    named = References(threads.rows(session.connection(), None, tables).values())
    links.join_all(
        session, [(kind, _key(named, ref), _key(named, other)) for ref, others in ends.items() for other in others]
    )


def _key(named: References, ref: str) -> str:
    """The key of the row with this reference.

    Raises:
        LookupError: if there is none, or more than one.
    """
    row = named.row(ref)
    if not isinstance(row, Doubt):
        return row.key
    raise LookupError(row.sentence)
