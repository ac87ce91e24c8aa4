"""Where the packaged window starts; the same program, asked to, reads one workbook for it."""

from spp_desktop.app import main

if __name__ == "__main__":
    main()
