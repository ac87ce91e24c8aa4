"""The codes of police forces in tables of the Home Office, by which a return says whose it is.

They are those of a table in a written answer of 30 March 2009 (House of Commons), which was seen as far
as F41. The codes behind it, of West Yorkshire and Wiltshire, were not seen, and are not here.
"""

from collections.abc import Mapping

from spp_desktop.plan.kinds.spelling import fold

FORCES: Mapping[str, str] = {
    "F01": "Avon and Somerset",
    "F02": "Bedfordshire",
    "F03": "Cambridgeshire",
    "F04": "Cheshire",
    "F05": "City of London",
    "F06": "Cleveland",
    "F07": "Cumbria",
    "F08": "Derbyshire",
    "F09": "Devon and Cornwall",
    "F10": "Dorset",
    "F11": "Durham",
    "F12": "Dyfed Powys",
    "F13": "Essex",
    "F14": "Gloucestershire",
    "F15": "Greater Manchester",
    "F16": "Gwent",
    "F17": "Hampshire",
    "F18": "Hertfordshire",
    "F19": "Humberside",
    "F20": "Kent",
    "F21": "Lancashire",
    "F22": "Leicestershire",
    "F23": "Lincolnshire",
    "F24": "Merseyside",
    "F25": "Metropolitan",
    "F26": "Norfolk",
    "F27": "Northamptonshire",
    "F28": "Northumbria",
    "F29": "North Wales",
    "F30": "North Yorkshire",
    "F31": "Nottinghamshire",
    "F32": "South Wales",
    "F33": "South Yorkshire",
    "F34": "Staffordshire",
    "F35": "Suffolk",
    "F36": "Surrey",
    "F37": "Sussex",
    "F38": "Thames Valley",
    "F39": "Warwickshire",
    "F40": "West Mercia",
    "F41": "West Midlands",
}
"""The name of each force, by its code."""

_SAY_NOTHING = frozenset({"police", "constabulary", "force", "service", "the", "and", "&", "heddlu"})


def force_code(force: str) -> str:
    """The code of a force by its name: "West Midlands Police" is "F41"; "" for one that is not known."""
    words = _words(force)
    return next((code for code, name in FORCES.items() if words and _words(name) == words), "")


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in fold(name).replace("-", " ").split() if word not in _SAY_NOTHING)
