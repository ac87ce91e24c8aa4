"""Who signed a program or library for Windows: Authenticode, as ``osslsigncode`` reads it."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOTS = Path(__file__).with_name("signing-roots.pem")
"""The root certificates that signatures are traced to."""

_SIGNER = re.compile(r"^Signer's certificate:\n[\s-]*Signer #0:\s*Subject:\s*(\S.*?)\s*$", re.MULTILINE)
_ORGANISATION = re.compile(r"(?:^|[/,]\s*)O\s*=\s*(.+?)(?=\s*(?:[/,]\s*[A-Z]{1,2}\s*=|$))")


class NotSigned(Exception):
    """A file has no signature, or one that does not hold. It says which file, in a sentence."""


def organisations(file: Path, roots: Path = ROOTS) -> set[str]:
    """The organisations that signed a file: those of all its signatures, each traced to a root, its digest unchanged.

    Signatures hold as of the time that their time stamp proves, as on Windows. Lists of revoked certificates are not
    asked for: a build needs no network for this, and the hashes of the files are known besides.

    Raises:
        NotSigned: if a signature does not hold, or there is none.
        FileNotFoundError: if osslsigncode is not installed.
    """
    command = ["osslsigncode", "verify", "-CAfile", str(roots), "-TSA-CAfile", str(roots)]
    answer = subprocess.run(
        [*command, *_offline(), "-in", str(file)], capture_output=True, text=True, errors="replace", check=False
    )
    signers = [_ORGANISATION.search(subject) for subject in _SIGNER.findall(answer.stdout)]
    if answer.returncode or not signers:
        raise NotSigned(f"{file.name} has no signature that holds.")
    return {signer[1] if signer else "" for signer in signers}


@cache
def _offline() -> tuple[str, ...]:
    """The option that keeps osslsigncode from asking for lists of revoked certificates; before 2.6 it never did."""
    answer = subprocess.run(["osslsigncode", "verify", "--help"], capture_output=True, text=True, check=False)
    return ("-ignore-crl",) if "-ignore-crl" in answer.stdout + answer.stderr else ()
