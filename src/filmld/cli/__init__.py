"""The command line: each command parses its options, calls one function, prints, and exits."""
