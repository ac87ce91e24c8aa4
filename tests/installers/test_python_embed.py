"""The embeddable Python is refused unless it is, file by file, what python.org released and its owners signed."""

import hashlib
import io
import re
import shutil
import struct
import subprocess
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from installers import python_embed, signatures
from installers.python_embed import PythonRefused, Record

FILES = {"python.exe": b"a program", "vcruntime140.dll": b"a library", "python311.zip": b"modules", "LICENSE.txt": b"L"}
SIGNERS = {"python.exe": "Python Software Foundation", "vcruntime140.dll": "Microsoft Corporation"}
KNOWN = replace(Record.read(), files={name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()})


def signed_by(path: Path) -> set[str]:
    return {SIGNERS[path.name]}


def zipped(files: dict[str, bytes], folder: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return packed.getvalue()


def test_what_is_known_is_taken() -> None:
    looked_at = []

    def signers(path: Path) -> set[str]:
        looked_at.append(path.name)
        return signed_by(path)

    python_embed.check(FILES, KNOWN, signers)
    assert sorted(looked_at) == sorted(SIGNERS)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_is_refused(name: str) -> None:
    with pytest.raises(
        PythonRefused, match=f"^{re.escape(name)} is not that of Python 3.11.9: its SHA-256 is another."
    ):
        python_embed.check({**FILES, name: FILES[name][:-1] + b"!"}, KNOWN, signed_by)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_refused(name: str) -> None:
    with pytest.raises(PythonRefused, match=f"^{re.escape(name)} of the embeddable Python 3.11.9 is missing."):
        python_embed.check({other: content for other, content in FILES.items() if other != name}, KNOWN, signed_by)


def test_an_added_file_is_refused() -> None:
    with pytest.raises(PythonRefused, match=r"^sitecustomize.py is no part of the embeddable Python 3.11.9."):
        python_embed.check({**FILES, "sitecustomize.py": b""}, KNOWN, signed_by)


def test_a_file_signed_by_somebody_else_is_refused() -> None:
    with pytest.raises(
        PythonRefused, match=r"^python.exe is signed by Somebody Else, not by Python Software Foundation."
    ):
        python_embed.check(FILES, KNOWN, lambda path: {"Somebody Else"})
    with pytest.raises(PythonRefused, match="signed by Python Software Foundation, Somebody Else, not by"):
        python_embed.check(FILES, KNOWN, lambda path: {"Somebody Else", "Python Software Foundation"})


def test_a_file_whose_signature_does_not_hold_is_refused() -> None:
    def broken(path: Path) -> set[str]:
        raise signatures.NotSigned(f"{path.name} has no signature that holds.")

    with pytest.raises(PythonRefused, match=r"^python.exe has no signature that holds. Nothing was built."):
        python_embed.check(FILES, KNOWN, broken)


def test_every_file_that_can_be_signed_has_to_be() -> None:
    record = Record.read()
    assert {name for name in record.files if record.signer(name) is None} == {
        "LICENSE.txt", "python.cat", "python311._pth", "python311.zip",
    }  # fmt: skip
    assert record.signer("python311.dll") == record.signer("_ctypes.pyd") == "Python Software Foundation"
    assert record.signer("vcruntime140.dll") == "Microsoft Corporation"


def test_the_files_are_read_from_either_form(tmp_path: Path) -> None:
    (tmp_path / "python.zip").write_bytes(zipped(FILES))
    inner = zipped(FILES, "cp311/")
    with tarfile.open(tmp_path / "index.tar.gz", "w:gz") as package:
        member = tarfile.TarInfo(KNOWN.index["within"])
        member.size = len(inner)
        package.addfile(member, io.BytesIO(inner))
    assert python_embed.contents(tmp_path / "python.zip", KNOWN) == FILES
    assert python_embed.contents(tmp_path / "index.tar.gz", KNOWN) == FILES


def test_what_is_no_archive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "letter.zip").write_bytes(b"Dear Sir")
    (tmp_path / "twice.zip").write_bytes(zipped({"a/python.exe": b"1", "b/python.exe": b"2"}))
    (tmp_path / "large.zip").write_bytes(zipped({"python.exe": b"12345"}))
    monkeypatch.setattr(python_embed, "LARGEST", 4)
    for name, words in {
        "letter.zip": "cannot be read as the embeddable package",
        "missing.zip": "cannot be read as the embeddable package",
        "twice.zip": "Two files in it have one name",
        "large.zip": "python.exe is larger than any file",
    }.items():
        with pytest.raises(PythonRefused, match=words):
            python_embed.contents(tmp_path / name, KNOWN)


def smallest_program() -> bytes:
    """The least that Windows knows as a program: it has no code in it."""
    dos = b"MZ" + bytes(58) + struct.pack("<L", 64)
    coff = b"PE\0\0" + struct.pack("<2H3L2H", 0x8664, 0, 0, 0, 0, 240, 0x22)
    optional = struct.pack(
        "<H2B5LQ2L6H4L2H4Q2L",
        0x20B,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0x140000000,
        4096,
        512,
        6,
        0,
        0,
        0,
        6,
        0,
        0,
        8192,
        512,
        0,
        3,
        0,
        0,
        0,
        0,
        0,
        0,
        16,
    )
    return (dos + coff + optional + bytes(128)).ljust(512, b"\0") + bytes(512)


@pytest.fixture
def signing(tmp_path: Path) -> Path:
    """A folder with a program, and with the same signed by a certificate of its own."""
    for program in ("osslsigncode", "openssl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    (tmp_path / "plain.exe").write_bytes(smallest_program())
    subject = "/C=GB/O=A Test of Signatures/CN=Tester"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", subject]
    usage = ["-addext", "extendedKeyUsage=codeSigning", "-keyout", "key.pem", "-out", "root.pem"]
    signed = ["osslsigncode", "sign", "-certs", "root.pem", "-key", "key.pem", "-in", "plain.exe", "-out", "signed.exe"]
    for command in ([*made, *usage], signed):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def test_who_signed_a_file_is_told_if_the_signature_holds(signing: Path) -> None:
    assert signatures.organisations(signing / "signed.exe", signing / "root.pem") == {"A Test of Signatures"}
    with pytest.raises(signatures.NotSigned, match=r"^signed.exe has no signature that holds.$"):
        signatures.organisations(signing / "signed.exe")
    with pytest.raises(signatures.NotSigned):
        signatures.organisations(signing / "plain.exe", signing / "root.pem")
    content = bytearray((signing / "signed.exe").read_bytes())
    content[600] ^= 1
    (signing / "signed.exe").write_bytes(content)
    with pytest.raises(signatures.NotSigned):
        signatures.organisations(signing / "signed.exe", signing / "root.pem")
