"""The state of a plan that a document tells of, and the earlier one against which it holds it, if it does."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager

from spp_desktop.edits.documents.choices import usual_state
from spp_desktop.edits.documents.kinds import DocumentKind
from spp_desktop.edits.documents.plan_read import DocumentAsk, DocumentPlan
from spp_desktop.store import clock, history, left_out, moments, queries, states
from spp_desktop.store.overview.reader import PlanReader


@contextmanager
def plan_read(
    reader: PlanReader, kind: DocumentKind, asked: DocumentAsk, left: Collection[str] = ()
) -> Iterator[DocumentPlan]:
    """The plan as a document reads it.

    Args:
        reader: reads the plan; states are found in its history.
        kind: the document.
        asked: what is asked of it.
        left: the keys of rows that are left out, of either state.

    Raises:
        NoSuchMoment: if there is no such state; PlanRefused: if a copy of the plan that is one cannot be read.
    """
    with ExitStack() as stack:

        def without(state: PlanReader) -> PlanReader:
            """A state without what is left out."""
            return stack.enter_context(left_out.without(state, left)) if left else state

        if "since" not in kind.asks:
            yield DocumentPlan(without(reader), asked)
            return
        first = stack.enter_context(states.state(reader, asked.since or reader.read(usual_state)))
        earlier = DocumentPlan(without(first.reader), asked, state=_signed(first.reader, first.words))
        if asked.until:
            second = stack.enter_context(states.state(reader, asked.until))
            later: PlanReader = second.reader
            words = second.words
        else:
            mark = reader.read(queries.as_at_mark)
            later, words = reader, mark.words if mark is not None else moments.NOW
        yield DocumentPlan(without(later), asked, state=_signed(later, words), earlier=earlier)


def _signed(reader: PlanReader, words: str) -> str:
    """What a state is called, and by whom the last step before it was made and when."""
    last = reader.read_beside(history.latest)
    return words if last is None else f"{words}; last changed by {last.author}, {clock.time_in_words(last.at)}"
