"""A clean Debian in a folder, in which packages are installed and programs used without touching this machine's."""

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePath

from tests.installed.programs import Programs

OFFICER = "officer"
"""The person who uses the programs there."""
ENTER = 'mount -t proc proc "$1/proc" && exec chroot --userspec="$2" "$1" "${@:3}"'
"""What leads into the folder, with its own view of the processes, which is gone with the last of them."""
HOSTS_OWN = re.compile(r'^Acquire::(?:https?|Check-|Retries).* "')
"""What of this machine's apt says how packages are fetched here: proxies, and whether old mirrors will do."""


@dataclass(frozen=True)
class System:
    """A Debian in a folder.

    Attributes:
        root: The folder.
    """

    root: Path

    @classmethod
    def bootstrapped(cls, release: str, root: Path) -> "System":
        """A new one, with no more than apt needs, from the mirror that this machine's apt is set up for."""
        subprocess.run(
            ["debootstrap", "--variant=minbase", release, root, mirror()], check=True, stdout=subprocess.DEVNULL
        )
        system = cls(root)
        (root / "etc/apt/apt.conf.d/90here").write_text("\n".join(fetching()) + "\n")
        # Debian's small installations leave manuals out; here they are looked at.
        system.run("useradd", "--create-home", OFFICER)
        return system

    @property
    def home(self) -> Path:
        """The person's home, as the tests see it."""
        return self.root / "home" / OFFICER

    @property
    def programs(self) -> Programs:
        """The programs that are installed there, as the person uses them."""
        return Programs("spp", "spp-desktop", self.home, PurePath("/home", OFFICER), tuple(self._way(OFFICER)))

    def run(self, *words: str, user: str = "root") -> str:
        """Run a command there; what it says, errors too.

        Raises:
            AssertionError: if it fails.
        """
        environment = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        ended = subprocess.run(
            [*self._way(user), *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        said = ended.stdout.decode()
        assert ended.returncode == 0, f"{words}: {said}"
        return said

    def apt(self, *words: str) -> str:
        """Run apt-get there, without what packages only recommend."""
        return self.run("apt-get", "-q", "-y", "--no-install-recommends", *words)

    def put(self, package: Path) -> str:
        """Copy a package into it; its path there."""
        (self.root / "tmp" / package.name).write_bytes(package.read_bytes())
        return f"/tmp/{package.name}"

    def _way(self, user: str) -> list[str]:
        return ["unshare", "--mount", "bash", "-c", ENTER, "bash", str(self.root), user]


def mirror() -> str:
    """Where this machine's apt has Debian from."""
    told = _told("apt-get", "indextargets", "--format", "$(ORIGIN) $(COMPONENT) $(REPO_URI)", "Created-By: Packages")
    return next(line.split()[2] for line in told if line.startswith("Debian main ") and "security" not in line)


def fetching() -> list[str]:
    """How this machine's apt fetches packages."""
    return [line for line in _told("apt-config", "dump") if HOSTS_OWN.match(line)]


def _told(*command: str) -> list[str]:
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout.splitlines()
