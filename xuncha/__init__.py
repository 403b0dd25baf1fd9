"""xuncha 巡查: the application. It alone reads settings, the environment and the clock."""
