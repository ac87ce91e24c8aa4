#!/usr/bin/env bash
# icalendar 7.3.2 escapes the title of an event and not the name of the calendar, so that another reader reads another.
#
# Guess: NAME (RFC 7986, 5.1) and X-WR-CALNAME are texts as SUMMARY is, and all three are escaped alike (RFC 5545,
# 3.3.11): a comma as "\,", a backslash as "\\".
# Behaviour: SUMMARY is. The name is written as it is, by calendar_name as by add: to a reader that goes by the rules, such
# as vobject 0.9.9, what stands in it as "\n" is an end of a line, and what stands behind a comma is none of it; and a
# name with an end of a line fails an assertion only when the calendar is written.
# Output seen: NAME:S:\new, 2008 / X-WR-CALNAME:S:\new, 2008 / SUMMARY:S:\\new\, 2008
# vobject: the same for SUMMARY; "S:", an end of a line and "ew" for the names
# Our product gives the name as a text of its own: tests/returns/test_calendar_file.py::
# test_lines_are_as_calendars_read_them_and_give_back_every_text.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q icalendar==7.3.2 vobject==0.9.9 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import date, datetime, timezone
import icalendar
import vobject
NAME = "S:\\new, 2008"
calendar = icalendar.Calendar()
calendar.add("prodid", "-//finding//")
calendar.add("version", "2.0")
calendar.calendar_name = NAME
event = icalendar.Event()
event.add("uid", "1")
event.add("dtstamp", datetime(2008, 4, 1, tzinfo=timezone.utc))
event.add("dtstart", date(2008, 4, 1))
event.add("summary", NAME)
calendar.add_component(event)
written = calendar.to_ical().decode()
lines = [line for line in written.split("\r\n") if line.startswith(("NAME", "X-WR-CALNAME", "SUMMARY"))]
print(*lines, sep="\n")
assert lines == ["NAME:S:\\new, 2008", "X-WR-CALNAME:S:\\new, 2008", "SUMMARY:S:\\\\new\\, 2008"], "it changed"
read = vobject.readOne(written)
seen = read.vevent.summary.value, read.contents["name"][0].value, read.contents["x-wr-calname"][0].value
print(seen)
assert seen == (NAME, "S:\new", "S:\new"), "it changed"
calendar.calendar_name = "two\nlines"
try:
    calendar.to_ical()
except AssertionError as problem:
    print(f"AssertionError: {problem}")
else:
    raise SystemExit("it changed")
PYTHON
