"""Pages that exist only through scripts: which are rendered, what is made of them, and screenshots."""
