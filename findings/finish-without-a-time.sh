#!/usr/bin/env bash
# MPXJ 16.10.0: a task that was saved as MPX and read again finishes at the midnight with which its last day begins.
#
# Guess: dates of an MPX file have no times, so that a start is taken at the hour at which a day begins in that project,
# and a finish at the hour at which it ends; or a finish at midnight means that the day before was the last.
# Behaviour: both are at 00:00 of their own days. A task of one day begins and finishes at the same moment, and still
# lasts a day; a milestone that is due in the morning does the same. As MPXJ then writes it for MS Project (MSPDI),
# 2009-03-31T00:00:00 is the end of 31 March, where with other programs it is that of 30 March.
# Output seen: 2008-07-01T08:00 2008-07-01T17:00 1.0d / 2008-07-01T00:00 2008-07-01T00:00 1.0d
# It needs Java, 11 or later. Our product asks the duration of a task which of the two a midnight is:
# tests/edits/test_project_returned.py::test_a_midnight_ends_a_day_or_stands_for_one.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q mpxj==16.10.0 JPype1==1.7.1 2>/dev/null
"$folder/venv/bin/python" - "$folder/one.mpx" <<'PYTHON' 2>"$folder/log" || { cat "$folder/log"; exit 1; }
import sys
from pathlib import Path
import jpype
import mpxj
jpype.startJVM(classpath=[str(jar) for jar in (Path(mpxj.__file__).parent / "lib").glob("*.jar")])
from java.time import LocalDateTime
from org.mpxj import Duration, ProjectFile, TimeUnit
from org.mpxj.mpx import MPXReader, MPXWriter
project = ProjectFile()
project.addDefaultBaseCalendar()
task = project.addTask()
task.setName("One day")
task.setStart(LocalDateTime.of(2008, 7, 1, 8, 0))
task.setFinish(LocalDateTime.of(2008, 7, 1, 17, 0))
task.setDuration(Duration.getInstance(1, TimeUnit.DAYS))
MPXWriter().write(project, sys.argv[1])
again = next(each for each in MPXReader().read(sys.argv[1]).getTasks() if str(each.getName()) == "One day")
told = [f"{each.getStart()} {each.getFinish()} {each.getDuration()}" for each in (task, again)]
print(*told, sep="\n")
assert told == ["2008-07-01T08:00 2008-07-01T17:00 1.0d", "2008-07-01T00:00 2008-07-01T00:00 1.0d"], "it changed"
PYTHON
