"""Where the packaged ``spp`` starts; the same program, asked to, reads one workbook for it."""

from spp_desktop.cli import main

if __name__ == "__main__":
    main()
