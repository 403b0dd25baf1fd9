"""Columns: the lists and blocks with a name, the navigation that names them, whether they are empty."""
