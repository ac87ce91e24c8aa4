"""Where the packaged command line starts; the same program, asked to, reads one workbook for it."""

import sys

from spp_desktop.cli import main
from spp_desktop.returns import reader

if __name__ == "__main__":
    if sys.argv[1:2] == [reader.FLAG]:
        sys.exit(reader.main(sys.argv[2:]))
    main()
