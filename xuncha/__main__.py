"""`python -m xuncha` is the same as `xuncha`."""

from xuncha.cli import main

main()
