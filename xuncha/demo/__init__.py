"""The demo world: invented government websites with planted faults, served on loopback, to prove the program on.

Every place, body, number and text here is made up; the places are those of old tales (乌有, 南柯, 华胥 …), so that no
page can be taken for a real one. What is planted where is data (`worlds.toml`), so that found and planted can be compared.
"""
