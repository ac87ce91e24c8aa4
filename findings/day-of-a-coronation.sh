#!/usr/bin/env bash
# Two libraries that are in use for the bank holidays of the United Kingdom lack a day that was proclaimed for once.
#
# Guess: what was a bank holiday in England is one to a library that knows the bank holidays of the years around it.
# Behaviour: workalendar 17.0.0 has 8 May 2023 (a coronation) as a working day, though it knows 19 September 2022 (a
# funeral); the holidays that govuk-bank-holidays 0.19 brings along begin in 2012, and what lies before is a working day
# without a word: 29 April 2011 (a wedding) and 26 December 2011. holidays 0.109 has them all.
# Output seen: workalendar 17.0.0: missing 2023-05-08
#              govuk-bank-holidays 0.19: missing 2011-04-29, 2011-12-26
#              holidays 0.109: missing nothing
# Our product takes the last: tests/plan/test_working_days.py::test_days_for_once_are_no_working_days.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q workalendar==17.0.0 govuk-bank-holidays==0.19 holidays==0.109 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import date

from govuk_bank_holidays.bank_holidays import BankHolidays
from holidays.countries.united_kingdom import UnitedKingdom as Holidays
from workalendar.europe import UnitedKingdom

DAYS = [date(2011, 4, 29), date(2011, 12, 26), date(2012, 6, 4), date(2012, 6, 5), date(2022, 6, 2), date(2022, 6, 3),
        date(2022, 9, 19), date(2023, 5, 8)]
one, other = UnitedKingdom(), BankHolidays(use_cached_holidays=True)
third = Holidays(subdiv="ENG", years=range(2011, 2024))
works = {
    "workalendar 17.0.0": one.is_working_day,
    "govuk-bank-holidays 0.19": lambda day: other.is_work_day(day, division=BankHolidays.ENGLAND_AND_WALES),
    "holidays 0.109": lambda day: day not in third,
}
seen = {name: [f"{day}" for day in DAYS if is_work_day(day)] for name, is_work_day in works.items()}
for name, missing in seen.items():
    print(f"{name}: missing {', '.join(missing) or 'nothing'}")
assert list(seen.values()) == [["2023-05-08"], ["2011-04-29", "2011-12-26"], []], "it changed"
PYTHON
