"""placeholder until the facts helper commits"""


def selftest() -> None: ...
