#!/usr/bin/env bash
# eml_parser 4.4.0 says that a mail without a day, or with one that cannot be read, was sent on 1 January 1970.
#
# Guess: a mail that does not say when it was sent has no day, or cannot be read.
# Behaviour: it has a day like any other, the first that computers count from. Whoever sorts returns by the day they
# came, or asks whether one came in time, is told that it came 38 years early. mail-parser 4.8.0 says None.
# Output seen: eml_parser 1970-01-01, mail-parser None, for a mail without a day and for one of "yesterday"
# Our product says of such a mail that it names no time, in the review and in the receipt:
# tests/returns/mail/test_mails_taken.py::test_when_it_was_sent.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q eml_parser==4.4.0 mail-parser==4.8.0 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import eml_parser
import mailparser
for day in (b"", b"Date: yesterday\r\n"):
    mail = b"From: Kim <kim@force.example>\r\n" + day + b"Subject: Return\r\n\r\nHere it is.\r\n"
    seen = eml_parser.EmlParser().decode_email_bytes(mail)["header"]["date"].date(), mailparser.parse_from_bytes(mail).date
    print("eml_parser", seen[0], "mail-parser", seen[1])
    assert (str(seen[0]), seen[1]) == ("1970-01-01", None), "it changed"
PYTHON
