"""A quarter's figures: the records that bulletins are composed from, where they come from, and whether they agree."""
