"""Shapes: their files, what they demand, and the engines that judge records by them."""
