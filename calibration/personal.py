"""Personal columns: found by their headings, and refused, dropped or hashed before anything is stored.

Classes of personal data as in the domain's export notes (names, phones, addresses, coordinates, pictures, free text).
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Table
from collections.abc import Sequence
from hashlib import blake2b

import pandas as pd

from calibration.mapping import Mapping, Secret
from sim.messages import BadInput, say

PARTS = (
    "phone", "email", "address", "latitude", "longitude", "geocod", "coordinate", "passport", "birth", "photo",
    "complainant", "requester", "description", "surname", "firstname", "lastname",
    "姓名", "电话", "手机", "联系", "地址", "住址", "身份证", "邮箱", "邮件", "经度", "纬度", "坐标", "出生",
    "照片", "图片", "诉求人", "来电人", "举报人", "投诉人", "反映人", "当事人", "户主", "派单员", "处理人", "微信",
    "车牌", "诉求内容", "处理结果", "经办人", "承办人", "负责人", "采集员", "监督员", "操作员", "受理员", "话务员", "座席",
    "主叫", "来电号", "备注", "描述", "意见", "内容", "证件", "门牌",
)  # fmt: skip
"""Sound personal wherever they stand in a heading."""

WORDS = frozenset((
    "name", "names", "tel", "mobile", "mail", "fax", "addr", "street", "house", "location", "lat", "long", "lng", "lon",
    "x", "y", "dob", "ssn", "caller", "contact", "reporter", "citizen", "resident", "customer", "user", "username",
    "operator", "worker", "media", "image", "comment", "comments", "note", "notes", "account", "resource", "responsible",
    "receiver", "device", "desc", "remark", "remarks", "handler", "inspector", "employee",
))  # fmt: skip
"""Sound personal as a whole word of a heading only (`neighborhood` is not a name, `along` is not a longitude)."""

SHORTEST_SALT = 8
"""A shorter salt can be guessed together with a phone number (judgement: 8 letters make 2e11 tries per number)."""


STANDARD = ("concept:name", "lifecycle:transition", "lifecycle:model", "concept:instance")
"""Keys of XES that sound like a name and are none."""


def sounds_personal(heading: str) -> bool:
    """Whether a heading names something by which a person can be found."""
    if heading.removeprefix("@@startevent_").removeprefix("case:") in STANDARD:
        return False
    lowered = heading.casefold()
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", heading).casefold()
    return any(part in lowered for part in PARTS) or not WORDS.isdisjoint(re.split(r"[^a-z0-9]+", spaced))


def settle(headings: Sequence[str], mapping: Mapping, used: Table[str, str], salt: str | None) -> dict[str, Secret]:
    """What becomes of each personal column of this export: heading -> drop, hash or keep.

    `used` is canonical name -> heading of the columns that are read. Raises BadInput when a column is refused, used
    although it is dropped, or to be hashed without a salt. Nothing of the rows has been read by then.
    """
    declared: dict[str, Secret] = {_plain(heading): choice for heading, choice in mapping.personal.items()}
    fates: dict[str, Secret] = {
        heading: declared.get(_plain(heading), "refuse")
        for heading in headings
        if sounds_personal(heading) or _plain(heading) in declared
    }
    _refuse([heading for heading, fate in fates.items() if fate == "refuse"], mapping)
    for name, heading in used.items():
        if fates.get(heading) == "drop":
            raise BadInput(
                say("mapping {mapping}: column {name} reads {heading!r}, which personal: says to drop",
                    mapping=mapping.name, name=name, heading=heading)
            )  # fmt: skip
    if "hash" in fates.values():
        _check_salt(salt, [heading for heading, fate in fates.items() if fate == "hash"])
    return fates


def hashed(values: pd.Series, salt: str) -> pd.Series:
    """Each value as 32 hexadecimal digits: BLAKE2b keyed with the salt; blank stays blank. Equal in, equal out."""
    key = blake2b(salt.encode(), digest_size=32).digest()
    codes, known = pd.factorize(values)
    digests = [blake2b(str(v).encode(), key=key, digest_size=16).hexdigest() if v else "" for v in known]
    return pd.Series(pd.Index(digests, dtype=object).take(codes), index=values.index)


def _plain(heading: str) -> str:
    return re.sub(r"[\s_]+", " ", heading).strip().casefold()


def _refuse(headings: list[str], mapping: Mapping) -> None:
    if headings:
        raise BadInput(
            say("the log has columns that look personal: {headings}. Nothing was read. In mapping {mapping}, list each "
                "under personal: as drop (not read), hash (needs --salt) or keep (not personal)",
                headings=", ".join(repr(h) for h in headings), mapping=mapping.name)
        )  # fmt: skip


def _check_salt(salt: str | None, headings: list[str]) -> None:
    if salt is None or len(salt) < SHORTEST_SALT:
        raise BadInput(
            say("columns {headings} are to be hashed: give --salt with at least {least} characters and keep it secret",
                headings=", ".join(repr(h) for h in headings), least=SHORTEST_SALT)
        )  # fmt: skip
