"""The registry: the sites of the database, and the files they come from and go to."""
