"""The first check of a large archive: what can be told of many records at once is not asked of each."""
