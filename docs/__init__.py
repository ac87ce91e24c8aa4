"""The documents. Those that ``contents.toml`` names are also the pages of the program's help."""
