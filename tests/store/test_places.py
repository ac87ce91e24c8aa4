"""Where a plan lies, judged by what a system says of it: each system's facts can be judged on any other."""

import errno
import os
import sys
from pathlib import Path

import pytest

from spp_desktop.store import database, glimpse, places
from spp_desktop.store.places import MAIL, PACKED, TEMPORARY, FilePlace, PlaceFacts, judge
from spp_desktop.store.problems import NotKept, PlanRefused
from spp_desktop.store.workspace import Workspace
from tests.store.conftest import sql

TEMP = r"C:\Profiles\a.planner\AppData\Local\Temp"
HOME = r"C:\Profiles\a.planner"
WINDOWS = PlaceFacts(
    windows=True,
    drive_type=3,
    environment={"OneDrive": rf"{HOME}\OneDrive", "OneDriveCommercial": rf"{HOME}\OneDrive - West Midlands Police"},
    roots=[(rf"{HOME}\West Midlands Police\Planning - Documents", "OneDrive")],
    temporary=TEMP,
)
MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 27 0:40 / /media/Force\\040share rw,relatime shared:1 - cifs //server/planning rw,vers=3.1.1
31 27 0:41 / /srv/plans rw - nfs4 server:/plans rw
32 27 0:42 / /export/officer/far rw - fuse.sshfs server: rw
33 27 0:43 / /export/officer/own rw - fuse.encfs encfs rw
34 30 8:1 / /media/Force\\040share/stick rw - vfat /dev/sdb1 rw
35 27 0:44 / /mnt/z rw - 9p drvfs rw
36 31 0:45 / /srv/plans rw - ext4 /dev/vdb rw
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (rf"{HOME}\Documents\SPP Desktop\plan.plan", FilePlace()),
        (r"D:\plan.plan", FilePlace()),
        (r"\\server\planning\plan.plan", FilePlace("share", "SMB")),
        (r"\\?\UNC\server\planning\plan.plan", FilePlace("share", "SMB")),
        (r"\\?\C:\plan.plan", FilePlace()),
        (rf"{HOME}\OneDrive\Plans\plan.plan", FilePlace("in step", "OneDrive")),
        (rf"{HOME}\onedrive - west midlands police\plan.plan", FilePlace("in step", "OneDrive")),
        (rf"{HOME}\OneDrive copy\plan.plan", FilePlace()),
        (rf"{HOME}\West Midlands Police\Planning - Documents\2009\plan.plan", FilePlace("in step", "OneDrive")),
        (
            rf"{HOME}\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\7F2K9QXY\plan (002).plan",
            FilePlace("passing", MAIL),
        ),
        (
            rf"{HOME}\AppData\Local\Microsoft\Windows\Temporary Internet Files\OLK3B\plan.plan",
            FilePlace("passing", MAIL),
        ),
        (rf"{HOME}\AppData\Local\Microsoft\Olk\Attachments\ooa-1\2f\plan.plan", FilePlace("passing", MAIL)),
        (
            rf"{HOME}\AppData\Local\Packages\microsoft.windowscommunicationsapps_8wekyb3d8bbwe\LocalState\Files\S0\3"
            r"\Attachments\plan[4].plan",
            FilePlace("passing", MAIL),
        ),
        (rf"{TEMP}\pid-7712\plan.plan", FilePlace("passing", MAIL)),
        (rf"{TEMP}\MicrosoftEdgeDownloads\0b-1\plan.plan", FilePlace("passing", MAIL)),
        (rf"{TEMP}\Temp1_plans.zip\2009\plan.plan", FilePlace("passing", PACKED)),
        (
            rf"{TEMP}\5e2f8a10-0c1d-4a7b-9f3e-11aa22bb33cc_plans.zip.3cc\plan.plan",
            FilePlace("passing", PACKED),
        ),
        (rf"{TEMP}\7zO4C1D2E3F\plan.plan", FilePlace("passing", PACKED)),
        (rf"{TEMP}\Rar$DIa1234.5678\plan.plan", FilePlace("passing", PACKED)),
        (rf"{TEMP}\plan.plan", FilePlace("passing", TEMPORARY)),
        (rf"{TEMP}\pytest-of-user\pytest-0\test_x0\plan.plan", FilePlace()),
        (rf"{HOME}\Documents\Temp\plan.plan", FilePlace()),
        (rf"{HOME}\Documents\Content.Outlook plans\plan.plan", FilePlace()),
    ],
)
def test_places_of_windows(path: str, place: FilePlace) -> None:
    assert judge(path, WINDOWS) == place


def test_a_letter_for_a_share_and_a_file_that_is_only_named() -> None:
    assert judge(r"Z:\plan.plan", PlaceFacts(windows=True, drive_type=4)) == FilePlace("share", "SMB")
    for attribute in (0x1000, 0x40000, 0x400000):
        facts = PlaceFacts(windows=True, drive_type=3, attributes=0x20 | attribute, environment=WINDOWS.environment)
        assert judge(rf"{HOME}\OneDrive\plan.plan", facts) == FilePlace("in step", "OneDrive", away=True)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/export/officer/plan.plan", FilePlace()),
        ("/media/Force share/2009/plan.plan", FilePlace("share", "SMB")),
        ("/media/Force share/stick/plan.plan", FilePlace()),
        ("/media/Force shared/plan.plan", FilePlace()),
        ("/export/officer/far/plan.plan", FilePlace("share", "sshfs")),
        ("/export/officer/own/plan.plan", FilePlace()),
        ("/mnt/z/plan.plan", FilePlace("share", "9p")),
        ("/srv/plans/plan.plan", FilePlace()),  # what was mounted last lies on top
        ("/tmp/plan.plan", FilePlace()),
        ("/tmp/pytest-of-a/pytest-0/test_x0/plan.plan", FilePlace()),
        ("/tmp/pid-7712/plan.plan", FilePlace("passing", MAIL)),
        ("/tmp/mozilla_a0/plan.plan", FilePlace("passing", MAIL)),
        ("/export/officer/.cache/evolution/tmp/evolution-a-1/plan.plan", FilePlace("passing", MAIL)),
        (
            "/export/officer/Library/Containers/com.apple.mail/Data/Library/Mail Downloads/1F/plan.plan",
            FilePlace("passing", MAIL),
        ),
        ("/export/officer/.cache/.fr-aB3x/plan.plan", FilePlace("passing", PACKED)),
        ("/tmp/ark-JtqKpo/plan.plan", FilePlace("passing", PACKED)),
    ],
)
def test_places_of_linux(path: str, place: FilePlace) -> None:
    assert judge(path, PlaceFacts(mounts=MOUNTS)) == place


def test_a_share_without_another_mount_on_it() -> None:
    mounts = "\n".join(MOUNTS.splitlines()[:-1])
    assert judge("/srv/plans/plan.plan", PlaceFacts(mounts=mounts)) == FilePlace("share", "NFS")


@pytest.mark.parametrize(
    ("mark", "program"),
    [(".dropbox.cache", "Dropbox"), (".stfolder", "Syncthing"), (".tmp.drivedownload", "Google Drive")],
)
def test_a_folder_that_a_program_has_marked(tmp_path: Path, mark: str, program: str) -> None:
    inner = tmp_path / "2009"
    inner.mkdir()
    assert places.place_of(inner / "plan.plan").kind == "plain"
    (tmp_path / mark).touch()
    assert places.place_of(inner / "plan.plan") == FilePlace("in step", program)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere settings are not kept in XDG_CONFIG_HOME")
def test_a_folder_that_a_program_names_in_its_settings(tmp_path: Path) -> None:
    kept = tmp_path / "Next cloud"
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "Nextcloud" / "nextcloud.cfg"
    file.parent.mkdir(parents=True)
    file.write_text(f"[Accounts]\n0\\Folders\\1\\localPath={kept}/\n0\\Folders\\1\\paused=false\n", encoding="utf-8")
    assert places.place_of(kept / "2009" / "plan.plan") == FilePlace("in step", "Nextcloud")
    assert places.place_of(tmp_path / "Next cloud too" / "plan.plan").kind == "plain"


@pytest.mark.parametrize("name", ["plan.plan.nextcloud", ".plan.plan.icloud", "plan.plan.owncloud"])
def test_a_stand_in_is_no_plan(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b" ")
    program = next(program for ending, program in places.STAND_INS.items() if name.endswith(ending))
    for path in (tmp_path / "plan.plan", tmp_path / name):
        with pytest.raises(PlanRefused, match=f"is not on this computer: {program} keeps only its name"):
            Workspace.open(path)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_what_is_not_on_this_computer_is_not_fetched_for_a_look(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert glimpse.card_of(closed) is not None
    assert glimpse.plan_key(closed)
    monkeypatch.setattr(places, "_attributes", lambda _: 0x400000)
    assert glimpse.card_of(closed) is None
    assert glimpse.first_look(closed, None) is None
    assert glimpse.plan_key(closed) == ""
    with Workspace.open(closed) as workspace:  # it is fetched now
        assert not workspace.read_only


def test_what_cannot_be_fetched_says_who_should(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "The cloud operation was not completed")

    monkeypatch.setattr(places, "_attributes", lambda _: 0x400000)
    monkeypatch.setattr(places, "place_of", lambda _: FilePlace("in step", "OneDrive", away=True))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", offline)
        with pytest.raises(PlanRefused, match="OneDrive could not fetch it now") as refused:
            database.check_header(closed)
    assert refused.value.kind == "unreadable"
    assert "keep it always on this computer" in str(refused.value)


def test_a_plan_from_a_mail_is_only_read_and_nothing_is_written_beside_it(small_plan: Path, tmp_path: Path) -> None:
    mail = tmp_path / "tmp" / "pid-4711"
    mail.mkdir(parents=True)
    plan = mail / "plan.plan"
    plan.write_bytes(small_plan.read_bytes())
    before = plan.read_bytes()
    with Workspace.open(plan) as workspace:
        assert workspace.read_only
        assert workspace.place.kind == "passing"
        assert workspace.notices[0].startswith("plan.plan was opened from a mail. Changes made here would be lost")
        with pytest.raises(NotKept, match="from a mail"):
            workspace.edit("reword", sql, "UPDATE plan SET title='B'")
        workspace.save_copy(tmp_path / "kept.plan")
    assert plan.read_bytes() == before
    assert [file.name for file in mail.iterdir()] == ["plan.plan"]
    with Workspace.open(tmp_path / "kept.plan") as kept:
        kept.edit("reword", sql, "UPDATE plan SET title='B'")


def test_a_copy_never_takes_the_place_of_a_plan_that_somebody_has_open(workspace: Workspace, tmp_path: Path) -> None:
    other = tmp_path / "other.plan"
    workspace.save_copy(other)
    with Workspace.open(other) as held_open:
        with pytest.raises(NotKept, match=r"has other\.plan open, so no copy is made"):
            workspace.save_copy(other)
        assert held_open.read_beside(lambda raw: raw.execute("SELECT 1").fetchone()) == (1,)
    workspace.save_copy(other)


def test_a_packed_file_says_what_to_do(tmp_path: Path) -> None:
    for name in ("plans.zip", "plan.plan"):
        (tmp_path / name).write_bytes(b"PK\x03\x04" + b"\0" * 200)
        with pytest.raises(PlanRefused, match="Take the plan out of it into a folder of your own"):
            Workspace.open(tmp_path / name)
    (tmp_path / "return.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 200)
    with pytest.raises(PlanRefused, match="is not a plan"):
        Workspace.open(tmp_path / "return.xlsx")


def test_a_plan_can_be_made_where_it_is_then_only_read(tmp_path: Path) -> None:
    mail = tmp_path / "tmp" / "pid-4711"
    mail.mkdir(parents=True)
    with Workspace.create(mail / "plan.plan", "A plan", 2008) as made:
        assert made.read_only
    assert [file.name for file in mail.iterdir()] == ["plan.plan"]


def test_where_no_plan_can_be_made_the_sentence_says_so_and_names_no_file_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone" / "a.plan"
    with pytest.raises(PlanRefused, match=r"No plan can be made in .*gone: there is no such folder\. Make it first"):
        Workspace.create(gone, "A plan", 2008)

    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", "a.plan.1.new")

    monkeypatch.setattr(database, "_make_empty", read_only)
    monkeypatch.setattr(Path, "unlink", read_only)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PlanRefused) as refused:
        Workspace.create(tmp_path / "a.plan", "A plan", 2008)
    assert str(refused.value) == (
        f"No plan can be made in {tmp_path}: nothing may be written there. Choose another folder."
    )


@pytest.mark.skipif(sys.platform == "win32", reason="pipes stand among no files there")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.plan")
    (tmp_path / "b.plan").mkdir()
    for name, what in (("a.plan", "a device"), ("b.plan", "a folder")):
        with pytest.raises(PlanRefused, match=rf"^{name} is {what}, not a plan\.$"):
            Workspace.open(tmp_path / name)


def test_a_plan_of_this_machine_is_not_remote(tmp_path: Path) -> None:
    assert not places.is_remote(tmp_path / "plan.plan")
