"""Where a plan's file lies, judged by facts that are given: on a share, in a folder kept in step, in a mail's folder.

What is judged is apart from how the facts are had, so that a place of any system can be judged on any other.
"""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Literal, NamedTuple

PlaceKind = Literal["plain", "share", "in step", "passing"]

DRIVE_REMOTE = 4
"""What Windows's GetDriveTypeW calls a drive of another machine."""
AWAY = 0x1000 | 0x40000 | 0x400000
"""Windows's attributes of a file whose content is elsewhere: OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS."""

SHARES = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "afs", "ceph", "9p", "ncpfs", "davfs", "glusterfs"})
"""Kinds of file system of other machines, as Linux names them in /proc/self/mountinfo."""
SHARES_BY_FUSE = frozenset(
    {"sshfs", "smbnetfs", "gvfsd-fuse", "rclone", "glusterfs", "davfs2", "curlftpfs", "s3fs", "google-drive-ocamlfuse"}
)
"""The same of those that a program makes, behind "fuse."."""

STEP_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Environment variables in which OneDrive says where its folders are."""
STEP_MARKS: Mapping[str, str] = {
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
}
"""What lies at the root of a folder that a program keeps in step, and which program that is."""

STEP_SETTINGS: Mapping[str, str] = {
    "Nextcloud/nextcloud.cfg": "Nextcloud",
    "ownCloud/owncloud.cfg": "ownCloud",
}
"""Files in a person's settings in which a program names the folders that it keeps in step, as "localPath"."""

STAND_INS: Mapping[str, str] = {".nextcloud": "Nextcloud", ".owncloud": "ownCloud", ".icloud": "iCloud"}
"""Endings of small files that stand for one whose content is elsewhere, and the program that fetches it."""

MAIL, PACKED, TEMPORARY = "from a mail", "from inside a packed file", "from a folder for temporary files"

_PASSING = (
    # Outlook; of old in "Temporary Internet Files\OLK3B"
    (MAIL, r"/content\.outlook/|/temporary internet files/olk[0-9a-f]+/|/microsoft/olk/attachments/"),
    (MAIL, r"/microsoft\.windowscommunicationsapps_[^/]+/localstate/"),  # the mail that comes with Windows 10
    (MAIL, r"/(?:temp|tmp)/pid-[0-9]+/[^/]+$|/(?:temp|tmp)/mozilla_[^/]+/[^/]+$"),  # Thunderbird, Firefox
    (MAIL, r"/com\.apple\.mail/.*/mail downloads/"),
    (MAIL, r"/\.cache/(?:evolution/tmp|geary)/|/(?:temp|tmp)/messageviewer_[^/]+/"),
    (MAIL, r"/microsoftedgedownloads/"),
    # Explorer: "Temp1_plans.zip", and since Windows 11 "0f3a…_plans.zip.f3a"; 7-Zip, WinRAR, Ark, File Roller
    (PACKED, r"/temp/temp[0-9]+_[^/]+\.zip/|/temp/[0-9a-f-]{36}_[^/]+\.(?:zip|7z|rar|tar|gz)[^/]*/"),
    (PACKED, r"/temp/7zo[0-9a-f]+/|/temp/rar\$[a-z]+[0-9.]+/|/tmp/ark-[^/]+/|/\.cache/\.fr-[^/]+/"),
)
"""Folders in which programs put what they are asked to open, and which empty themselves."""


class PlaceFacts(NamedTuple):
    """What a system says of a file's place.

    Attributes:
        windows: whether the system is Windows.
        mounts: what stands in Linux's /proc/self/mountinfo.
        drive_type: what GetDriveTypeW says of its drive.
        attributes: Windows's attributes of the file.
        environment: the environment's variables.
        roots: folders that are kept in step, each with the program that does it.
        temporary: the person's folder for temporary files.
    """

    windows: bool = False
    mounts: str = ""
    drive_type: int = 0
    attributes: int = 0
    environment: Mapping[str, str] = MappingProxyType({})
    roots: Sequence[tuple[str, str]] = ()
    temporary: str = ""


class FilePlace(NamedTuple):
    """Where a file lies.

    Attributes:
        kind: "plain" where nothing need be known of it; on a "share"; in a folder kept "in step"; "passing": where a
            program puts what it is asked to open, for a while.
        name: the program that keeps it in step, the kind of share, or what it was opened from.
        away: whether the file's content is not on this machine.
    """

    kind: PlaceKind = "plain"
    name: str = ""
    away: bool = False


def judge(path: str, facts: PlaceFacts) -> FilePlace:
    """Where a file of this absolute path lies."""
    pure: PurePath = PureWindowsPath(path) if facts.windows else PurePosixPath(path)
    away = facts.windows and bool(facts.attributes & AWAY)
    if what := _passing(pure, facts):
        return FilePlace("passing", what)
    if program := _in_step(pure, facts):
        return FilePlace("in step", program, away)
    share = _share(pure, facts)
    return FilePlace("share", share, away) if share else FilePlace(away=away)


def _passing(path: PurePath, facts: PlaceFacts) -> str:
    """What a file was opened from that lies in a folder which empties itself; "" for one elsewhere."""
    text = path.as_posix().lower()
    known = next((what for what, pattern in _PASSING if re.search(pattern, text)), "")
    if known or not facts.windows or not facts.temporary:
        return known
    return TEMPORARY if path.parent == PureWindowsPath(facts.temporary) else ""


def _in_step(path: PurePath, facts: PlaceFacts) -> str:
    """The program that keeps a file in step; "" if none is known."""
    roots = [*facts.roots, *((facts.environment.get(name, ""), "OneDrive") for name in STEP_VARIABLES)]
    kind = type(path)
    return next((name for root, name in roots if root and path.is_relative_to(kind(root))), "")


def _share(path: PurePath, facts: PlaceFacts) -> str:
    """The kind of share that a file lies on; "" for a drive of this machine."""
    return _share_on_windows(path, facts) if facts.windows else _share_on_linux(path, facts.mounts)


def _share_on_windows(path: PurePath, facts: PlaceFacts) -> str:
    drive = path.drive.lower().replace("\\\\?\\unc\\", "\\\\")
    unc = drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\"))
    return "SMB" if unc or facts.drive_type == DRIVE_REMOTE else ""


def _share_on_linux(path: PurePath, mounts: str) -> str:
    """The kind of share by the last mount of those that hold the path: the deepest, or the one that lies on top."""
    at, best, kind = path.as_posix(), -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        columns = before.split(" ")
        if len(columns) < 5 or not after:  # noqa: PLR2004 - proc(5): the mount point is the fifth
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), columns[4]).rstrip("/")
        if (at == point or at.startswith(f"{point}/")) and len(point) >= best:  # of those that hold it, the longest
            best, kind = len(point), after.split(" ")[0]
    name, _, program = kind.partition(".")
    if name in SHARES:
        return "SMB" if name in ("cifs", "smb3", "smbfs") else "NFS" if name.startswith("nfs") else name
    return program if name in ("fuse", "fuseblk") and program in SHARES_BY_FUSE else ""


def place_of(path: Path) -> FilePlace:
    """Where a file of this machine lies."""
    path = path.absolute()
    return judge(str(path), facts_of(path))


def is_remote(path: Path) -> bool:
    """Whether a file lies on another machine, which may not answer. That machine is not asked."""
    path = path.absolute()
    return bool(_share(path, PlaceFacts(sys.platform == "win32", _mounts(), _drive_type(path))))


def is_away(path: Path) -> bool:
    """Whether a file's content is not on this machine, so that to read it is to fetch it. Nothing is fetched."""
    return bool(_attributes(path) & AWAY)


def facts_of(path: Path) -> PlaceFacts:
    """What this system says of a file's place; what it does not say is left out."""
    return PlaceFacts(
        windows=sys.platform == "win32",
        mounts=_mounts(),
        drive_type=_drive_type(path),
        attributes=_attributes(path),
        environment=os.environ,
        roots=[*_roots_by_marks(path), *_roots_in_settings(), *_registered_roots()],
        temporary=os.environ.get("TEMP", ""),
    )


def _mounts() -> str:
    if sys.platform == "linux":
        with suppress(OSError):
            return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    return ""


def _attributes(path: Path) -> int:
    if sys.platform == "win32":
        with suppress(OSError):
            return path.stat().st_file_attributes
    return 0


def _drive_type(path: Path) -> int:
    if sys.platform == "win32":
        import ctypes

        if path.anchor.startswith("\\\\"):
            return 0  # its name says that it is a share, and the other machine is not asked
        return int(ctypes.windll.kernel32.GetDriveTypeW(path.anchor))
    return 0


def _roots_by_marks(path: Path) -> list[tuple[str, str]]:
    """The folders above a file that a program has marked as kept in step."""
    roots = []
    for folder in path.parents:
        with suppress(OSError):
            roots += [(str(folder), name) for mark, name in STEP_MARKS.items() if (folder / mark).exists()]
    return roots


def _roots_in_settings() -> list[tuple[str, str]]:
    """The folders that programs name in their settings as kept in step."""
    import platformdirs  # late: the window starts without it

    roots: list[tuple[str, str]] = []
    settings = Path(os.environ.get("APPDATA", "")) if sys.platform == "win32" else platformdirs.user_config_path()
    for file, name in STEP_SETTINGS.items():
        with suppress(OSError):
            text = (settings / file).read_text(encoding="utf-8", errors="replace")
            roots += [(path.strip().rstrip("/"), name) for path in re.findall(r"(?m)^.*localPath=(.+)$", text)]
    return roots


def _registered_roots() -> list[tuple[str, str]]:
    """The folders that Windows's registry names as kept in step, by the name of the program that registered each."""
    roots: list[tuple[str, str]] = []
    if sys.platform == "win32":
        import winreg

        manager = r"Software\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager"
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, manager) as key:
            for n in range(winreg.QueryInfoKey(key)[0]):
                name = winreg.EnumKey(key, n)
                with suppress(OSError), winreg.OpenKey(key, rf"{name}\UserSyncRoots") as users:
                    folders = [winreg.EnumValue(users, at)[1] for at in range(winreg.QueryInfoKey(users)[1])]
                    roots += [(str(folder), name.partition("!")[0]) for folder in folders]
    return roots


def told(path: Path, place: FilePlace) -> str:
    """Why a plan in a passing place is open for reading only, and what to do."""
    return (
        f"{path.name} was opened {place.name}. Changes made here would be lost, because the folder it lies in empties "
        "itself, so it is open for reading only. Keep it where you keep plans, and go on there."
    )


def stand_in_told(path: Path) -> str:
    """What is to be done about a plan of which only a stand-in is on this machine; "" where there is none."""
    for ending, program in STAND_INS.items():
        hidden = path.with_name(f".{path.name}{ending}")
        if path.suffix == ending or path.with_name(path.name + ending).exists() or hidden.exists():
            name = path.name.removesuffix(ending)
            return (
                f"{name} is not on this computer: {program} keeps only its name here. Ask {program} to keep it on this "
                "computer, and open it when it is there. Nothing was changed."
            )
    return ""


def away_told(path: Path, reason: str) -> str:
    """Why a plan that would have to be fetched first could not be read."""
    program = place_of(path).name or "The program that keeps it in step"
    return (
        f"{path.name} is not on this computer: only its name is, and {program} could not fetch it now ({reason}). "
        f"Connect to the network and try again, or ask {program} to keep it always on this computer. Nothing was "
        "changed."
    )
