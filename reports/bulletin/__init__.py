"""The bulletin: figures and a profile composed into one document tree, which every format renders."""
