"""The kinds of row that returns list, each one object with all that is asked of it; ``every`` lists them."""
