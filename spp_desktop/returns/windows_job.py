"""A job object of Windows: it bounds the memory of the process that reads a file, and ends it with the program."""

import ctypes
import sys
from ctypes import c_int64, c_size_t, c_uint32, c_uint64
from typing import Any

LIMIT_PROCESS_MEMORY, LIMIT_KILL_ON_CLOSE = 0x100, 0x2000
EXTENDED_LIMITS = 9
"""The kind of information by which ``SetInformationJobObject`` knows ``ExtendedLimits``."""
MAY_BE_BOUND = 0x0101
"""The rights to a process that a job needs: to set its quota, and to end it."""


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION, as Windows lays it out on 64 bits."""

    _fields_ = (
        ("process_time", c_int64),
        ("job_time", c_int64),
        ("flags", c_uint32),
        ("least_working_set", c_size_t),
        ("most_working_set", c_size_t),
        ("processes", c_uint32),
        ("affinity", c_size_t),
        ("priority", c_uint32),
        ("scheduling", c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION: the limits of a job, in bytes where they are of memory."""

    _fields_ = (
        ("basic", BasicLimits),
        ("counters", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("most_process_memory", c_size_t),
        ("most_job_memory", c_size_t),
    )


def limits(memory: int) -> ExtendedLimits:
    """The limits of a job whose process may commit so many bytes, and ends when nobody has the job open any more."""
    asked = ExtendedLimits(process_memory=memory)
    asked.basic.flags = LIMIT_PROCESS_MEMORY | LIMIT_KILL_ON_CLOSE
    return asked


class JobObject:
    """A job object with one process in it.

    Args:
        process: The number of a process that this program has started.
        memory: What it may commit, in bytes, counted from its start.
        kernel: The functions of kernel32.

    Raises:
        OSError: if Windows does not put the process into a job; it is to be ended then, not trusted.
    """

    def __init__(self, process: int, memory: int, kernel: Any = None) -> None:
        self._kernel = kernel or _kernel()
        self._job = self._kernel.CreateJobObjectW(None, None)
        asked = limits(memory)
        handle = self._kernel.OpenProcess(MAY_BE_BOUND, False, process)
        bounded = (
            self._job
            and handle
            and self._kernel.SetInformationJobObject(
                self._job, EXTENDED_LIMITS, ctypes.byref(asked), ctypes.sizeof(asked)
            )
            and self._kernel.AssignProcessToJobObject(self._job, handle)
        )
        if handle:
            self._kernel.CloseHandle(handle)
        if not bounded:
            self.close()
            raise OSError(0, "the process that reads could not be bounded")

    def close(self) -> None:
        """Let go of the job; a process that is still in it ends."""
        if self._job:
            self._kernel.CloseHandle(self._job)
            self._job = None


def _kernel() -> Any:
    """The functions of kernel32, with what they take and give: handles are wider than numbers of C.

    Raises:
        OSError: on any system but Windows.
    """
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle, number = ctypes.c_void_p, c_uint32
        kernel.CreateJobObjectW.restype = kernel.OpenProcess.restype = handle
        kernel.CreateJobObjectW.argtypes = [ctypes.c_void_p, ctypes.c_wchar_p]
        kernel.OpenProcess.argtypes = [number, ctypes.c_int, number]
        kernel.SetInformationJobObject.argtypes = [handle, ctypes.c_int, ctypes.c_void_p, number]
        kernel.AssignProcessToJobObject.argtypes = [handle, handle]
        kernel.CloseHandle.argtypes = [handle]
        return kernel
    raise OSError(0, "job objects are known to Windows only")
