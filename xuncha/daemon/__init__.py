"""The unattended daemon: what is due when, what each job does, and the service that carries them out."""
