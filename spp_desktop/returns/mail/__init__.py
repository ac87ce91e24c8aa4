"""Returns as they travel by mail: drafts that go out with a workbook, and mails that came back with one."""
