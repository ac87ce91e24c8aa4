"""Workbooks under a password: opened in memory, by the process that reads them."""

from io import BytesIO
from typing import BinaryIO

from msoffcrypto.exceptions import DecryptionError, InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile
from olefile import OleFileIO

from spp_desktop.returns.scan import PasswordNeeded, ReturnRefused


def opened(file: BinaryIO, password: str, name: str) -> bytes:
    """The workbook in a protected file, which is no larger than that ([MS-OFFCRYPTO] 2.3.4.4).

    Raises:
        PasswordNeeded: if another password opens it.
        ReturnRefused: if it is protected in a way that is not known here.
    """
    inside = BytesIO()
    try:
        _check(file)
        protected = OOXMLFile(file)
        protected.load_key(password=password, verify_password=True)
        protected.decrypt(inside)
    except InvalidKeyError:
        raise PasswordNeeded(f"That password does not open {name}. Capitals count.", wrong=True) from None
    except (DecryptionError, NotImplementedError):
        raise ReturnRefused(
            f"{name} is protected in a way that is not known here. Open it in Excel, take the password off "
            "(File, Info, Protect Workbook), save it, and take in that file."
        ) from None
    return inside.getvalue()


def _check(file: BinaryIO) -> None:
    """Refuse a description of the protection in which entities could be hidden."""
    if b"<!DOCTYPE" in OleFileIO(file).openstream("EncryptionInfo").read():
        raise DecryptionError
