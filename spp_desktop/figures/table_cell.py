"""What stands in a cell of the table that is offered behind a picture."""

from datetime import date

TableCell = date | float | str | None
