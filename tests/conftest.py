"""What holds for all tests."""

from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
"""A busy machine fails no test: what takes long is shown by the benchmarks."""
