"""Reaches a hub: its address, the connection, and PostgreSQL's errors as sentences.

An address says where a hub is and as whom, never with a password: PostgreSQL's own means hold that, a service file or a
password file (``.pgpass``), or the person's log-in where the server takes it. It goes for the line's encryption too.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from spp_desktop.hub.problems import HubRefused, HubTrouble

if TYPE_CHECKING:  # a library that only a hub needs
    import psycopg

    HubConnection = psycopg.Connection[tuple[Any, ...]]
    HubCursor = psycopg.Cursor[tuple[Any, ...]]

SECONDS_TO_REACH = 10
"""How long is waited for a server to answer at all."""

_SAFE = "Your plan is as it was, and nothing of it is lost."
_STANDING: Mapping[str, Any] = {
    "connect_timeout": SECONDS_TO_REACH,
    "application_name": "SPP Desktop",
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 60_000,
}
"""How a line that was cut is noticed: within about a minute, at work too."""


_FOR_THE_SERVER = """SET client_encoding = 'UTF8'; SET lock_timeout = '30s';
    SET idle_in_transaction_session_timeout = '60s'; SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5;
    SET tcp_keepalives_count = 4"""
"""How the server notices it, so that nobody who went away in the middle of a push keeps others from pushing."""


def demand_library() -> None:
    """See that the library for PostgreSQL is there.

    Raises:
        HubRefused: if it is not.
    """
    try:
        import psycopg  # noqa: F401 - only a hub needs it
    except ImportError as problem:
        raise HubRefused(
            "no library",
            "A hub is reached by the library psycopg, which is not installed here. Your plan is as it was; "
            f"install the program anew, or ask whoever looks after this machine ({problem}).",
        ) from None


def address_of(text: str) -> str:
    """The address of a hub as it is kept, from what a person typed.

    Raises:
        HubRefused: if it is none, or holds a password: that is for PostgreSQL's own files.
    """
    demand_library()
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    address = text.strip()
    if "=" not in address and "://" not in address:
        address = f"service={address}" if address else ""
    try:
        parts = conninfo_to_dict(address)
    except ProgrammingError:
        parts = {}
    if not parts:
        raise HubRefused(
            "address",
            "The address of the hub cannot be read. Write it as postgresql://name@server/database, or as the name of a "
            "service in PostgreSQL's service file. Nothing was changed.",
        )
    if any(name in parts for name in ("password", "sslpassword")):
        raise HubRefused(
            "address",
            "The address holds a password, which is kept nowhere by this program. Put it into PostgreSQL's password "
            "file (.pgpass, or %APPDATA%\\postgresql\\pgpass.conf on Windows), and give the address without it. "
            "Nothing was changed.",
        )
    return address


def where(address: str) -> str:
    """A hub's place as it is said in a sentence: its service, or its server and database."""
    from psycopg.conninfo import conninfo_to_dict

    parts = {name: str(value) for name, value in conninfo_to_dict(address).items()}
    if "service" in parts:
        return f"the hub “{parts['service']}”"
    return f"the hub “{parts.get('dbname', 'of this server')}” on {parts.get('host', 'this machine')}"


@contextmanager
def reached(address: str) -> "Iterator[HubConnection]":
    """A connection to a hub's database, closed in the end; errors inside are raised as sentences.

    Raises:
        HubRefused: if it cannot be reached or does not let this person in; or for what goes wrong inside.
    """
    demand_library()
    import psycopg

    with told(address), closing(psycopg.connect(address, **_STANDING, autocommit=True)) as connection:
        connection.execute(_FOR_THE_SERVER)
        yield connection


@contextmanager
def told(address: str) -> Iterator[None]:
    """A context in which PostgreSQL's errors are raised as sentences.

    Raises:
        HubRefused: for any of them.
    """
    import psycopg

    try:
        yield
    except psycopg.Error as problem:
        raise _refusal(problem, address) from problem
    except UnicodeError as problem:
        raise HubRefused("failed", f"A text of the plan cannot be sent to the hub ({problem}). {_SAFE}") from problem


_BY_STATE: tuple[tuple[str, HubTrouble, str], ...] = (
    (
        "42501",
        "not allowed",
        "You have no right to do that on {hub} ({why}). {safe} Ask the planning officer for the role that you need.",
    ),
    (
        "28",
        "password",
        "The server of {hub} does not let you in: the name or the password is wrong, or none was found. {safe} Look at "
        "PostgreSQL's password file (.pgpass) or service file, or ask the database administrator.",
    ),
    *(
        (
            state,
            "no hub",
            "There is no hub for this plan where {hub} should be ({why}). {safe} See whether the address is right, or "
            "ask the database administrator to make it.",
        )
        for state in ("3D000", "3F000", "42P01", "42883")
    ),
    *(
        (state, "newer steps", "Somebody else is writing to {hub} just now. {safe} Try again in a moment.")
        for state in ("40001", "40P01", "55P03")
    ),
)  # fmt: skip
"""What PostgreSQL's errors mean, by the beginnings of their codes."""

_UNREACHABLE = "{hub} cannot be reached just now. {safe} Work on, and try again later."
_CUT_OFF = (
    "The line to {hub} was cut off. {safe} Do it again when the hub can be reached: what arrived is not sent twice."
)
_REFUSED = "{hub} refused that: {why}. {safe}"
_OF_OURS: Mapping[str, HubTrouble] = {"SP001": "newer steps", "SP002": "altered", "SP003": "not allowed"}
"""What the hub's own functions say, whose messages are sentences already."""


def _refusal(problem: "psycopg.Error", address: str) -> HubRefused:
    """An error of PostgreSQL as a sentence. What it holds of the address is left out: it may hold what is secret."""
    state, message = problem.sqlstate or "", problem.diag.message_primary or ""
    if state in _OF_OURS:
        return HubRefused(_OF_OURS[state], message)
    kind: HubTrouble
    known = next((each for each in _BY_STATE if state.startswith(each[0])), None)
    if known is not None:
        _, kind, sentence = known
    elif not _is_of_the_line(problem):
        kind, sentence = "failed", _REFUSED
    elif "password" in str(problem) or "pg_hba" in str(problem):
        _, kind, sentence = _BY_STATE[1]
    elif "does not exist" in str(problem):
        _, kind, sentence = _BY_STATE[2]
        message = "the server knows no such database"
    elif "connection failed" in str(problem) or "connection is bad" in str(problem) or "service" in str(problem):
        kind, sentence = "unreachable", _UNREACHABLE
    else:
        kind, sentence = "cut off", _CUT_OFF
    told = sentence.format(hub=where(address), why=message or type(problem).__name__, safe=_SAFE)
    return HubRefused(kind, told[0].upper() + told[1:])


def _is_of_the_line(problem: "psycopg.Error") -> bool:
    """Whether an error says something of the connection, and nothing of what was asked."""
    import psycopg

    state = problem.sqlstate or ""
    ended = state[:2] in ("08", "57") or state == "53300"  # too many connections; a full disk is none of the line's
    return ended or (isinstance(problem, (psycopg.OperationalError, psycopg.InterfaceError)) and not problem.sqlstate)
