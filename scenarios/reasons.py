"""Why the system would not open, read or write a file, in the language of the run."""

from __future__ import annotations

import errno

from sim.messages import language, say

_REASONS = {
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a part of the path is a file and no folder",
    errno.EISDIR: "it is a folder",
    errno.EEXIST: "it exists already and is no folder",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its links lead in a circle",
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "the disk can only be read",
    errno.EIO: "the disk does not answer",
}


def reason_of(error: Exception) -> str:
    """What went wrong, without number and path; a reason that is not known here is told by its number in Chinese."""
    number = getattr(error, "errno", None)
    if number in _REASONS:
        return say(_REASONS[number])
    if language() == "zh" and number is not None:
        return say("error {number} of the system", number=number)
    return getattr(error, "strerror", None) or str(error)
