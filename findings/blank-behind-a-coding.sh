#!/usr/bin/env bash
# eml_parser 4.4.0 gives an attachment that is still coded, where a blank stands behind the name of its coding.
#
# Guess: "Content-Transfer-Encoding: base64 " means base64, for blanks at the end of a field mean nothing (RFC 5322,
# 3.2.2); at worst it is an error.
# Behaviour: Python's own library, on which it stands, compares the name with its blank and finds no coding that it
# knows. The attachment is the text of its base64, without a word: a workbook that no program opens. mail-parser 4.8.0
# decodes it.
# Output seen: eml_parser b'UEsDBBQ=', mail-parser b'PK\x03\x04\x14'
# Our product takes the blanks away before it decodes:
# tests/returns/mail/test_mails_taken.py::test_a_coding_with_a_blank_behind_its_name_is_read_all_the_same.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q eml_parser==4.4.0 mail-parser==4.8.0 2>/dev/null
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import base64
import eml_parser
import mailparser
mail = (
    b"From: Kim <kim@force.example>\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
    b"Content-Transfer-Encoding: base64 \r\nContent-Disposition: attachment; filename=return.xlsx\r\n\r\nUEsDBBQ=\r\n"
)
(first,) = eml_parser.EmlParser(include_attachment_data=True).decode_email_bytes(mail)["attachment"]
(second,) = mailparser.parse_from_bytes(mail).attachments
seen = base64.b64decode(first["raw"]).strip(), base64.b64decode(second["payload"])
print("eml_parser", seen[0], "mail-parser", seen[1])
assert seen == (b"UEsDBBQ=", b"PK\x03\x04\x14"), "it changed"
PYTHON
